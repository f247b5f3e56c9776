import type { Knex } from 'knex';
import { db, together } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import { findPublishedLesson, OWN_FIRST, VISIBLE_COURSES } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { type Helper, selectHelpers } from './helpers.model';

export interface OwnRequest {
  id: string;
  message: string;
  asked_at: Date;
  answered_at: Date | null;
  /** Undefined name: the answerer is no longer here. */
  answered_by_name: string | null;
  is_withdrawn: boolean;
  lesson_title: string | null;
  /** The helper who was asked; null: one's supervisors. */
  to_name: string | null;
  replies: number;
}

export interface AskedLesson {
  id: string;
  title: string;
  language: Language;
  href: string;
}

export interface HelpPage {
  /** Who sees a request: the supervisors of the person's teams today. */
  supervisors: { name: string; team: string }[];
  /** Whom to turn to when there is no supervisor. */
  administrators: { name: string }[];
  requests: OwnRequest[];
  /** The lesson that the question is about. */
  lesson: AskedLesson | undefined;
  /** Members who let others ask them about it. */
  helpers: Helper[];
  /** How many requests to the actor as a helper wait. */
  waiting: number;
}

/** Where the one who asks comes from. */
export interface AskedFrom {
  lessonId: string | undefined;
  place: string;
}

async function lessonOfPlace(actor: Actor, place: string): Promise<string | undefined> {
  const [, course, lesson] = /^\/learn\/([^/]+)\/([^/]+)/.exec(place) ?? [];
  if (!course || !lesson) return undefined;
  return (await findPublishedLesson(actor.organisation_id, course, lesson))?.id;
}

type Rows<R> = Knex.Raw<{ rows: R[] }>;
const MOST_SHOWN = 30;

/** All that the help page shows, in one flight. */
export async function readHelpPage(actor: Actor, { lessonId, place }: AskedFrom): Promise<HelpPage> {
  // The helpers hang on the lesson, so its address is made an id first; of a page that is no lesson it costs nothing.
  const id = lessonId ?? (await lessonOfPlace(actor, place));
  const [supervisors, administrators, requests, lessons, helpers, waiting] = await together(
    selectSupervisors(actor),
    selectAdministrators(actor),
    selectOwnRequests(actor),
    selectLesson(actor, id ?? null),
    selectHelpers(actor, id ?? null),
    db().raw<{ rows: { total: number }[] }>(
      'select count(*)::int as total from help_requests where organisation_id = ? and to_person_id = ? and answered_at is null',
      [actor.organisation_id, actor.id],
    ),
  );
  return {
    helpers: helpers.rows,
    waiting: waiting.rows[0]?.total ?? 0,
    supervisors: supervisors.rows,
    administrators: administrators.rows,
    requests: requests.rows,
    lesson: lessons.rows[0],
  };
}

function selectSupervisors(actor: Actor): Rows<{ name: string; team: string }> {
  return db().raw(
    `select p.name, string_agg(distinct t.name, ', ') as team
     from team_members m
     join team_supervisors s on s.team_id = m.team_id and s.person_id <> m.person_id
       and (s.ends_on is null or s.ends_on >= current_date)
     join teams t on t.id = m.team_id
     join people p on p.id = s.person_id
     where m.organisation_id = ? and m.person_id = ? and m.joined_on <= current_date
       and (m.left_on is null or m.left_on > current_date)
     group by p.id, p.name order by p.name`,
    [actor.organisation_id, actor.id],
  );
}

function selectAdministrators(actor: Actor): Rows<{ name: string }> {
  return db().raw(
    `select p.name from memberships m join people p on p.id = m.person_id
     where m.organisation_id = ? and 'administrator' = any(m.roles) and p.suspended_at is null
       and (m.ended_on is null or m.ended_on > current_date)
     order by p.name limit 3`,
    [actor.organisation_id],
  );
}

function selectOwnRequests(actor: Actor): Rows<OwnRequest> {
  return db().raw(
    `select h.id, h.message, h.asked_at, h.answered_at, p.name as answered_by_name,
       coalesce(h.answered_by = h.person_id, false) as is_withdrawn,
       (select x.title from lesson_texts x where x.lesson_id = h.lesson_id
         order by array_position(?::text[], x.language) limit 1) as lesson_title,
       o.name as to_name, (select count(*)::int from help_replies r where r.request_id = h.id) as replies
     from help_requests h left join people p on p.id = h.answered_by left join people o on o.id = h.to_person_id
     where h.organisation_id = ? and h.person_id = ?
     order by h.answered_at is not null, h.asked_at desc, h.id limit ?`,
    [contentLanguages(actor.content_language), actor.organisation_id, actor.id, MOST_SHOWN],
  );
}

function selectLesson(actor: Actor, lessonId: string | null): Rows<AskedLesson> {
  return db().raw(
    `select l.id, t.title, t.language, '/learn/' || v.slug || '/' || l.slug as href
     from (${VISIBLE_COURSES} ${OWN_FIRST}) v
     join lessons l on l.course_id = v.id and l.published_at is not null
     cross join lateral (select x.title, x.language from lesson_texts x where x.lesson_id = l.id
       order by array_position(?::text[], x.language) limit 1) t
     where l.id = ?::uuid`,
    [
      ...[actor.organisation_id, actor.organisation_id, actor.organisation_id],
      contentLanguages(actor.content_language),
      lessonId,
    ],
  );
}
