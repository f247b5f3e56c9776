import { db } from '../../lib/db';
import { contentLanguages } from '../../lib/i18n';
import type { Actor, Relation } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import type { Source } from '../skills/estimate';
import type { Talk, TalkGoal } from './talks.model';

export interface TalkPage extends Talk {
  person_name: string;
  supervisor_name: string | null;
  target_profile: string | null;
  relation: Relation;
  /** Whether the reader supervises a team of the person today. */
  is_supervised: boolean;
}

const TODAY = '(tm.left_on is null or tm.left_on > current_date) and tm.joined_on <= current_date';

const TALK = `t.id, t.organisation_id, t.person_id, t.supervisor_id, t.proposed_by, to_char(t.planned_on, 'YYYY-MM-DD') as planned_on,
  t.shared, t.agreement, to_char(t.next_on, 'YYYY-MM-DD') as next_on, t.version, t.text_version, t.person_confirmed_at,
  t.supervisor_confirmed_at, t.held_at, p.name as person_name, s.name as supervisor_name,
  exists (select from team_members tm where tm.organisation_id = t.organisation_id and tm.person_id = t.person_id
    and tm.team_id = any(:teams) and ${TODAY}) as is_supervised`;

const FROM = 'from talks t join people p on p.id = t.person_id left join people s on s.id = t.supervisor_id';

/** One talk of the reader's; the row policies know of no others. */
export async function findTalk(actor: Actor, id: string): Promise<TalkPage | undefined> {
  const { rows } = await db().raw(
    `select ${TALK}, m.target_profile, m.relation ${FROM}
     join memberships m on m.organisation_id = t.organisation_id and m.person_id = t.person_id
     where t.organisation_id = :organisation and t.id = :id`,
    { organisation: actor.organisation_id, teams: actor.supervised_teams, id } as never,
  );
  return rows[0];
}

export type TalkInList = Omit<TalkPage, 'target_profile' | 'relation'>;

/** Talks of the reader, on either side: open ones by day, then those held, the newest first. */
export function selectTalks(actor: Actor) {
  return db().raw<{ rows: TalkInList[] }>(
    `select ${TALK} ${FROM} where t.organisation_id = :organisation and :me in (t.person_id, t.supervisor_id)
     order by t.held_at desc nulls first, t.planned_on, t.id limit 500`,
    { organisation: actor.organisation_id, teams: actor.supervised_teams, me: actor.id } as never,
  );
}

export interface Someone {
  id: string;
  name: string;
}

/** Who supervises a team of the person today. */
export function selectSupervisorsOf(organisationId: string, personId: string) {
  return db().raw<{ rows: Someone[] }>(
    `select distinct p.id, p.name from team_members tm
     join team_supervisors ts on ts.organisation_id = tm.organisation_id and ts.team_id = tm.team_id
       and (ts.ends_on is null or ts.ends_on >= current_date) and ts.person_id <> tm.person_id
     join people p on p.id = ts.person_id
     where tm.organisation_id = ? and tm.person_id = ? and ${TODAY} order by p.name, p.id`,
    [organisationId, personId],
  );
}

/** Who is today in a team that the actor supervises, by name. */
export function selectSupervised(actor: Actor) {
  return db().raw<{ rows: Someone[] }>(
    `select distinct p.id, p.name from team_members tm
     join memberships m on m.organisation_id = tm.organisation_id and m.person_id = tm.person_id
       and (m.ended_on is null or m.ended_on > current_date)
     join people p on p.id = tm.person_id
     where tm.organisation_id = ? and tm.team_id = any(?) and tm.person_id <> ? and ${TODAY} order by p.name, p.id`,
    [actor.organisation_id, actor.supervised_teams, actor.id] as never,
  );
}

export interface ViewRow {
  competence_code: string;
  source: Source;
  level: number | null;
  help_level: 0 | 1 | 2 | 3 | null;
  observed_at: Date;
}

/** The newest of each source for each of the skills. */
export function selectViews(
  organisationId: string,
  personId: string,
  codes: readonly string[],
  sources: readonly Source[],
) {
  return db().raw<{ rows: ViewRow[] }>(
    `select distinct on (competence_code, source) competence_code, source, level, help_level, observed_at
     from counted_observations
     where organisation_id = ? and person_id = ? and competence_code = any(?) and source = any(?)
     order by competence_code, source, observed_at desc, recorded_at desc`,
    [organisationId, personId, [...codes], [...sources]] as never,
  );
}

export interface GoalLesson {
  goal_id: string;
  title: string;
  language: string;
  course: string;
  lesson: string;
  minutes: number;
}

/**
 * Up to three lessons for each goal that names a skill: those made for the person and open to the organisation, the nearest to
 * the goal's level first. It is the same list for both readers, as what the person has done is not the other's to see.
 */
export function selectGoalLessons(
  reader: Actor,
  { relation }: Pick<TalkPage, 'relation'>,
  goals: readonly Pick<TalkGoal, 'id' | 'competence_code' | 'level'>[],
) {
  const named = goals.filter(({ competence_code }) => competence_code !== null);
  const languages = contentLanguages(reader.content_language);
  const { organisation_id } = reader;
  return db().raw<{ rows: GoalLesson[] }>(
    `select g.id as goal_id, found.* from unnest(?::uuid[], ?::text[], ?::int[]) as g(id, code, level)
     join lateral (
       select t.title, t.language, c.slug as course, l.slug as lesson, l.minutes
       from lesson_competences k
       join lessons l on l.id = k.lesson_id and l.published_at is not null and (l.audience = '{}' or l.audience && ?)
       join courses c on c.id = l.course_id and c.published_at is not null and (c.organisation_id = ? or exists (
         select from course_shares s where s.course_id = c.id and (s.organisation_id is null or s.organisation_id = ?)))
       join lateral (select title, language from lesson_texts where lesson_id = l.id and language = any(?)
         order by array_position(?, language) limit 1) t on true
       where k.competence_code = g.code
       order by abs(coalesce(l.level, 1) - coalesce(g.level, 1)), c.slug, l.position limit 3) found on true`,
    [
      named.map(({ id }) => id),
      named.map(({ competence_code }) => competence_code),
      named.map(({ level }) => level),
      audiencesOf({ relation }),
      organisation_id,
      organisation_id,
      languages,
      languages,
    ] as never,
  );
}
