import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';

/** Target profiles in words, by code: the ready ones of the framework, then the organisation's own (code: their id). */
export interface ProfileWords {
  profiles: Map<string, string>;
  /** Profile -> competence code -> the least level that is needed: from it on, the target is reached. */
  targets: Map<string, Map<string, number>>;
  /** Profile -> competence code -> the level that one aims at; never under the one in `targets`. */
  aims: Map<string, Map<string, number>>;
  /** Own profiles that are given to nobody any more; those who have one keep it. */
  archived: ReadonlySet<string>;
}

/** An organisation's own target profile as it holds on one day. */
export interface OwnProfile {
  id: string;
  name: string;
  is_archived: boolean;
  /** Competence code -> [the least that is needed, what one aims at]. */
  levels: Record<string, [minimum: number, aim: number]>;
}

interface OwnWords {
  /** The framework that the organisation chose; null for the installation's. */
  framework_id: string | null;
  profiles: OwnProfile[];
}

/**
 * SQL: the target profile that a person had on a day, also of one in the past. Give it SQL for the organisation, the person
 * and the day. Null for none. Use it in place of memberships.target_profile wherever the day is not today.
 */
export const profileOn = (organisation: string, person: string, day: string) =>
  `(select d.profile from profile_days d where d.organisation_id = ${organisation} and d.person_id = ${person}
     and d.from_day <= ${day} order by d.from_day desc limit 1)`;

/** SQL: the own profiles of an organisation as they hold on a day, as a list; bindings: day, organisation. */
const PROFILES = `(select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name,
    'is_archived', p.archived_at is not null, 'levels', l.levels) order by p.name, p.id), '[]')
  from target_profiles p
  join lateral (select from_day from target_profile_versions v where v.organisation_id = p.organisation_id
    and v.profile_id = p.id and v.from_day <= ?::date order by from_day desc limit 1) v on true
  cross join lateral (select coalesce(jsonb_object_agg(t.competence_code, jsonb_build_array(t.minimum, t.aim)), '{}') as levels
    from target_levels t where t.organisation_id = p.organisation_id and t.profile_id = p.id and t.from_day = v.from_day) l
  where p.organisation_id = ?)`;

/** As many organisations as a busy server speaks with in a while. */
const MOST_KEPT = 500;
const kept = new Map<string, OwnWords & { stamp: string }>();

/** What an organisation has of its own, in one statement; sent whole only when its stamp is another than the one in memory. */
export async function ownWords(organisationId: string): Promise<OwnWords> {
  const known = kept.get(organisationId);
  const { rows } = await db().raw(
    `select w.stamp::text as stamp, w.framework_id,
       case when w.stamp::text is distinct from ?::text then ${PROFILES} end as profiles
     from organisation_words w where w.organisation_id = ?`,
    [known?.stamp ?? null, '9999-12-31', organisationId, organisationId],
  );
  const row = rows[0];
  if (!row) return { framework_id: null, profiles: [] };
  if (known && known.stamp === row.stamp) return known;
  const words = { stamp: row.stamp, framework_id: row.framework_id, profiles: row.profiles };
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(organisationId, words);
  return words;
}

/** The same with profiles as they were on a day. One that did not exist yet is not among them. */
export async function ownWordsOn(organisationId: string, day: Day): Promise<OwnWords> {
  const { rows } = await db().raw(
    `select w.framework_id, ${PROFILES} as profiles from organisation_words w where w.organisation_id = ?`,
    [day, organisationId, organisationId],
  );
  return rows[0] ?? { framework_id: null, profiles: [] };
}

/** Call after every change of what is an organisation's own; in the same transaction. */
export async function renewStamp(organisationId: string): Promise<void> {
  await db().raw(
    `insert into organisation_words (organisation_id) values (?)
     on conflict (organisation_id) do update set stamp = gen_random_uuid()`,
    [organisationId],
  );
}

/** The framework that pages of the organisation speak with from now on; null for the installation's. */
export async function setFrameworkOf(organisationId: string, frameworkId: string | null): Promise<void> {
  await db().raw(
    `insert into organisation_words (organisation_id, framework_id) values (?, ?)
     on conflict (organisation_id) do update set stamp = gen_random_uuid(), framework_id = excluded.framework_id`,
    [organisationId, frameworkId],
  );
}

/** The words with the organisation's own profiles among the ready ones. Leaves `words`, which all share, as it is. */
export function withOwnProfiles<Words extends ProfileWords>(words: Words, profiles: readonly OwnProfile[]): Words {
  if (profiles.length === 0) return words;
  const levels = (of: 0 | 1) =>
    profiles.map(
      (profile) =>
        [profile.id, new Map(Object.entries(profile.levels).map(([code, range]) => [code, range[of]]))] as const,
    );
  return {
    ...words,
    profiles: new Map([...words.profiles, ...profiles.map(({ id, name }) => [id, name] as const)]),
    targets: new Map([...words.targets, ...levels(0)]),
    aims: new Map([...words.aims, ...levels(1)]),
    archived: new Set(profiles.filter(({ is_archived }) => is_archived).map(({ id }) => id)),
  };
}
