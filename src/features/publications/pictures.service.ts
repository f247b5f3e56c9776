import { randomUUID } from 'node:crypto';
import { atomically, db } from '../../lib/db';
import type { Upload } from '../../lib/upload';
import { recordAudit } from '../audit/audit.model';
import { keepFile } from '../files/files.service';
import type { Actor } from '../organisations/organisations.model';
import type { Publication } from './publications.model';
import { nextPartId } from './publications.schema';
import { saveTexts, subject } from './publications.service';
import type { Opened } from './reading';
import type { Texts } from './texts';

interface Told {
  heading: string;
  alt: string;
  people: 'agreed' | 'nobody';
}

/** A picture as a part of its own: with what it shows, and that those in it have said yes. False when it is no picture. */
export async function addPicture(actor: Actor, { publication, version, language }: Opened, upload: Upload, told: Told) {
  const { organisation_id, id: publication_id, language: original } = publication;
  const kept = await keepFile(organisation_id, upload, ['image']);
  if (!kept.ok) return false;
  return atomically(async () => {
    const picture = { id: randomUUID(), organisation_id, publication_id, file_id: kept.file.id };
    await db()
      .table('publication_pictures')
      .insert({ ...picture, shows_people: told.people === 'agreed', noted_by: actor.id });
    const id = nextPartId(version.texts);
    const words = { ...version.texts.words };
    const number = publication.latest_number + 1;
    for (const tongue of new Set([original, language])) {
      const own = words[tongue];
      if (!own) continue;
      const part = { heading: told.heading, body: '', alt: told.alt };
      words[tongue] = { ...own, parts: { ...own.parts, [id]: part }, ...(tongue === original && { changed: number }) };
    }
    const parts: Texts['parts'] = [...version.texts.parts, { id, kind: 'picture', picture_id: picture.id }];
    return saveTexts(actor, publication, publication.latest_number, { parts, words }, '');
  });
}

/** Somebody in the picture does not want it shown any more: it is on no page from now on, of earlier versions either. */
export function takeBackPicture(actor: Actor, publication: Publication, pictureId: string): Promise<boolean> {
  return atomically(async () => {
    const count = await db()
      .table('publication_pictures')
      .where({ organisation_id: publication.organisation_id, publication_id: publication.id })
      .whereRaw('id::text = ?', [pictureId])
      .update({ withdrawn_at: new Date() });
    if (count > 0) await recordAudit(actor, 'publication.picture-withdrawn', subject(publication));
    return count > 0;
  });
}
