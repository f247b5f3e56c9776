import type { Day } from '../../../lib/calendar';
import { db } from '../../../lib/db';
import type { KnownFrom, PlaceChange } from './home-teams';
import type { Group } from './release';

/** One person in one counted group of one competence. */
interface CountedRow {
  competence_code: string;
  person_id: string;
  from_month: Day;
  until_month: Day | null;
  group_id: string;
  team_id: string | null;
  profile: string | null;
  own_profile: string | null;
  seen: boolean | null;
  least: number;
}

const day = (column: string, as = column) => `to_char(${column}, 'YYYY-MM-DD') as ${as}`;

/** Changes of people's places in teams and in the organisation at closed months, by person in the order of months. */
export async function selectPlaceChanges(organisationId: string): Promise<(PlaceChange & { person_id: string })[]> {
  const { rows } = await db().raw(
    `select person_id, scope_id, ${day('m.month_end', 'month_end')}, is_member, target_profile, relation
     from month_members m where organisation_id = ? order by person_id, m.month_end`,
    [organisationId],
  );
  return rows;
}

/** Competences of which something is known of somebody at a closed month. */
export async function selectKnownCodes(organisationId: string): Promise<string[]> {
  const { rows } = await db().raw<{ rows: { competence_code: string }[] }>(
    'select distinct competence_code from skill_month_ends where organisation_id = ? order by 1',
    [organisationId],
  );
  return rows.map(({ competence_code }) => competence_code);
}

/** Since when the skill is known of each person, without a break, at closed months. */
export async function selectKnownFrom(organisationId: string, code: string): Promise<KnownFrom[]> {
  const { rows } = await db().raw<{ rows: KnownFrom[] }>(
    `select person_id, ${day('s.month_end', '"from"')}, seen,
       (select to_char(min(e.month_end), 'YYYY-MM-DD') from skill_month_ends e
        where e.organisation_id = s.organisation_id and e.person_id = s.person_id
          and e.competence_code = s.competence_code and e.month_end > s.month_end and e.level is null) as until
     from (
       select organisation_id, competence_code, person_id, month_end, level, verified as seen,
         lag(level) over (partition by person_id order by month_end) is null as is_first
       from skill_month_ends where organisation_id = ? and competence_code = ?
     ) s where level is not null and is_first`,
    [organisationId, code],
  );
  return rows;
}

/** The counted groups of a competence as they have been decided so far. */
export async function selectGroups(organisationId: string, code: string): Promise<Group[]> {
  const { rows } = await db().raw<{ rows: CountedRow[] }>(
    `select person_id, ${day('c.from_month', 'from_month')}, ${day('c.until_month', 'until_month')}, group_id, team_id,
       profile, own_profile, seen, least
     from counted_people c where organisation_id = ? and competence_code = ? order by c.from_month, person_id`,
    [organisationId, code],
  );
  return [...Map.groupBy(rows, ({ group_id }) => group_id)].map(([id, members]) => {
    const [{ team_id, profile, seen, least }] = members as [CountedRow];
    return {
      id,
      team_id,
      profile,
      seen,
      least,
      members: members.map(({ person_id, own_profile, from_month, until_month }) => ({
        person_id,
        own_profile,
        from: from_month,
        until: until_month,
      })),
    };
  });
}

/** Writes what is new in the groups; what was decided stays, and only ends that were open are written. */
export async function keepGroups(organisationId: string, code: string, groups: readonly Group[]): Promise<void> {
  const rows = groups.flatMap(({ id, members, ...group }) =>
    members.map(({ person_id, own_profile, from, until }) => ({
      person_id,
      from_month: from,
      until_month: until,
      group_id: id,
      ...group,
      own_profile,
    })),
  );
  for (let at = 0; at < rows.length; at += 5000)
    await db().raw(
      `insert into counted_people (organisation_id, competence_code, person_id, from_month, until_month, group_id, team_id,
         profile, own_profile, seen, least)
       select ?, ?, r.* from jsonb_to_recordset(?::jsonb) as r (person_id uuid, from_month date, until_month date,
         group_id uuid, team_id uuid, profile text, own_profile text, seen boolean, least int)
       on conflict (organisation_id, competence_code, person_id, from_month) do update
         set until_month = excluded.until_month where counted_people.until_month is null and excluded.until_month is not null`,
      [organisationId, code, JSON.stringify(rows.slice(at, at + 5000))],
    );
}
