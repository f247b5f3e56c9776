import { toldOf } from '../../quizzes/answers';
import type { Question } from '../../quizzes/question';
import { escapeHtml } from '../escape';
import { isTrueFalse } from '../reading/building';
import { type Entry, fractions, paragraphs, promptHtml, spokenOf, tagsOf, type WrittenFile } from './entry';
import { nameOf } from './moodle';

/** Questions as a GIFT file in one language. GIFT knows fewer types than Moodle XML, and no pictures. */
export function giftFile(entries: readonly Entry[]): WrittenFile {
  const left: WrittenFile['left'] = [];
  const parts = entries.flatMap((entry) => {
    const spoken = spokenOf(entry);
    const answers = /!\[[^\]]*\]\(/.test(spoken.prompt) ? 'picture' : answersOf(spoken);
    if (answers === 'picture' || answers === undefined)
      left.push({ name: nameOf(spoken), type: spoken.type, why: answers === 'picture' ? 'picture' : 'noPlace' });
    return answers === 'picture' || answers === undefined ? [] : [piece(entry, spoken, answers)];
  });
  const comments = left.map(({ name, type }) => `// – ${type}: ${name}`);
  return { text: `${[...parts, ...comments].join('\n\n')}\n`, count: parts.length, left };
}

function piece({ question }: Entry, spoken: Question, answers: string): string {
  const tags = [...tagsOf(question), ...(spoken.type === 'multi' ? ['choose:many'] : [])];
  const feedback = spoken.feedback.trim() ? `\n####${escaped(paragraphs(spoken.feedback))}` : '';
  return [
    `// ${tags.map((tag) => `[tag:${tag}]`).join(' ')}`,
    `::${signs(nameOf(spoken))}::[html]${escaped(promptHtml(spoken.prompt, () => undefined))}{${answers}${feedback}\n}`,
  ].join('\n');
}

/** Signs that mean something in GIFT, after a backslash. */
const signs = (text: string) => text.replace(/[\\~=#{}:]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
/** A text that is HTML already. What would begin a weight or a format is written as a number. */
const escaped = (markup: string) => signs(markup.replace(/^%/, '&#37;').replace(/^\[/, '&#91;'));
const words = (text: string) => escaped(escapeHtml(text.replace(/\s+/g, ' ').trim()));
const said = (feedback: string) => (feedback.trim() ? `#${words(feedback)}` : '');
const linesIn = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

interface Told {
  pairs: { left: string; right: string }[];
  extras: { right: string }[];
  accepted: string;
  judged_by: string;
  value: number;
  tolerance: number;
}

/** What stands between the braces; undefined for a type that GIFT does not know. */
function answersOf(spoken: Question): string | undefined {
  const told = toldOf(spoken) as unknown as Told;
  switch (spoken.type) {
    case 'truefalse':
      return isTrueFalse(spoken) ? trueFalse(spoken) : choice(spoken);
    case 'single':
    case 'multi':
      return choice(spoken);
    case 'matching':
      return [...told.pairs, ...told.extras.map(({ right }) => ({ left: '', right }))]
        .map(({ left, right }) => `\n=${words(left)} -> ${signs(right)}`)
        .join('');
    case 'shorttext':
      return told.judged_by === 'accepted'
        ? linesIn(told.accepted)
            .map((line) => `\n=${words(line)}`)
            .join('')
        : undefined;
    case 'numeric':
      return numberOf(told);
    default:
      return undefined;
  }
}

function choice({ type, options }: Question): string {
  const [right, wrong] = fractions(options.filter(({ is_correct }) => is_correct).length || 1);
  const mark = (isRight: boolean) => (type === 'multi' ? `~%${isRight ? right : wrong}%` : isRight ? '=' : '~');
  return options
    .map(({ text, feedback, is_correct }) => `\n${mark(is_correct)}${words(text)}${said(feedback)}`)
    .join('');
}

/** The first words are for a wrong answer, the second for the right one. */
function trueFalse({ options }: Question): string {
  const isTrue = options[0]?.is_correct ?? false;
  const [yes = '', no = ''] = options.map(({ feedback }) => feedback.trim());
  const [wrong, right] = isTrue ? [no, yes] : [yes, no];
  const feedback = right ? `#${words(wrong)}#${words(right)}` : said(wrong);
  return `${isTrue ? 'T' : 'F'}${feedback}`;
}

/** GIFT has numbers without exponents, and without units. */
function numberOf({ value, tolerance }: Told): string | undefined {
  const written = [value, tolerance].map((amount) =>
    Number.isInteger(amount) ? String(amount) : amount.toFixed(6).replace(/0+$/, ''),
  );
  return `#${written[0]}${tolerance > 0 ? `:${written[1]}` : ''}`;
}
