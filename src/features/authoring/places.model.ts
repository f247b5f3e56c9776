import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import type { LessonPlace } from '../courses/publication.service';
import type { Draft } from './drafts.model';

/** What is known of a lesson from where it came. */
export interface LessonOrigin {
  /** Names that stood under it there, by the word that they gave. */
  credits?: { kind: string; name: string; signed_on: string }[];
  tested?: { people: number; finished: number };
  /** Languages that a native reader had read there. */
  reviewed?: Language[];
}

/** Where in its course a draft that came in a file stands. */
export interface DraftPlace extends LessonPlace {
  draft_id: string;
  organisation_id: string;
  origin: LessonOrigin;
  /** The version that the file brought. */
  brought: number;
}

/** The place of a draft that came in a file; undefined for one that was written here. */
export function findPlace({ organisation_id, id }: Pick<Draft, 'organisation_id' | 'id'>) {
  return db().table('draft_places').where({ organisation_id, draft_id: id }).first<DraftPlace | undefined>();
}

export async function putPlace(place: DraftPlace): Promise<void> {
  await db()
    .table('draft_places')
    .insert({ ...place, origin: JSON.stringify(place.origin) })
    .onConflict('draft_id')
    .merge();
}

/** Codes of a course that came in a file which name nothing here, or something else: words of the course, never evidence. */
export async function strangeCodes({ organisation_id, course_id }: Draft): Promise<Set<string>> {
  const { rows } = await db().raw<{ rows: { code: string }[] }>(
    `select jsonb_object_keys(coalesce(origin -> 'names', '{}')) as code from courses where organisation_id = ? and id = ?`,
    [organisation_id, course_id],
  );
  return new Set(rows.map(({ code }) => code));
}
