import type { Language } from '../../lib/i18n';
import { isBlockKind, LONGEST_LINE, LONGEST_TEXT, MOST_BLOCKS } from '../blocks/registry';
import { CHANGE_KINDS } from '../courses/lesson-changes.model';
import { isContentType } from '../quizzes/question-types/registry';
import { COUNTS, DEFAULT_RULES } from '../quizzes/quiz-content.model';
import { blockFromForm, type FormBody } from './block-form';
import {
  type DraftContent,
  type DraftQuestion,
  newBlock,
  newQuestion,
  QUESTION_TYPES,
  textsOf,
  withOption,
} from './drafts.document';
import { contentAfter, contentFromForm } from './question-content';
import { applyRubric, withCriterion } from './rubric-form';

const LONGEST = LONGEST_TEXT;
const MOST_TIMES = 100;

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
    ...rulesOf(content, body),
    ...(content.rubric && { rubric: applyRubric(content.rubric, body, languages) }),
    ...changeOf(content, body),
    competences: 'competences_shown' in body ? codes(body.competences) : content.competences,
    blocks: content.blocks.map((block) => blockFromForm(block, content.original, body, languages)),
    questions: applyQuestions(content, body, languages).questions,
  };
}

/** The document with what was typed in its questions. */
export function applyQuestions(content: DraftContent, body: FormBody, languages: readonly Language[]): DraftContent {
  const questions = content.questions.map((question) =>
    marked(content.original, question, applyQuestion(question, body, languages), body, languages),
  );
  return { ...content, questions };
}

/** The rules of a quiz as chosen; an odd value leaves the one before. Nothing when the form did not ask. */
function rulesOf({ rules: known }: DraftContent, body: FormBody): Pick<DraftContent, 'rules'> {
  if (typeof body.rules_attempts !== 'string') return {};
  const before = known ?? DEFAULT_RULES;
  const times = within(body.rules_attempts, 1, MOST_TIMES);
  const percent = within(body.rules_pass, 50, 100);
  return {
    rules: {
      attempts_allowed: body.rules_attempts === 'any' ? null : (times ?? before.attempts_allowed),
      counts: COUNTS.find((rule) => rule === body.rules_counts) ?? before.counts,
      pass_share: percent === undefined ? before.pass_share : percent / 100,
    },
  };
}

/** What the author says of the change; nothing new when the form did not ask. */
function changeOf(content: DraftContent, body: FormBody): Pick<DraftContent, 'change'> {
  const kind = CHANGE_KINDS.find((known) => known === body.change_kind);
  return kind
    ? { change: { kind, words: (line(body.change_words) ?? content.change?.words ?? '').slice(0, 500) } }
    : {};
}

function within(value: unknown, least: number, most: number): number | undefined {
  const number = typeof value === 'string' && /^\d{1,3}$/.test(value.trim()) ? Number(value) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

function codes(value: unknown): string[] {
  return [value ?? []].flat().filter((code): code is string => typeof code === 'string' && /^\d\.\d$/.test(code));
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
  const asked = {
    ...question,
    texts,
    competence: codes(body[`${prefix}_competence`])[0] ?? '',
    level: within(body[`${prefix}_level`], 1, 8) ?? question.level,
  };
  if (question.content && isContentType(question.type)) {
    return { ...asked, content: contentFromForm(question.type, question.content, body, prefix, languages) };
  }
  const right = [body[`${prefix}_correct`] ?? []].flat().map(String);
  return {
    ...asked,
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

/** Which version of the original each language follows. A question's first words make no follower late. */
function marked(
  original: Language,
  before: DraftQuestion,
  now: DraftQuestion,
  body: FormBody,
  languages: readonly Language[],
): DraftQuestion {
  const isChanged = (language: Language) => textsOf(before, language) !== textsOf(now, language);
  const version = (before.version ?? 1) + (before.texts[original]?.prompt.trim() && isChanged(original) ? 1 : 0);
  const followers = languages.filter(
    (language) => language !== original && (isChanged(language) || body[`q_${now.id}_${language}_read`] === 'yes'),
  );
  if (version === 1 && followers.length === 0) return now;
  return { ...now, version, follows: { ...before.follows, ...Object.fromEntries(followers.map((l) => [l, version])) } };
}

/** One press besides saving: "add text", "move block x up", "remove question y". Unknown words change nothing. */
export function applyAction(content: DraftContent, action: string): DraftContent {
  const [verb = '', id = '', way = ''] = action.split(':');
  switch (verb) {
    case 'add-text':
    case 'add-try':
      return withBlock(content, verb.slice('add-'.length), '');
    case 'add-block':
      return withBlock(content, id, way);
    case 'add-question': {
      const type = QUESTION_TYPES.find((known) => known === id) ?? 'single';
      return { ...content, questions: [...content.questions, newQuestion(type)] };
    }
    case 'add-criterion':
      return { ...content, rubric: withCriterion(content.rubric ?? []) };
    case 'remove-criterion':
      return { ...content, rubric: (content.rubric ?? []).filter(({ key }) => key !== id) };
    case 'add-option':
      return { ...content, questions: content.questions.map((q) => (q.id === id ? withOption(q) : q)) };
    case 'type-question':
      return { ...content, questions: content.questions.map((q) => (q.id === id ? ofType(q, way) : q)) };
    case 'add-row':
    case 'remove-row':
    case 'up-row':
    case 'down-row':
      return { ...content, questions: content.questions.map((q) => (q.id === id ? withRows(q, verb, way) : q)) };
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
        blocks: content.blocks.filter((block) => block.id !== id && block.question_id !== id),
        questions: content.questions.filter((question) => question.id !== id && !isAskedBy(content, id, question.id)),
      };
    default:
      return content;
  }
}

/** The content with a new block after the one of this id; at the end without one. A question's block brings its question. */
function withBlock(content: DraftContent, kind: string, after: string): DraftContent {
  if (!isBlockKind(kind) || content.blocks.length >= MOST_BLOCKS) return content;
  const question = kind === 'question' ? newQuestion('single') : undefined;
  const place = content.blocks.findIndex(({ id }) => id === after) + 1 || content.blocks.length;
  return {
    ...content,
    blocks: content.blocks.toSpliced(place, 0, newBlock(kind, question && { question_id: question.id })),
    questions: question ? [...content.questions, question] : content.questions,
  };
}

/** The question as one of another type: its words stay, and its answers where both types have such. */
function ofType(question: DraftQuestion, wanted: string): DraftQuestion {
  const type = QUESTION_TYPES.find((known) => known === wanted);
  if (!type || type === question.type) return question;
  const { content: _, ...kept } = question;
  const fresh = newQuestion(type);
  const isChoice = (one: string) => one === 'single' || one === 'multi';
  if (isChoice(type) && isChoice(question.type)) return { ...kept, type };
  return { ...kept, type, options: fresh.options, ...(fresh.content && { content: fresh.content }) };
}

const withRows = (question: DraftQuestion, verb: string, way: string): DraftQuestion =>
  question.content && isContentType(question.type)
    ? { ...question, content: contentAfter(question.type, question.content, verb, way) }
    : question;

/** A question goes with the block that shows it. */
const isAskedBy = ({ blocks }: DraftContent, block: string, question: string) =>
  blocks.some(({ id, question_id }) => id === block && question_id === question);

function moved<T extends { id: string }>(list: readonly T[], id: string, direction: 'up' | 'down'): T[] {
  const from = list.findIndex((item) => item.id === id);
  const to = direction === 'up' ? from - 1 : from + 1;
  const next = [...list];
  const [item] = from >= 0 && to >= 0 && to < list.length ? next.splice(from, 1) : [];
  if (item) next.splice(to, 0, item);
  return next;
}
