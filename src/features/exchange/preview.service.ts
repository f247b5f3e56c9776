import type { Language } from '../../lib/i18n';
import { sniff } from '../files/content/sniff';
import { bytesKept, type FileKind } from '../files/files.model';
import { MOST_MEGABYTES, mostBytes } from '../files/files.service';
import { canInstallLibraries } from '../h5p/h5p.policy';
import { selectKnownLibraries } from '../h5p/installed.model';
import type { Actor } from '../organisations/organisations.model';
import { competenceNames } from '../skills/skills.model';
import { Archive, Refused } from './archive';
import { CourseFile, FORMAT_VERSION, type H5pOfFile, Manifest } from './format.schema';
import { findTarget, type Preview } from './imports.model';
import { readLessons } from './lessons';

const MEGABYTE = 1024 * 1024;

/** A file that was read: what it says, and what would come of it. */
export interface ReadFile {
  manifest: Manifest;
  course: CourseFile;
  preview: Preview;
}

/** Reads a course file to its last byte and stores nothing. Throws Refused for one that cannot be trusted. */
export function readCourseFile(actor: Actor, path: string): Promise<ReadFile> {
  return Archive.open(path, async (archive) => {
    const { manifest, course } = await readHeads(archive);
    await checkMedia(actor, archive, manifest);
    for (const entry of manifest.h5p) {
      const start = await archive.check(entry);
      if (start.length < 4 || start.readUInt32LE(0) !== ZIP) throw new Refused('wrongKind', { file: entry.path });
    }
    return { manifest, course, preview: await previewOf(actor, manifest, course) };
  });
}

const ZIP = 0x04034b50;

/** The two descriptions in a file, which have to agree with each other and with what lies in it. */
export async function readHeads(archive: Archive): Promise<{ manifest: Manifest; course: CourseFile }> {
  const { value: manifest } = await archive.json('oppiva-course.json', Manifest);
  if (manifest.version > FORMAT_VERSION) throw new Refused('newer', { version: manifest.version });
  const { value: course, sha256 } = await archive.json('course.json', CourseFile);
  if (sha256 !== manifest.course.sha256) throw new Refused('damaged', { file: 'course.json' });
  const listed = [...manifest.media, ...manifest.h5p];
  const promised = new Set(['oppiva-course.json', 'course.json', ...listed.map(({ path }) => path)]);
  if (promised.size !== listed.length + 2 || new Set(listed.map(({ id }) => id)).size !== listed.length)
    throw new Refused('twice', { file: 'oppiva-course.json' });
  const extra = archive.names().find((name) => !promised.has(name));
  if (extra) throw new Refused('strangeName', { file: extra });
  return { manifest, course };
}

/** What each file is, is told by its bytes; whether they are whole is seen when they are taken in. */
async function checkMedia(actor: Actor, archive: Archive, { media }: Manifest): Promise<void> {
  let bytes = 0;
  for (const medium of media) {
    if (medium.bytes > MOST_MEGABYTES[medium.kind] * MEGABYTE)
      throw new Refused('fileTooLarge', { file: medium.path, max: MOST_MEGABYTES[medium.kind] });
    const start = await archive.check(medium);
    if (!looksLike(start, medium.kind)) throw new Refused('wrongKind', { file: medium.path });
    bytes += medium.bytes;
  }
  if ((await bytesKept(actor.organisation_id)) + bytes > mostBytes()) throw new Refused('quota');
}

const KINDS: Record<FileKind, readonly (string | undefined)[]> = {
  image: ['picture'],
  audio: ['wav', 'mp3', 'ogg', 'mp4', 'webm'],
  video: ['mp4', 'webm'],
  file: ['document'],
};
const looksLike = (start: Buffer, kind: FileKind) => start.length >= 4 && KINDS[kind].includes(sniff(start));

async function previewOf(actor: Actor, manifest: Manifest, course: CourseFile): Promise<Preview> {
  const known = new Set([...manifest.media, ...manifest.h5p].map(({ id }) => id));
  const { lessons, unread } = readLessons(course, known);
  const target = await findTarget(actor.organisation_id, course.id);
  const there = new Set(target?.lessons);
  return {
    from: manifest.from,
    title: manifest.title,
    texts: course.texts,
    modules: course.modules.length,
    lessons: lessons.map(
      ({ id, title, kind, document: { original, title: titles, blocks, questions, draws = [] } }) => ({
        ...{ title, kind, original, languages: Object.keys(titles) as Language[], blocks: blocks.length },
        questions: questions.length + draws.reduce((sum, { pile }) => sum + pile.length, 0),
        isThere: there.has(id),
      }),
    ),
    media: manifest.media.map(({ kind, name, bytes, captions, licence }) => ({
      ...{ kind: kind as FileKind, name, bytes, licence },
      captions: Object.keys(captions) as Language[],
    })),
    h5p: await tasksOf(actor, manifest.h5p),
    unread,
    left_out: manifest.left_out,
    words: await strangeWords(actor.language, course),
    there: target ? { id: target.id, title: target.title } : null,
  };
}

/** H5P contents, each with the libraries that are neither here nor come along for one who may install them. */
async function tasksOf(actor: Actor, entries: readonly H5pOfFile[]): Promise<Preview['h5p']> {
  const known = entries.length > 0 ? await selectKnownLibraries() : new Map();
  const mayInstall = canInstallLibraries(actor);
  return entries.map(({ title, bytes, libraries }) => {
    const absent = libraries.filter(({ folder }) => !known.has(folder));
    const comes = (library: H5pOfFile['libraries'][number]) => mayInstall && library.included;
    return {
      ...{ title, bytes },
      missing: absent.filter((one) => !comes(one)).map(({ folder, included }) => ({ folder, included })),
      installs: absent.filter(comes).map(({ folder }) => folder),
    };
  });
}

/** Codes that name nothing here, or something else, with what they are called where the course was written. */
export async function strangeWords(language: Language, { names }: CourseFile): Promise<Preview['words']> {
  const ours = await competenceNames(language);
  return Object.entries(names).flatMap(([code, words]) => {
    const here = ours.get(code)?.name;
    if (here !== undefined && (words[language] === undefined || words[language] === here)) return [];
    return [{ code, words, here: here ?? null }];
  });
}
