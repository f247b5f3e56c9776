import { createHash } from 'node:crypto';
import { dayOf } from '../../../lib/calendar';
import { db, onReplica, together } from '../../../lib/db';
import type { Actor } from '../../organisations/organisations.model';
import { selectTeams, type Team } from '../../organisations/teams.model';
import { frameworkWords } from '../../skills/skills.model';
import { closedReader } from '../closing/closings.service';
import { keptPart, keptRows } from '../closing/kept-rows';
import { levelAt } from '../closing/month-ends.model';
import { type TaskCompetence, taskCompetences } from '../figures/validated';
import type { Period } from '../period';
import { VALIDATING, type ValidatedRow } from './skills.queries';
import { MEMBERS, selectMembers } from './team.queries';

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

/** A counted group of a team in one competence (see release.ts): how many of its people have a target, and reach it. */
export interface TeamSkillRow {
  team_id: string;
  team: string;
  competence_code: string;
  least: number;
  people: number;
  reached: number;
}

/** Counted groups of all teams at the end of a closed month, with the targets of that month. */
function selectTeamSkills(organisationId: string, { to }: Pick<Period, 'to'>) {
  return db().raw<{ rows: TeamSkillRow[] }>(
    `with targets as materialized (
       select * from (
         select distinct on (profile, competence_code) profile, competence_code, level from month_targets
         where organisation_id = :organisationId and month_end <= :to::date
         order by profile desc, competence_code desc, month_end desc) newest where level is not null
     )
     select c.team_id, t.name as team, c.competence_code, c.least, count(*)::int as people,
       (count(*) filter (where floor(e.level + 0.5) >= g.level))::int as reached
     from counted_people c
     join teams t on t.organisation_id = c.organisation_id and t.id = c.team_id
     join targets g on g.profile = c.own_profile and g.competence_code = c.competence_code
     cross join lateral (
       select ${levelAt('e', ':to::date')} as level from skill_month_ends e
       where e.organisation_id = c.organisation_id and e.person_id = c.person_id
         and e.competence_code = c.competence_code and e.month_end <= :to::date and e.level is not null
       order by e.month_end desc limit 1
     ) e
     where c.organisation_id = :organisationId and c.from_month <= :to::date
       and (c.until_month is null or c.until_month > :to::date)
     group by c.team_id, t.name, c.competence_code, c.group_id, c.least order by t.name, c.team_id`,
    { organisationId, to },
  );
}

/**
 * Teams by skills: only whole counted groups, in each cell as many as it takes. `most` teams, or all of them; `total` is how
 * many there are. What a page shows of a large organisation is kept apart: all of it is a hundred thousand rows.
 */
export async function readOrganisationHeatMap(actor: Actor, period: Period, most: number | null) {
  const { organisation_id: organisationId } = actor;
  await closedReader(organisationId);
  const all = await onReplica(async () => selectTeams(organisationId));
  const kept = { organisationId, month: period.to };
  const readAll = () => keptRows({ ...kept, name: 'heat-map' }, () => selectTeamSkills(organisationId, period));
  const teams = most === null ? all : all.slice(0, most);
  const shown = new Set(teams.map(({ id }) => id));
  const ofShown = async () => (await readAll()).filter(({ team_id }) => shown.has(team_id));
  const isCut = teams.length < all.length;
  // Named by the teams: after a new one or a new name, other teams are the first ones.
  const name = isCut ? `heat-map of ${digest([...shown].join())}` : '';
  const skills = isCut ? await keptPart({ ...kept, name }, ofShown) : await readAll();
  const { competences } = await frameworkWords(actor.language);
  return { competences, teams, total: all.length, skills };
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);
