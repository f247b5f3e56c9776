import { toldOf } from '../../quizzes/answers';
import { headOf } from '../../quizzes/prompt';
import type { Question } from '../../quizzes/question';
import { piecesOf } from '../../quizzes/question-types/cloze';
import { escapeHtml } from '../escape';
import { isTrueFalse } from '../reading/building';
import { short } from '../reading/item';
import { type Entry, fractions, paragraphs, promptHtml, spokenOf, tagsOf, type WrittenFile } from './entry';

/** Questions as a Moodle XML file in one language. Spots in pictures and stories have no place in one. */
export function moodleFile(entries: readonly Entry[]): WrittenFile {
  const left: WrittenFile['left'] = [];
  const parts = entries.flatMap((entry) => {
    const spoken = spokenOf(entry);
    const body = bodyOf(spoken);
    if (body === undefined) left.push({ name: nameOf(spoken), type: spoken.type, why: 'noPlace' });
    return body === undefined ? [] : [element(entry, spoken, body)];
  });
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${parts.join('\n')}\n</quiz>\n`;
  return { text, count: parts.length, left };
}

export const nameOf = ({ prompt }: Question): string => short(headOf(prompt), 80) || '–';

interface Body {
  type: string;
  /** Elements after the common ones. */
  inside: string[];
  /** In place of the prompt alone, where the text holds gaps. */
  text?: string;
}

// What no XML may hold.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the signs that are taken away
const clean = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
const cdata = (text: string) => `<text><![CDATA[${clean(text).replace(/\]\]>/g, ']]]]><![CDATA[>')}]]></text>`;
const plain = (text: string) => `<text>${escapeHtml(clean(text))}</text>`;
const html = (name: string, text: string, attributes = '') =>
  `<${name}${attributes} format="html">${cdata(text)}</${name}>`;

function element({ question, pictures }: Entry, spoken: Question, { type, inside, text }: Body): string {
  const used = new Map<string, string>();
  const prompt = promptHtml(spoken.prompt, (id) => {
    const picture = pictures.get(id);
    if (picture) used.set(picture.name, picture.data);
    return picture && `@@PLUGINFILE@@/${encodeURIComponent(picture.name)}`;
  });
  const files = [...used].map(
    ([name, data]) => `<file name="${escapeHtml(name)}" path="/" encoding="base64">${data}</file>`,
  );
  const tags = tagsOf(question).map((tag) => `<tag>${plain(tag)}</tag>`);
  return [
    `<question type="${type}">`,
    `<name>${plain(nameOf(spoken))}</name>`,
    `<questiontext format="html">${cdata(prompt + (text ?? ''))}${files.join('')}</questiontext>`,
    html('generalfeedback', paragraphs(spoken.feedback)),
    ...inside,
    `<tags>${tags.join('')}</tags>`,
    '</question>',
  ].join('\n');
}

type Told = Record<string, never> & {
  pairs: { left: string; right: string }[];
  extras: { right: string }[];
  steps: { text: string }[];
  text: string;
  accepted: string;
  model: string;
  judged_by: string;
  value: number;
  tolerance: number;
  unit: string;
  unit_asked: boolean;
};

const linesIn = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

function bodyOf(spoken: Question): Body | undefined {
  const told = toldOf(spoken) as Told;
  switch (spoken.type) {
    case 'truefalse':
      return isTrueFalse(spoken) ? trueFalse(spoken) : choice(spoken);
    case 'single':
    case 'multi':
      return choice(spoken);
    case 'matching':
      return {
        type: 'matching',
        inside: [
          '<shuffleanswers>true</shuffleanswers>',
          ...[...told.pairs, ...told.extras.map(({ right }) => ({ left: '', right }))].map(
            ({ left, right }) =>
              `<subquestion format="html">${cdata(escapeHtml(left))}<answer>${plain(right)}</answer></subquestion>`,
          ),
        ],
      };
    case 'ordering':
      return {
        type: 'ordering',
        inside: told.steps.map(({ text }, at) => html('answer', escapeHtml(text), ` fraction="${at + 1}.0000000"`)),
      };
    case 'cloze':
      return { type: 'cloze', inside: [], text: `<div class="oppiva-text">${gaps(told.text)}</div>` };
    case 'shorttext':
      return written(told);
    case 'numeric':
      return number(told);
    default:
      return undefined;
  }
}

const answer = (fraction: string, text: string, feedback: string) =>
  `<answer fraction="${fraction}" format="html">${cdata(escapeHtml(text))}${html('feedback', escapeHtml(feedback))}</answer>`;

function choice({ type, options }: Question): Body {
  const isMulti = type === 'multi';
  const [right, wrong] = isMulti ? fractions(options.filter(({ is_correct }) => is_correct).length || 1) : ['100', '0'];
  const inside = options.map(({ text, feedback, is_correct }) => answer(is_correct ? right : wrong, text, feedback));
  return {
    type: 'multichoice',
    inside: [
      `<single>${!isMulti}</single>`,
      '<shuffleanswers>true</shuffleanswers>',
      '<answernumbering>none</answernumbering>',
      ...inside,
    ],
  };
}

const trueFalse = ({ options }: Question): Body => ({
  type: 'truefalse',
  inside: options.map(({ feedback, is_correct }, at) =>
    answer(is_correct ? '100' : '0', at === 0 ? 'true' : 'false', feedback),
  ),
});

/** Judged by accepted answers: a short answer. Otherwise an essay with the model answer for whoever reads it. */
function written(told: Told): Body {
  if (told.judged_by !== 'accepted') return { type: 'essay', inside: [html('graderinfo', paragraphs(told.model))] };
  const answers = linesIn(told.accepted).map(
    (line) =>
      `<answer fraction="100" format="plain_text">${plain(line)}<feedback format="html">${plain('')}</feedback></answer>`,
  );
  const model = told.model.trim() ? [html('oppivamodel', paragraphs(told.model))] : [];
  return { type: 'shortanswer', inside: ['<usecase>0</usecase>', ...answers, ...model] };
}

function number({ value, tolerance, unit, unit_asked }: Told): Body {
  const names = linesIn(unit).map(
    (name) => `<unit><multiplier>1</multiplier><unit_name>${escapeHtml(clean(name))}</unit_name></unit>`,
  );
  return {
    type: 'numerical',
    inside: [
      `<answer fraction="100" format="plain_text">${plain(String(value))}<feedback format="html">${plain('')}</feedback><tolerance>${tolerance}</tolerance></answer>`,
      `<unitgradingtype>${unit_asked ? 1 : 0}</unitgradingtype>`,
      `<showunits>${unit_asked ? 0 : 3}</showunits>`,
      ...(names.length > 0 ? [`<units>${names.join('')}</units>`] : []),
    ],
  };
}

/** A text with gaps in Moodle's own writing. */
function gaps(text: string): string {
  const marked = piecesOf(text).map((piece) =>
    'gap' in piece
      ? `{1:SHORTANSWER:${piece.accepted.map((word, at) => (at === 0 ? '=' : '%100%') + escapedGap(word)).join('~')}}`
      : piece.text,
  );
  return paragraphs(marked.join(''));
}

const escapedGap = (word: string) => word.replace(/[\\}#~/]/g, '\\$&');
