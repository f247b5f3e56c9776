import type { z } from 'zod';
import { isContentType } from '../quizzes/question-types/registry';
import { contentFaults } from './exchange.questions';
import {
  type Exchange,
  ExchangeFile,
  type ExchangeLesson,
  type ExchangeModule,
  type ExchangeQuestion,
  type ExchangeWords,
} from './exchange.schema';

/** A file that cannot be taken in, with a sentence for each place to mend. */
export class ExchangeFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/** Reads a file of courses. Throws ExchangeFault that names each place: module, lesson or question by id, field, language. */
export function readExchange(data: unknown): Exchange {
  const result = ExchangeFile.safeParse(data, { reportInput: true });
  if (!result.success)
    throw new ExchangeFault(result.error.issues.map((issue) => `${place(data, issue)} ${say(issue)}`));
  const faults = [...new Set([...result.data.modules.flatMap(moduleFaults), ...doubles(result.data)])];
  if (faults.length > 0) throw new ExchangeFault(faults);
  return result.data;
}

const KINDS: Record<string, string> = { modules: 'module', lessons: 'lesson', quiz: 'question', questions: 'question' };
const PARTS: Record<string, string> = { options: 'option', rubric: 'rubric', quiz_rubric: 'quiz_rubric' };

/** Fields that hold a text in several languages. */
const TEXTS = new Set(['title', 'summary', 'body_md', 'practice', 'prompt', 'text', 'feedback', 'name', 'levels']);

/** `modules, 0, lessons, 1, title, sv` becomes `lesson "x/l2": title (sv)`, by the ids that the file itself uses. */
function place(data: unknown, issue: z.core.$ZodIssue): string {
  let node = data as Record<PropertyKey, unknown> | undefined;
  let list = '';
  let thing = '';
  let fields: string[] = [];
  for (const step of issue.path) {
    node = node?.[step] as typeof node;
    if (typeof step === 'number') {
      const id = typeof node?.id === 'string' ? `"${node.id}"` : `number ${step + 1}`;
      if (KINDS[list]) [thing, fields] = [`${KINDS[list]} ${id}`, []];
      else if (list === 'levels') fields = [...fields.slice(0, 1), `level ${step + 1}`];
      else fields = [PARTS[list] ? `${PARTS[list]} ${id}` : `${list} ${step + 1}`];
    } else {
      list = String(step);
      fields.push(list);
    }
  }
  const [first, ...rest] = fields;
  const field = [first, ...rest.map((name) => `(${name})`)].filter(Boolean).join(' ');
  return thing ? `${thing}${field ? `: ${field}` : ''}` : field || 'the file';
}

function say(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${article(issue.expected)}`;
    case 'invalid_value':
      return `must be one of: ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string' || issue.minimum === 1 ? 'is empty' : `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    case 'unrecognized_keys':
      return TEXTS.has(String(issue.path.findLast((step) => typeof step === 'string')))
        ? `has a language that is none of fi_selko, fi, sv, en: ${issue.keys.join(', ')}`
        : `has a field that this format does not know: ${issue.keys.join(', ')}`;
    default:
      return issue.message.startsWith('Invalid') ? 'is not what this format expects' : issue.message;
  }
}

const article = (type: string) =>
  ({ int: 'a whole number', number: 'a number', string: 'a text', array: 'a list', boolean: 'true or false' })[type] ??
  'an object in braces';

function moduleFaults(module: ExchangeModule): string[] {
  const at = `module "${module.id}"`;
  return [
    ...lacking(module.title, module.summary, `${at}: summary`),
    ...module.lessons.flatMap(lessonFaults),
    ...(module.quiz ?? []).flatMap((question) => questionFaults(question)),
  ];
}

function lessonFaults(lesson: ExchangeLesson): string[] {
  const at = `lesson "${lesson.id}"`;
  const kind = lesson.kind ?? 'text';
  const faults = [...lacking(lesson.title, lesson.body_md, `${at}: body_md`)];
  if (kind === 'text' && !lesson.body_md) faults.push(`${at}: body_md is missing`);
  if (kind === 'video' && !lesson.body_md) faults.push(`${at}: body_md is missing; it is the transcript of the video`);
  if (kind === 'video' && (lesson.video?.file === undefined) === (lesson.video?.link === undefined)) {
    faults.push(`${at}: video must name either a file or a link`);
  }
  if (kind !== 'video' && lesson.video) faults.push(`${at}: video belongs only to a lesson of kind "video"`);
  if ((kind === 'quiz') !== (lesson.questions !== undefined)) {
    faults.push(`${at}: questions belong to a lesson of kind "quiz", and to each of them`);
  }
  return [...faults, ...(lesson.questions ?? []).flatMap(questionFaults)];
}

function questionFaults(question: ExchangeQuestion): string[] {
  const at = `question "${question.id}"`;
  const faults = extra(question.prompt, question.feedback, `${at}: feedback`);
  if (isContentType(question.type)) {
    if (question.options) faults.push(`${at}: options belong only to questions of type single, multi and truefalse`);
    return [...faults, ...contentFaults(question, question.type).map((fault) => `${at}: ${fault}`)];
  }
  if (question.content) faults.push(`${at}: content belongs to none of the types single, multi and truefalse`);
  return [...faults, ...optionFaults(question, at)];
}

function optionFaults({ options, prompt, type }: ExchangeQuestion, at: string): string[] {
  if (!options) return [`${at}: options is missing`];
  const right = options.filter((option) => option.correct).length;
  const faults = options.flatMap((option) => lacking(prompt, option.text, `${at}: option "${option.id}"`, true));
  if (new Set(options.map(({ id }) => id)).size < options.length) faults.push(`${at}: two options have the same id`);
  if (type === 'multi' && right === 0) faults.push(`${at}: at least one option must be correct`);
  if (type !== 'multi' && right !== 1) faults.push(`${at}: exactly one option must be correct, not ${right}`);
  return faults;
}

/** A variant is whole or it is not there: every language of the title has the text, and no other has. */
function lacking(title: ExchangeWords, texts: ExchangeWords | undefined, at: string, always = false): string[] {
  if (!texts && !always) return [];
  const absent = Object.keys(title).filter((language) => !(texts && language in texts));
  return [...absent.map((language) => `${at} (${language}) is missing`), ...extra(title, texts, at)];
}

function extra(title: ExchangeWords, texts: ExchangeWords | undefined, at: string): string[] {
  const alone = Object.keys(texts ?? {}).filter((language) => !(language in title));
  return alone.map((language) => `${at} (${language}) has a text, but its title or prompt has none in that language`);
}

/** Ids tell on the next import what is the same thing, so no two may share one. */
function doubles({ course, modules }: Exchange): string[] {
  const lessons = modules.flatMap((module) => module.lessons);
  const questions = [...modules.flatMap((module) => module.quiz ?? []), ...lessons.flatMap((l) => l.questions ?? [])];
  const repeated = (kind: string, ids: string[]) =>
    ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `two ${kind}s have the id "${id}"`);
  return [
    ...repeated('module', [...modules.map(({ id }) => id)]),
    ...repeated('lesson', [...lessons.map(({ id }) => id)]),
    ...repeated('question', [...questions.map(({ id }) => id)]),
    ...(course && modules.some((module) => Object.keys(course.title).some((language) => !(language in module.title)))
      ? ['course: title has a language that one of its modules lacks']
      : []),
  ];
}
