import { LANGUAGES, type Language } from '../../lib/i18n';
import type { DraftKind } from '../authoring/drafts.model';
import { type DraftContent, writtenLanguages } from '../authoring/drafts.model';
import type { BasedOn } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { selectQuizContents } from '../quizzes/quiz-content.model';
import { cardContent } from './card-content';
import { findCard } from './cards.model';
import { rebuiltContent } from './rebuilt-content';
import { SHIPPED, type ShippedTemplate, shippedContent } from './shipped';
import {
  type CourseSource,
  findCourseSource,
  findLessonSource,
  type LessonSource,
  selectLessonSources,
} from './sources.model';
import { findTemplate } from './templates.model';

export const STARTS = ['template', 'own', 'card', 'lesson', 'course'] as const;
export type StartKind = (typeof STARTS)[number];

export interface StartLesson {
  kind: DraftKind;
  content: DraftContent;
  based_on: BasedOn | null;
}

/** Something that a lesson or a course can begin from. */
export interface Start {
  from: StartKind;
  id: string;
  isCourse: boolean;
  title: string;
  about: string;
  /** The languages that its writer may begin in; empty for what comes in its own. */
  languages: readonly Language[];
  lessons: StartLesson[];
  /** Whose it is when it is another organisation's. */
  owner?: { id: string; name: string };
  /** The course that is copied. */
  course?: CourseSource;
}

type Words = Partial<Record<Language, string>>;

const told = (words: Words, language: Language): string =>
  words[language] ?? words[language === 'fi-x-selko' ? 'fi' : language] ?? words.fi ?? Object.values(words)[0] ?? '–';

/** What the address names, as this actor may begin from it; undefined for what is not there for them. */
export async function findStart(
  actor: Actor,
  from: StartKind,
  id: string,
  language: Language = 'fi',
  easy = false,
): Promise<Start | undefined> {
  if (from === 'template') return shippedStart(actor, id, language, easy);
  if (from === 'own') return ownStart(actor, id);
  if (from === 'card') return cardStart(actor, id);
  if (from === 'lesson') return lessonStart(actor, id);
  return courseStart(actor, id);
}

function shippedStart(actor: Actor, key: string, language: Language, easy: boolean): Start | undefined {
  const template: ShippedTemplate | undefined = SHIPPED.find((one) => one.key === key);
  if (!template) return undefined;
  const languages: [Language, ...Language[]] = language === 'fi' && easy ? ['fi', 'fi-x-selko'] : [language];
  return {
    ...{ from: 'template', id: key, isCourse: template.kind === 'course', languages: LANGUAGES },
    ...{ title: told(template.title, actor.language), about: told(template.about, actor.language) },
    lessons: template.lessons.map((lesson) => ({
      ...{ kind: lesson.kind, content: shippedContent(lesson, languages), based_on: null },
    })),
  };
}

async function ownStart({ organisation_id }: Actor, id: string): Promise<Start | undefined> {
  const template = await findTemplate(organisation_id, id);
  if (!template) return undefined;
  const { kind, content, based_on, title, about } = template;
  return {
    ...{ from: 'own', id, isCourse: false, title, about, languages: [] },
    lessons: [{ kind, content, based_on }],
  };
}

async function cardStart(actor: Actor, id: string): Promise<Start | undefined> {
  const card = await findCard(actor, id);
  if (!card) return undefined;
  return {
    ...{ from: 'card', id, isCourse: false, title: card.title, about: '', languages: [] },
    lessons: [{ kind: 'text', content: cardContent(card), based_on: null }],
  };
}

async function lessonStart(actor: Actor, id: string): Promise<Start | undefined> {
  const lesson = await findLessonSource(actor.organisation_id, id);
  if (!lesson) return undefined;
  const [copied] = await copiesOf([lesson]);
  return (
    copied && { ...copyOf(actor, lesson, lessonTitles(lesson)), from: 'lesson', isCourse: false, lessons: [copied] }
  );
}

async function courseStart(actor: Actor, id: string): Promise<Start | undefined> {
  const course = await findCourseSource(actor.organisation_id, id);
  if (!course) return undefined;
  const lessons = await copiesOf(await selectLessonSources(actor.organisation_id, course.id));
  const titles = Object.fromEntries(Object.entries(course.texts).map(([language, { title }]) => [language, title]));
  return { ...copyOf(actor, course, titles), from: 'course', isCourse: true, lessons, course };
}

function copyOf(actor: Actor, source: CourseSource | LessonSource, titles: Words) {
  const isForeign = source.organisation_id !== actor.organisation_id;
  return {
    id: source.id,
    title: told(titles, actor.language),
    about: '',
    languages: [],
    ...(isForeign && { owner: { id: source.organisation_id, name: source.organisation_name } }),
  };
}

const lessonTitles = ({ texts }: LessonSource): Words =>
  Object.fromEntries(Object.entries(texts).map(([language, { title }]) => [language, title]));

async function copiesOf(lessons: LessonSource[]): Promise<StartLesson[]> {
  const rebuilt = lessons.filter(({ content }) => !content).flatMap(({ quiz_id }) => quiz_id ?? []);
  const quizzes = rebuilt.length > 0 ? await selectQuizContents(rebuilt) : new Map();
  return lessons.map((lesson) => ({
    kind: lesson.kind === 'video' ? 'text' : lesson.kind,
    content: lesson.content ?? rebuiltContent(lesson, quizzes.get(lesson.quiz_id ?? '')),
    based_on: basedOn(lesson, lessonTitles(lesson)),
  }));
}

/** What readers of a copy are told; of what that was copied from itself, one step back. */
export function basedOn(
  { id, organisation_name, based_on }: Pick<CourseSource, 'id' | 'organisation_name' | 'based_on'>,
  title: Words,
): BasedOn {
  const { earlier: _, ...before } = based_on ?? {};
  return { title, organisation: organisation_name, id, ...(based_on && { earlier: before as BasedOn }) };
}

/** What the start will bring, for its page: the titles of lessons, or the parts of the one lesson. */
export function outlineOf({ isCourse, lessons }: Start, language: Language): { kind: string; text: string }[] {
  if (isCourse) return lessons.map(({ kind, content }) => ({ kind, text: told(content.title, language) }));
  const [lesson] = lessons;
  if (!lesson) return [];
  const { content } = lesson;
  const spoken = writtenLanguages(content)[0] ?? content.original;
  return [
    ...content.blocks.map(({ kind, texts }) => ({ kind, text: firstLine(texts[spoken]?.text) })),
    ...content.questions
      .filter(({ id }) => !content.blocks.some(({ question_id }) => question_id === id))
      .map(({ texts }) => ({ kind: 'question', text: firstLine(texts[spoken]?.prompt) })),
  ];
}

const LONGEST_LINE = 90;

function firstLine(text = ''): string {
  const line = text.split('\n').find((one) => one.trim()) ?? '';
  const plain = line.replace(/^[\s>#*✎-]+/, '').replace(/[*_]{2}/g, '');
  return plain.length > LONGEST_LINE ? `${plain.slice(0, LONGEST_LINE - 1)}…` : plain;
}
