import path from 'node:path';
import type { Language } from '../../lib/i18n';
import { storage } from '../../lib/storage';
import { putCaptions } from '../files/captions.model';
import { deleteFile, type StoredFile, updateFile } from '../files/files.model';
import { keepFile, removeCopies } from '../files/files.service';
import { deleteContent, selectOwnContents } from '../h5p/contents.model';
import { chooseRule } from '../h5p/h5p.service';
import { installPackage } from '../h5p/installation.service';
import type { Actor } from '../organisations/organisations.model';
import { type Archive, Refused } from './archive';
import type { H5pOfFile, Manifest, MediumOfFile } from './format.schema';
import { findContents, type Outcome } from './imports.model';

/** The files and H5P contents of a course as they are kept here. */
export interface Parts {
  /** Their ids here, by their names in the file. */
  names: Map<string, string>;
  h5p: Record<string, string>;
  /** Contents that could not be taken. */
  waiting: NonNullable<Outcome['waiting']>;
  /** What was not here before. */
  added: StoredFile[];
  addedContents: string[];
}

interface Source {
  archive: Archive;
  manifest: Manifest;
  folder: string;
  /** The course's name in files. */
  course: string;
  tell: (done: number) => Promise<void>;
}

/** Keeps every file by the checks of an upload, one at a time. Throws Refused, with nothing kept, when one is not what it seems. */
export async function keepParts(actor: Actor, { archive, manifest, folder, course, tell }: Source): Promise<Parts> {
  const parts: Parts = { names: new Map(), h5p: {}, waiting: [], added: [], addedContents: [] };
  let done = 0;
  try {
    for (const medium of manifest.media) {
      parts.names.set(medium.id, await keepMedium(actor, archive, medium, path.join(folder, 'medium'), parts));
      await tell(++done);
    }
    const known = await findContents(actor.organisation_id, course);
    for (const entry of manifest.h5p) {
      const id = await keepContent(actor, archive, entry, path.join(folder, 'content.h5p'), known, parts);
      if (id) {
        parts.names.set(entry.id, id);
        parts.h5p[entry.id] = id;
      }
      await tell(++done);
    }
    return parts;
  } catch (error) {
    await letGo(actor, parts);
    throw error;
  }
}

async function keepMedium(
  actor: Actor,
  archive: Archive,
  medium: MediumOfFile,
  to: string,
  parts: Parts,
): Promise<string> {
  await archive.check(medium, to);
  const originalname = `medium${path.extname(medium.path)}`;
  const kept = await keepFile(actor.organisation_id, { path: to, originalname }, [medium.kind], true);
  if (!kept.ok) throw new Refused(`media.${kept.fault}`, { file: medium.name || medium.path });
  const { file } = kept;
  if (!kept.isNew) return file.id;
  parts.added.push(file);
  const { name, alts, is_decoration, licence, author, source } = medium;
  await updateFile(file, { name, alts, is_decoration, licence, author, source });
  for (const [language, cues] of Object.entries(medium.captions))
    await putCaptions({ ...own(file), language: language as Language, cues, version: 0 });
  return file.id;
}

const own = ({ id, organisation_id }: StoredFile) => ({ file_id: id, organisation_id });

/** The content's id here; undefined when it has to wait for its libraries. */
async function keepContent(
  actor: Actor,
  archive: Archive,
  entry: H5pOfFile,
  to: string,
  known: Record<string, string>,
  parts: Parts,
): Promise<string | undefined> {
  const there = known[entry.id];
  if (there && (await selectOwnContents(actor.organisation_id, [there])).length > 0) return there;
  await archive.check(entry, to);
  const result = await installPackage(actor, { path: to });
  if (!result.ok) {
    parts.waiting.push({ title: entry.title, reasons: result.refusals });
    return undefined;
  }
  parts.addedContents.push(result.contentId);
  await chooseRule(actor.organisation_id, result.contentId, entry.rule);
  return result.contentId;
}

/** Takes away what was kept for a course that was not taken in the end. What was here before stays. */
export async function letGo({ organisation_id }: Actor, { added, addedContents }: Parts): Promise<void> {
  for (const file of added) {
    await deleteFile(file);
    await removeCopies(file);
  }
  for (const id of addedContents)
    for (const key of await deleteContent(organisation_id, id)) await storage().remove(key);
}
