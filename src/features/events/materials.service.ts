import { atomically, db } from '../../lib/db';
import { storage } from '../../lib/storage';
import type { Upload } from '../../lib/upload';
import { recordAudit } from '../audit/audit.model';
import { readSentFile } from '../evidence/submission-files.service';
import type { Actor } from '../organisations/organisations.model';
import type { Event, EventPart } from './events.model';

export const MATERIAL_MEGABYTES = 25;
const MOST_FILES = 20;

/** Where the bytes of a material are kept. */
export const materialKey = ({
  organisation_id,
  event_id,
  id,
}: Pick<EventPart, 'organisation_id' | 'event_id' | 'id'>) => `events/${organisation_id}/${event_id}/${id}`;

/**
 * Keeps a file as a material of the event, once for a key, under its title or its own name. Its kind is told by its content, and
 * pictures are written anew without place or camera data. Returns the key of a message when it cannot be kept.
 */
export async function addMaterial(
  actor: Actor,
  event: Event,
  { key, title }: { key: string; title: string },
  upload: Upload,
): Promise<string | undefined> {
  const kept = await readSentFile(upload);
  if (!kept) return 'events.error.fileKind';
  const { organisation_id, id: event_id } = event;
  const row = {
    ...{ id: key, organisation_id, event_id, kind: 'material', title: title || kept.name.replace(/\.\w+$/, '') },
    ...{ file_name: kept.name, file_mime: kept.mime, file_bytes: kept.data.length },
  };
  return atomically(async () => {
    // Held, so that two sendings at once do not go over the limit together.
    await db().raw('select from events where organisation_id = ? and id = ? for update', [organisation_id, event_id]);
    const known: EventPart[] = await db().table('event_parts').where({ organisation_id, event_id });
    if (known.some(({ id }) => id === key)) return undefined;
    if (known.filter(({ file_name }) => file_name !== null).length >= MOST_FILES) return 'events.error.filesMany';
    const [isNew] = await db().table('event_parts').insert(row).onConflict('id').ignore().returning('id');
    if (!isNew) return undefined;
    await storage().write(materialKey(row), kept.data, kept.mime);
    await recordAudit(actor, 'event.material-added', { type: 'event', id: event_id }, { bytes: kept.data.length });
    return undefined;
  });
}
