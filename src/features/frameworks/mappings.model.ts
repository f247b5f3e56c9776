import type { Knex } from 'knex';
import { db } from '../../lib/db';
import type { FrameworkRow } from '../skills/frameworks.model';
import type { Mapping, Skill } from './mapping';

type Rows<R> = Knex.Raw<{ rows: R[] }>;

/** The framework that the organisation speaks with now. Undefined only when none was ever imported. */
export async function findCurrent(organisationId: string): Promise<FrameworkRow | undefined> {
  const { rows } = await db().raw(
    `select f.* from frameworks f where f.id = coalesce(
       (select framework_id from organisation_words where organisation_id = ?), (select id from frameworks where is_default))`,
    [organisationId],
  );
  return rows[0];
}

/** Frameworks that have skills, for choosing: the installation's and the organisation's own. */
export const selectChoices = (organisationId: string): Rows<FrameworkRow & { skills: number }> =>
  db().raw(
    `select f.*, n.skills from frameworks f
     cross join lateral (select count(*)::int as skills from framework_nodes n where n.framework_id = f.id
       and n.kind = 'competence') n
     where (f.organisation_id is null or f.organisation_id = ?) and n.skills > 0
     order by f.organisation_id is null, f.is_default desc, f.key, f.imported_at desc`,
    [organisationId],
  );

/** The skills of a framework with a name in the first language that has one. */
export const selectSkills = (frameworkId: string, languages: readonly string[]): Rows<Skill> =>
  db().raw(
    `select n.code, coalesce(t.text, n.code) as name, coalesce((select jsonb_agg(jsonb_build_object('language', x.language,
       'text', x.text)) from framework_texts x where x.node_id = n.id and x.field in ('name', 'plain_name')), '[]') as names
     from frameworks f join framework_nodes n on n.framework_id = f.id
     left join lateral (select text from framework_texts x where x.node_id = n.id and x.field = 'name'
       order by array_position(?::text[], x.language) limit 1) t on true
     where f.id = ? and n.kind = 'competence' order by n.position`,
    [[...languages], frameworkId] as never,
  );

export const selectMappings = (organisationId: string, from: string, to: string): Rows<Mapping> =>
  db().raw(
    `select from_code, to_code, relation from framework_mappings
     where organisation_id = ? and from_framework = ? and to_framework = ? order by from_code`,
    [organisationId, from, to],
  );

/** Says it anew for these codes; others stay. */
export async function putMappings(organisationId: string, from: string, to: string, mappings: readonly Mapping[]) {
  await db().raw(
    `insert into framework_mappings (organisation_id, from_framework, to_framework, from_code, to_code, relation)
     select ?, ?, ?, from_code, to_code, relation
     from jsonb_to_recordset(?) as m(from_code text, to_code text, relation text)
     on conflict (organisation_id, from_framework, to_framework, from_code)
       do update set to_code = excluded.to_code, relation = excluded.relation`,
    [organisationId, from, to, JSON.stringify(mappings)],
  );
}

/** Codes of target profiles that members of the organisation have today. */
export async function selectProfilesInUse(organisationId: string): Promise<string[]> {
  const { rows } = await db().raw(
    `select distinct target_profile as code from memberships where organisation_id = ? and target_profile is not null
       and (ended_on is null or ended_on > current_date)`,
    [organisationId],
  );
  return rows.map(({ code }: { code: string }) => code);
}

/** Everybody with the first profile has the second from today on. */
export async function moveProfile(organisationId: string, from: string, to: string): Promise<void> {
  await db().raw(
    `update memberships set target_profile = ? where organisation_id = ? and target_profile = ?
       and (ended_on is null or ended_on > current_date)`,
    [to, organisationId, from],
  );
}

/** People with evidence of these skills, a handful after `after` in the order of ids. */
export async function selectPeopleWith(
  organisationId: string,
  codes: readonly string[],
  after: string,
  count: number,
): Promise<string[]> {
  const { rows } = await db().raw(
    `select distinct person_id from skill_estimates where organisation_id = ? and competence_code = any(?) and person_id > ?
     order by person_id limit ?`,
    [organisationId, [...codes], after, count],
  );
  return rows.map(({ person_id }: { person_id: string }) => person_id);
}

/**
 * Writes what counts as evidence of one skill of a person under another code as well; what was there before stays as it was.
 * The same origin makes it safe to call again. Returns whether anything was new.
 */
export async function copyEvidence(
  organisationId: string,
  personId: string,
  from: string,
  to: string,
): Promise<boolean> {
  const { rows } = await db().raw(
    `insert into observations (organisation_id, person_id, competence_code, source, level, help_level, share_right, observed_at,
       recorded_at, recorded_by, origin_type, origin_id, note, rater_name)
     select organisation_id, person_id, ?, source, level, help_level, share_right, observed_at, recorded_at, recorded_by,
       origin_type, origin_id, note, rater_name
     from counted_observations where organisation_id = ? and person_id = ? and competence_code = ?
     on conflict do nothing returning 1`,
    [to, organisationId, personId, from],
  );
  return rows.length > 0;
}
