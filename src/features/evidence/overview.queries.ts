import { db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import type { Observation } from '../skills/observations.model';

export const MOST_SHOWN = 100;

export interface KnownPiece
  extends Pick<Observation, 'id' | 'competence_code' | 'source' | 'level' | 'help_level' | 'observed_at' | 'note'> {
  /** Who told it, when it was someone else. */
  seen_by: string | null;
  /** False while its person contests it, or its rater took it back. */
  counts: boolean;
}

/** Everything known of the person's own skills, the newest first. */
export function ownPieces({ organisation_id, id }: Pick<Actor, 'id' | 'organisation_id'>) {
  return db().raw<{ rows: KnownPiece[] }>(
    `select o.id, o.competence_code, o.source, o.level, o.help_level, o.observed_at, o.note,
       coalesce(nullif(o.rater_name, ''), case when o.recorded_by <> o.person_id then p.name end) as seen_by,
       exists (select from counted_observations c where c.organisation_id = o.organisation_id and c.person_id = o.person_id
         and c.id = o.id) as counts
     from observations o left join people p on p.id = o.recorded_by
     where o.organisation_id = ? and o.person_id = ?
     order by o.observed_at desc, o.recorded_at desc, o.id limit ?`,
    [organisation_id, id, MOST_SHOWN],
  );
}
