import fs from 'node:fs';
import path from 'node:path';
import type { Language } from '../../lib/i18n';
import { ROOT } from '../../lib/root';
import type { DraftContent, DraftQuestion } from '../authoring/drafts.model';
import type { Block, BlockKind } from '../blocks/block';
import type { Criterion } from '../evidence/rubric.model';

type Words = Record<Language, string>;

/** A lesson of a template that comes with the product, in all languages. */
interface ShippedLesson {
  key: string;
  kind: 'text' | 'quiz';
  title: Words;
  minutes: number;
  level: number;
  blocks: {
    kind: BlockKind;
    texts: Partial<Words>;
    parts?: Record<string, Words>;
    tone?: 'remember' | 'careful' | 'tip';
    question?: string;
  }[];
  questions?: {
    id: string;
    type: 'single' | 'multi' | 'truefalse';
    level: number;
    competence: string;
    texts: Record<Language, { prompt: string; feedback: string }>;
    options: { key: string; correct: boolean; texts: Words }[];
  }[];
  rubric?: Criterion[];
}

export interface ShippedTemplate {
  key: string;
  kind: 'text' | 'quiz' | 'course';
  title: Words;
  about: Words;
  lessons: ShippedLesson[];
}

/** The templates that come with the product, in the order of their page. */
export const SHIPPED: readonly ShippedTemplate[] = readTemplates();

function readTemplates(): ShippedTemplate[] {
  const file = path.join(ROOT, 'src', 'data', 'templates.json');
  const { templates }: { templates: (ShippedTemplate & ShippedLesson)[] } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return templates.map((one) => ({
    ...{ key: one.key, kind: one.kind, title: one.title, about: one.about },
    lessons: one.lessons ?? [one],
  }));
}

/** The lesson as a document that begins in these languages, the first of which is the original. */
export function shippedContent(lesson: ShippedLesson, languages: readonly [Language, ...Language[]]): DraftContent {
  const only = <T>(texts: Partial<Record<Language, T>>) =>
    Object.fromEntries(
      languages.flatMap((language) => (texts[language] ? [[language, texts[language]]] : [])),
    ) as Partial<Record<Language, T>>;
  return {
    original: languages[0],
    title: only(lesson.title),
    minutes: lesson.minutes,
    level: lesson.level,
    competences: [],
    blocks: lesson.blocks.map((block, index) => shippedBlock(block, `b${index + 1}`, languages)),
    questions: (lesson.questions ?? []).map((question) => ({
      ...question,
      texts: only(question.texts),
      options: question.options.map(({ texts, ...option }) => ({ ...option, texts: optionTexts(only(texts)) })),
    })) as DraftQuestion[],
    ...(lesson.rubric && {
      rubric: lesson.rubric.map(({ key, name, levels }) => ({ key, name: only(name), levels: levels.map(only) })),
    }),
  };
}

const optionTexts = (texts: Partial<Words>) =>
  Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, { text, feedback: '' }]));

function shippedBlock(
  { kind, texts, parts, tone, question }: ShippedLesson['blocks'][number],
  id: string,
  languages: readonly Language[],
): Block {
  const said = languages.flatMap((language) => {
    const text = texts[language];
    if (text === undefined) return [];
    const others = Object.entries(parts ?? {}).map(([name, words]) => [name, words[language]]);
    return [[language, { text, ...(parts && { parts: Object.fromEntries(others) }), follows: 1 }]];
  });
  return {
    ...{ id, kind, version: 1, texts: Object.fromEntries(said) },
    ...(kind === 'heading' && { level: 2 }),
    ...(tone && { tone }),
    ...(question && { question_id: question }),
  };
}
