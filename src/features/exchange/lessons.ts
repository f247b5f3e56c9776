import type { LessonRow } from './export.model';
import { BlockSchema, type CourseFile, DocumentHead, LessonHead, QuestionSchema } from './format.schema';

type Document = NonNullable<LessonRow['content']>;

/** A lesson of a file, with what of it is understood. */
export interface ReadLesson extends Omit<LessonHead, 'document'> {
  module: number;
  title: string;
  document: Document;
}

/** Something that is left out of what was read: where it is, and why, as `exchange.unread.<why>`. */
export interface Unread {
  lesson: string;
  why: 'lesson' | 'block' | 'question' | 'twice' | 'file';
  about: string;
}

/** The lessons of a course, one by one: a part that is not understood takes nothing else with it. */
export function readLessons(
  course: CourseFile,
  known: ReadonlySet<string>,
): { lessons: ReadLesson[]; unread: Unread[] } {
  const lessons: ReadLesson[] = [];
  const unread: Unread[] = [];
  const ids = new Set<string>();
  for (const [module, { lessons: given }] of course.modules.entries()) {
    for (const [index, one] of given.entries()) {
      const place = `${module + 1}.${index + 1}`;
      const lesson = LessonHead.safeParse(one);
      const document = lesson.success ? DocumentHead.safeParse(lesson.data.document) : undefined;
      if (!lesson.success || !document?.success) {
        unread.push({ lesson: titleOf(one) || place, why: 'lesson', about: fieldOf(lesson, document) });
        continue;
      }
      const title = document.data.title[document.data.original] || place;
      if (ids.has(lesson.data.id)) {
        unread.push({ lesson: title, why: 'twice', about: '' });
        continue;
      }
      ids.add(lesson.data.id);
      const read = readDocument(document.data, title, known, unread);
      const { document: _, ...head } = lesson.data;
      lessons.push({ ...head, module, title, document: read });
    }
  }
  return { lessons, unread };
}

function readDocument(head: DocumentHead, lesson: string, known: ReadonlySet<string>, unread: Unread[]): Document {
  const blocks = head.blocks.flatMap((given, index) => {
    const block = BlockSchema.safeParse(given);
    if (!block.success) unread.push({ lesson, why: 'block', about: `${index + 1}${kindOf(given)}` });
    return block.success ? [block.data] : [];
  });
  const questions = head.questions.flatMap((given, index) => {
    const question = QuestionSchema.safeParse(given);
    if (!question.success) unread.push({ lesson, why: 'question', about: `${index + 1}` });
    return question.success ? [question.data] : [];
  });
  for (const { file_id, h5p_content_id, kind } of blocks)
    for (const id of [file_id, h5p_content_id])
      if (id && !known.has(id)) unread.push({ lesson, why: 'file', about: kind });
  return { ...head, blocks, questions } as Document;
}

/** What a block calls itself, where that is a word. */
function kindOf(given: unknown): string {
  const kind = (given as { kind?: unknown } | null)?.kind;
  return typeof kind === 'string' && /^[\w-]{1,30}$/.test(kind) ? ` (${kind})` : '';
}

function titleOf(given: unknown): string {
  const document = (given as { document?: { title?: Record<string, unknown> } } | null)?.document;
  const title = Object.values(document?.title ?? {}).find((one) => typeof one === 'string');
  return typeof title === 'string' ? title.slice(0, 200) : '';
}

type Failing = { success: boolean; error?: { issues: { path: PropertyKey[] }[] } } | undefined;
const fieldOf = (...read: Failing[]): string =>
  read
    .flatMap((one) => (one && !one.success ? [one.error?.issues[0]?.path.join(' / ') ?? ''] : []))[0]
    ?.slice(0, 100) ?? '';
