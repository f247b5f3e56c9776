import { dayOf } from '../../lib/calendar';
import { db, onReplica, together } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import type { Team } from '../organisations/teams.model';
import { frameworkWords } from '../skills/skills.model';
import { VALIDATING, type ValidatedRow } from './skills.queries';
import { MEMBERS, selectMembers } from './team.queries';
import { type TaskCompetence, taskCompetences } from './validated';

/** One person of a team with the skills that their work requires. */
export interface MemberSkills {
  person_id: string;
  name: string;
  skills: TaskCompetence[];
}

/** Validating observations (see `selectValidated`) of everybody in a team today. */
function selectTeamValidated(organisationId: string, teamId: string, codes: readonly string[]) {
  return db().raw<{ rows: (ValidatedRow & { person_id: string })[] }>(
    `select o.person_id, o.competence_code, o.source, o.level, o.observed_at
     from (${MEMBERS}) m join counted_observations o on o.organisation_id = :organisationId and o.person_id = m.person_id
     where o.competence_code = any(:codes) and o.source = any(:sources) and o.level is not null
     order by o.observed_at`,
    { organisationId, teamId, codes: [...codes] as never, sources: [...VALIDATING] as never },
  );
}

/**
 * The people of a team by name with what their target profiles require and what of it has been validated. For those who
 * supervise the team, nobody else (domain table 4.5).
 */
export async function readTeamHeatMap(actor: Actor, team: Team) {
  const { competences, targets } = await frameworkWords(actor.language);
  const ids = [actor.organisation_id, team.id] as const;
  const codes = new Set([...targets.values()].flatMap((levels) => [...levels.keys()]));
  const [members, validated] = await onReplica(() =>
    together(selectMembers(...ids), selectTeamValidated(...ids, [...codes])),
  );
  const now = new Date();
  const seen = Map.groupBy(validated.rows, ({ person_id }) => person_id);
  const people = members.rows.map(({ person_id, name, target_profile }): MemberSkills => {
    const profile = targets.get(target_profile ?? '') ?? new Map<string, number>();
    return { person_id, name, skills: taskCompetences(profile, seen.get(person_id) ?? [], now) };
  });
  return { competences, people, today: dayOf(now) };
}
