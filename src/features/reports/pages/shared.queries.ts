import { db } from '../../../lib/db';
import type { SkillEstimate } from '../../skills/observations.model';

interface Whose {
  organisationId: string;
  personId: string;
  /** What the agreed profile requires: of these the validated part is shown, and no estimate. */
  required: readonly string[];
}

/** Estimates outside the target profile that the person shares with their supervisor today. */
export const selectSharedEstimates = ({ organisationId, personId, required }: Whose) =>
  db().raw<{ rows: SkillEstimate[] }>(
    `select e.* from skill_estimates e where e.organisation_id = ? and e.person_id = ? and not e.competence_code = any(?)
       and exists (select from skill_shares s where s.organisation_id = e.organisation_id and s.person_id = e.person_id
         and s.what = 'level' and s.competence_code in ('', e.competence_code))
     order by e.competence_code`,
    [organisationId, personId, [...required]] as never,
  );

export interface SharedNote {
  competence_code: string;
  observed_at: Date;
  note: string;
}

/**
 * What peers and experience experts wrote, where the person shares it: the words and the day of the work. Never who wrote
 * them, nor in which of the two roles: that is theirs to tell.
 */
export const selectSharedNotes = ({ organisationId, personId }: Whose) =>
  db().raw<{ rows: SharedNote[] }>(
    `select o.competence_code, o.observed_at, o.note from counted_observations o
     where o.organisation_id = ? and o.person_id = ? and o.source in ('peer', 'experience_expert') and o.note <> ''
       and exists (select from skill_shares s where s.organisation_id = o.organisation_id and s.person_id = o.person_id
         and s.what = 'notes' and s.competence_code in ('', o.competence_code))
     order by o.observed_at desc, o.id limit 20`,
    [organisationId, personId],
  );
