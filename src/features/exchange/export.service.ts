import { createHash } from 'node:crypto';
import { LANGUAGES, type Language } from '../../lib/i18n';
import { storage } from '../../lib/storage';
import { type ZipEntry, zipped } from '../../lib/zip-stream';
import { recordAudit } from '../audit/audit.model';
import { type Captions, captionsOfFiles } from '../files/captions.model';
import { type StoredFile, selectFiles, storageKey } from '../files/files.model';
import { type H5pContent, selectContents, selectOwnContents } from '../h5p/contents.model';
import { ruleOf } from '../h5p/h5p.service';
import { selectKnownLibraries } from '../h5p/installed.model';
import type { Actor } from '../organisations/organisations.model';
import { selectQuizContents } from '../quizzes/quiz-content.model';
import { competenceNames } from '../skills/skills.model';
import { documentOf, plainDocument } from './documents';
import { type CourseRow, type LessonRow, selectLessonRows } from './export.model';
import {
  type CourseFile,
  FORMAT,
  FORMAT_VERSION,
  type H5pOfFile,
  type Manifest,
  type MediumOfFile,
} from './format.schema';
import { h5pIdOf, type Libraries, librariesOf, packageOf } from './h5p-package.service';
import { canonical, idFrom, idsIn, renamed, sha256 } from './portable';

export interface Choice {
  /** Lessons that were never out, and of the others what is being written. */
  drafts: boolean;
  /** Names that stand under the lessons. */
  names: boolean;
}

/** A course as it goes into a file. Bytes are read when their turn comes. */
export interface Packed {
  manifest: Manifest;
  course: CourseFile;
  bytes: number;
  media: readonly { file: StoredFile; medium: MediumOfFile }[];
  h5p: readonly { content: H5pContent; entry: H5pOfFile }[];
  known: Libraries;
}

/** Gathers what goes into the file. The same course gives the same file, here and wherever it came to. */
export async function packCourse(actor: Actor, row: CourseRow, choice: Choice): Promise<Packed> {
  const lessons = await readLessons(actor.organisation_id, row, choice);
  const ids = idsIn(lessons.map(({ document }) => document));
  const media = await packMedia(actor.organisation_id, ids);
  const known = await selectKnownLibraries();
  const h5p = await packContents(actor.organisation_id, ids, known);
  const names = new Map([
    ...media.map(({ file, medium }) => [file.id, medium.id] as const),
    ...h5p.map(({ content, entry }) => [content.id, entry.id] as const),
  ]);
  const course: CourseFile = {
    ...{
      id: row.exchange_id,
      picture: row.picture,
      sources: row.sources,
      texts: row.texts,
      competences: rangesOf(row),
    },
    modules: row.modules.map(({ id, exchange_id, ...module }) => ({
      ...module,
      audience: module.audience as CourseFile['modules'][number]['audience'],
      id: exchange_id,
      lessons: lessons
        .filter(({ module_id }) => module_id === id)
        .map(({ module_id: _, ...lesson }) => ({ ...lesson, document: renamed(lesson.document, names) })),
    })),
    names: await wordsFor(row, lessons),
  };
  const unique = <T>(list: T[], key: (one: T) => string) => [...new Map(list.map((one) => [key(one), one])).values()];
  const text = canonical(course);
  const manifest: Manifest = {
    ...{
      format: FORMAT,
      version: FORMAT_VERSION,
      from: row.origin.from ?? row.organisation,
      title: row.title.slice(0, 300),
    },
    course: { sha256: sha256(text), bytes: Buffer.byteLength(text) },
    media: unique(
      media.map(({ medium }) => medium),
      ({ id }) => id,
    ),
    h5p: unique(
      h5p.map(({ entry }) => entry),
      ({ id }) => id,
    ),
    left_out: leftOut(lessons, names),
  };
  const sum = (list: readonly { bytes: number }[]) => list.reduce((total, { bytes }) => total + bytes, 0);
  const bytes = manifest.course.bytes + sum(manifest.media) + sum(manifest.h5p);
  return {
    manifest,
    course,
    bytes,
    media: unique(media, ({ medium }) => medium.id),
    h5p: unique(h5p, ({ entry }) => entry.id),
    known,
  };
}

/** The file, piece by piece. */
export function courseFile({ manifest, course, media, h5p, known }: Packed): AsyncGenerator<Buffer> {
  function* entries(): Generator<ZipEntry> {
    yield { name: 'oppiva-course.json', pieces: [canonical(manifest)] };
    yield { name: 'course.json', pieces: [canonical(course)] };
    for (const { file, medium } of media) yield { name: medium.path, pieces: bytesOf(file), isPacked: true };
    for (const { content, entry } of h5p) yield { name: entry.path, pieces: packageOf(content, known), isPacked: true };
  }
  return zipped(entries());
}

export const recordExport = (actor: Actor, row: CourseRow, { manifest, bytes }: Packed): Promise<void> =>
  recordAudit(actor, 'course.exported', { type: 'course', id: row.id }, { media: manifest.media.length, bytes });

/** What the course teaches, with what names nothing here and is kept as words. */
const rangesOf = ({ competences, origin }: CourseRow) =>
  [...competences, ...(origin.ranges ?? [])].toSorted((a, b) => (a.code < b.code ? -1 : 1));

/** How much there is to give away, without reading a byte of it. */
export async function sizeOf({ organisation_id }: Actor, row: CourseRow) {
  const lessons = await selectLessonRows(organisation_id, row.id);
  const ids = idsIn(lessons.map(({ content, published, texts }) => [content, published, texts]));
  const files = [...(await selectFiles(organisation_id, ids)).values()];
  return {
    out: lessons.filter(({ is_published }) => is_published).length,
    written: lessons.filter(({ is_published }) => !is_published).length,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    h5p: (await selectOwnContents(organisation_id, ids)).length,
  };
}

interface PackedLesson {
  module_id: string | null;
  id: string;
  kind: 'text' | 'quiz' | 'h5p';
  audience: string[];
  review_by: string | null;
  origin: LessonRow['origin'];
  document: NonNullable<LessonRow['content']>;
}

async function readLessons(organisationId: string, row: CourseRow, { drafts, names }: Choice): Promise<PackedLesson[]> {
  const rows = (await selectLessonRows(organisationId, row.id)).filter(({ is_published }) => drafts || is_published);
  const bare = rows.filter(({ content }) => !content);
  const quizzes = await selectQuizContents(bare.flatMap(({ quiz_id }) => quiz_id ?? []));
  const last = row.modules.at(-1)?.id ?? null;
  return rows.map((lesson) => {
    const written = drafts || !lesson.is_published ? lesson.content : (lesson.published ?? lesson.content);
    const { credits: _, ...unnamed } = lesson.origin;
    return {
      ...{ module_id: lesson.module_id ?? last, id: lesson.exchange_id, audience: lesson.audience },
      kind: lesson.kind === 'video' ? 'text' : lesson.kind,
      review_by: lesson.check_by,
      origin: names ? lesson.origin : unnamed,
      document: written ? plainDocument(written) : documentOf(lesson, quizzes.get(lesson.quiz_id ?? '')),
    };
  });
}

async function packMedia(organisationId: string, ids: readonly string[]) {
  const files = await selectFiles(organisationId, ids);
  const captions = await captionsOfFiles(organisationId, [...files.keys()]);
  const packed = [];
  for (const file of files.values()) {
    const { hash, bytes } = await measure(file);
    packed.push({ file, medium: mediumOf(file, captions.get(file.id) ?? [], hash, bytes) });
  }
  return packed.toSorted((a, b) => (a.medium.id < b.medium.id ? -1 : 1));
}

/** The whole file is what travels; smaller copies are made again where it comes to. */
function mediumOf(file: StoredFile, captions: Captions[], hash: string, bytes: number): MediumOfFile {
  const { kind, ending, name, alts, is_decoration, licence, author, source } = file;
  return {
    ...{ id: idFrom(hash), path: `media/${hash}.${ending}`, sha256: hash, bytes, kind },
    ...{ name, alts, is_decoration, licence, author, source },
    captions: Object.fromEntries(captions.map(({ language, cues }) => [language, cues])),
  };
}

async function measure(file: StoredFile): Promise<{ hash: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of bytesOf(file)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { hash: hash.digest('hex'), bytes };
}

async function* bytesOf(file: StoredFile): AsyncGenerator<Buffer> {
  const bytes = await storage().read(storageKey(file));
  if (!bytes) throw new Error(`a file is not in the storage: ${file.id}`);
  yield* bytes;
}

async function packContents(organisationId: string, ids: readonly string[], known: Libraries) {
  const packed = [];
  for (const content of await selectContents(organisationId, ids))
    packed.push({ content, entry: await h5pEntry(content, known) });
  return packed.toSorted((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
}

async function h5pEntry(content: H5pContent, known: Libraries): Promise<H5pOfFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of packageOf(content, known)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  const id = h5pIdOf(content);
  const rule = ruleOf(content);
  const libraries = librariesOf(content, known);
  return { id, path: `h5p/${id}.h5p`, sha256: hash.digest('hex'), bytes, title: content.title, libraries, rule };
}

/** What is shown but not ours, or no more there: it stays behind, and the file says so. */
function leftOut(lessons: readonly PackedLesson[], names: ReadonlyMap<string, string>): Manifest['left_out'] {
  return lessons.flatMap(({ document }) => {
    const lesson = (document.title[document.original] ?? '').slice(0, 300);
    const shown = document.blocks.flatMap(({ file_id, h5p_content_id }) =>
      [file_id ?? [], h5p_content_id ?? []].flat(),
    );
    const gone = shown.filter((id) => !names.has(id));
    return gone.length > 0 ? [{ lesson, why: 'file-gone' }] : [];
  });
}

/** Words for every competence that the course names; those that came with it where this organisation has none. */
async function wordsFor(row: CourseRow, lessons: readonly PackedLesson[]): Promise<CourseFile['names']> {
  const questions = lessons.flatMap(({ document }) => [
    ...document.questions,
    ...(document.draws ?? []).flatMap(({ pile }) => pile),
  ]);
  const codes = new Set([
    ...rangesOf(row).map(({ code }) => code),
    ...row.modules.flatMap(({ competences }) => competences.map(({ code }) => code)),
    ...lessons.flatMap(({ document }) => document.competences),
    ...questions.map(({ competence }) => competence),
  ]);
  codes.delete('');
  const spoken: [Language, Awaited<ReturnType<typeof competenceNames>>][] = [];
  for (const language of LANGUAGES) spoken.push([language, await competenceNames(language)]);
  const ours = (code: string): Partial<Record<Language, string>> =>
    Object.fromEntries(
      spoken.flatMap(([language, names]) => (names.get(code) ? [[language, names.get(code)?.name]] : [])),
    );
  return Object.fromEntries([...codes].sort().map((code) => [code, row.origin.names?.[code] ?? ours(code)]));
}
