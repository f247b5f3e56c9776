import type { Language } from '../../lib/i18n';
import {
  type Block,
  type DraftContent,
  type DraftQuestion,
  newBlock,
  newQuestion,
  QUESTION_TYPES,
  withOption,
} from './drafts.document';

const LONGEST = 20_000;
const LONGEST_LINE = 300;

/** What the editor's form sent: one string by field name (several for check boxes). Anything else is passed over. */
export type FormBody = Record<string, unknown>;

const line = (value: unknown) => (typeof value === 'string' ? value.trim().slice(0, LONGEST_LINE) : undefined);
const lines = (value: unknown) =>
  typeof value === 'string' ? value.replace(/\r\n?/g, '\n').slice(0, LONGEST) : undefined;

/**
 * The document with everything that was typed in it. Fields that the form did not have stay as they were,
 * so a form of two languages never empties a third. Returns a new document; the given one is unchanged.
 */
export function applyForm(content: DraftContent, body: FormBody, languages: readonly Language[]): DraftContent {
  const title = { ...content.title };
  for (const language of languages) {
    const given = line(body[`title_${language}`]);
    if (given !== undefined) title[language] = given;
  }
  return {
    ...content,
    title,
    minutes: within(body.minutes, 1, 120) ?? content.minutes,
    level: within(body.level, 1, 8) ?? content.level,
    ...(typeof body.h5p_rule === 'string' && { h5p_rule: body.h5p_rule.slice(0, 40) }),
    competences: 'competences_shown' in body ? codes(body.competences) : content.competences,
    blocks: content.blocks.map((block) => applyBlock(content, block, body, languages)),
    questions: content.questions.map((question) => applyQuestion(question, body, languages)),
  };
}

function within(value: unknown, least: number, most: number): number | undefined {
  const number = typeof value === 'string' && /^\d{1,3}$/.test(value.trim()) ? Number(value) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

function codes(value: unknown): string[] {
  return [value ?? []].flat().filter((code): code is string => typeof code === 'string' && /^\d\.\d$/.test(code));
}

function applyBlock(content: DraftContent, block: Block, body: FormBody, languages: readonly Language[]): Block {
  const next: Block = { ...block, texts: { ...block.texts } };
  const given = lines(body[`b_${block.id}_${content.original}`]);
  const before = block.texts[content.original]?.text ?? '';
  if (given !== undefined && given !== before) {
    // The first words of a new block make no follower late: there was nothing to follow.
    next.version = before ? block.version + 1 : block.version;
    next.texts[content.original] = { text: given, follows: next.version };
  }
  for (const language of languages) {
    if (language === content.original) continue;
    const text = lines(body[`b_${block.id}_${language}`]);
    const known = block.texts[language];
    if (text === undefined) continue;
    const read = body[`b_${block.id}_${language}_read`] === 'yes';
    if (text !== (known?.text ?? '') || read) next.texts[language] = { text, follows: next.version };
  }
  return next;
}

function applyQuestion(question: DraftQuestion, body: FormBody, languages: readonly Language[]): DraftQuestion {
  const prefix = `q_${question.id}`;
  if (!Object.keys(body).some((name) => name.startsWith(`${prefix}_`))) return question;
  const texts = { ...question.texts };
  for (const language of languages) {
    const prompt = lines(body[`${prefix}_${language}_prompt`]);
    const feedback = lines(body[`${prefix}_${language}_feedback`]);
    if (prompt === undefined && feedback === undefined) continue;
    texts[language] = { prompt: prompt?.trim() ?? '', feedback: feedback?.trim() ?? '' };
  }
  const right = [body[`${prefix}_correct`] ?? []].flat().map(String);
  return {
    ...question,
    texts,
    competence: codes(body[`${prefix}_competence`])[0] ?? '',
    level: within(body[`${prefix}_level`], 1, 8) ?? question.level,
    options: question.options.map((option) => {
      const optionTexts = { ...option.texts };
      for (const language of languages) {
        const text = line(body[`${prefix}_${option.key}_${language}_text`]);
        const feedback = line(body[`${prefix}_${option.key}_${language}_feedback`]);
        if (text !== undefined) optionTexts[language] = { text, feedback: feedback ?? '' };
      }
      return { ...option, correct: right.includes(option.key), texts: optionTexts };
    }),
  };
}

/** One press besides saving: "add text", "move block x up", "remove question y". Unknown words change nothing. */
export function applyAction(content: DraftContent, action: string): DraftContent {
  const [verb = '', id = ''] = action.split(':');
  switch (verb) {
    case 'add-text':
      return { ...content, blocks: [...content.blocks, newBlock('text')] };
    case 'add-try':
      return { ...content, blocks: [...content.blocks, newBlock('try')] };
    case 'add-question': {
      const type = QUESTION_TYPES.find((known) => known === id) ?? 'single';
      return { ...content, questions: [...content.questions, newQuestion(type)] };
    }
    case 'add-option':
      return { ...content, questions: content.questions.map((q) => (q.id === id ? withOption(q) : q)) };
    case 'up':
    case 'down':
      return {
        ...content,
        blocks: moved(content.blocks, id, verb),
        questions: moved(content.questions, id, verb),
      };
    case 'remove':
      return {
        ...content,
        blocks: content.blocks.filter((block) => block.id !== id),
        questions: content.questions.filter((question) => question.id !== id),
      };
    default:
      return content;
  }
}

function moved<T extends { id: string }>(list: readonly T[], id: string, direction: 'up' | 'down'): T[] {
  const from = list.findIndex((item) => item.id === id);
  const to = direction === 'up' ? from - 1 : from + 1;
  const next = [...list];
  const [item] = from >= 0 && to >= 0 && to < list.length ? next.splice(from, 1) : [];
  if (item) next.splice(to, 0, item);
  return next;
}
