import { db } from '../../lib/db';
import { contentLanguages } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';
import { type Asked, askedBindings, mayStillBeAsked } from './asked-today';
import type { Criterion } from './rubric.model';
import type { Submission, SubmissionEvent, SubmissionFile, SubmissionKind, SubmissionSkill } from './submissions.model';

type Own = Pick<Actor, 'id' | 'organisation_id'>;

export interface ListedSubmission extends Submission {
  /** The other of the two: whom the learner asked, or who asks. */
  with_name: string | null;
  codes: string[];
}

const LISTED = `select s.*, p.name as with_name, array(select competence_code from submission_skills k
    where k.submission_id = s.id order by competence_code) as codes
  from submissions s left join people p on p.id =`;
const MOST_SHOWN = 60;

/** The person's own of one kind, or of both, the newest first. */
export function ownSubmissions({ organisation_id, id }: Own, kind?: SubmissionKind) {
  return db().raw<{ rows: ListedSubmission[] }>(
    `${LISTED} s.judge_id where s.organisation_id = ? and s.person_id = ? and s.kind = coalesce(?, s.kind)
     order by s.changed_at desc, s.id limit ?`,
    [organisation_id, id, kind ?? null, MOST_SHOWN],
  );
}

/** What waits for the actor to look at, the one that has waited longest first; or the one of these that is named. */
export function submissionsToJudge(actor: Asked, only?: string) {
  return db().raw<{ rows: ListedSubmission[] }>(
    `${LISTED} s.person_id where s.organisation_id = ? and s.judge_id = ? and s.state in ('sent', 'looking')
       and s.id = coalesce(?, s.id) and ${mayStillBeAsked('s')}
     order by s.sent_at, s.id limit ?`,
    [actor.organisation_id, actor.id, only ?? null, ...askedBindings(actor), MOST_SHOWN] as never,
  );
}

export interface SubmissionPage {
  skills: SubmissionSkill[];
  files: SubmissionFile[];
  events: (SubmissionEvent & { name: string | null })[];
  person_name: string;
  judge_name: string | null;
  lesson: { title: string; href: string; rubric: Criterion[] | null } | null;
}

/** All that a page of one submission shows beside the row itself, in one query. */
export function submissionPage({ organisation_id, id, lesson_id }: Submission, reader: Actor) {
  const languages = contentLanguages(reader.content_language);
  return db().raw<{ rows: SubmissionPage[] }>(
    `select
       coalesce((select jsonb_agg(to_jsonb(k) order by k.competence_code) from submission_skills k
         where k.submission_id = s.id), '[]') as skills,
       coalesce((select jsonb_agg(to_jsonb(f) order by f.added_at, f.id) from submission_files f
         where f.submission_id = s.id), '[]') as files,
       coalesce((select jsonb_agg(to_jsonb(e) || jsonb_build_object('name', a.name) order by e.happened_at, e.id)
         from submission_events e left join people a on a.id = e.actor_id where e.submission_id = s.id), '[]') as events,
       p.name as person_name, j.name as judge_name,
       (${LESSON}) as lesson
     from submissions s join people p on p.id = s.person_id left join people j on j.id = s.judge_id
     where s.organisation_id = ? and s.id = ?`,
    [languages, lesson_id, organisation_id, organisation_id, organisation_id, id] as never,
  );
}

/** A lesson that the organisation may read, as { title, href }. Bindings: languages, lesson, organisation, organisation. */
const LESSON = `select jsonb_build_object('title', (select x.title from lesson_texts x where x.lesson_id = l.id
    order by array_position(?::text[], x.language) limit 1), 'href', '/learn/' || c.slug || '/' || l.slug, 'rubric', l.rubric)
  from lessons l join courses c on c.id = l.course_id and c.published_at is not null
  where l.id = ?::uuid and l.published_at is not null and (c.organisation_id = ? or exists (
    select from course_shares h where h.course_id = c.id and (h.organisation_id is null or h.organisation_id = ?)))`;

/** The skills that a lesson the organisation may read is about; no row for another lesson. */
export function lessonSkills({ organisation_id }: Own, lessonId: string) {
  return db().raw<{ rows: { id: string; codes: string[] }[] }>(
    `select l.id, array(select competence_code from lesson_competences where lesson_id = l.id order by 1) as codes
     from lessons l join courses c on c.id = l.course_id and c.published_at is not null
     where l.id = ? and l.published_at is not null and (c.organisation_id = ? or exists (
       select from course_shares h where h.course_id = c.id and (h.organisation_id is null or h.organisation_id = ?)))`,
    [lessonId, organisation_id, organisation_id],
  );
}

export interface JudgeChoice {
  id: string;
  name: string;
  /** A professional of the organisation may be asked about any skill, a supervisor about those agreed. */
  is_professional: boolean;
  is_supervisor: boolean;
}

/** Whom the person may ask today: professionals of the organisation and supervisors of their teams. Never themself. */
export function judgesOf({ organisation_id, id }: Own) {
  return db().raw<{ rows: JudgeChoice[] }>(
    `with supervising as (
       select distinct s.person_id from team_members t join team_supervisors s on s.team_id = t.team_id
         and (s.ends_on is null or s.ends_on >= current_date)
       where t.organisation_id = ? and t.person_id = ? and t.joined_on <= current_date
         and (t.left_on is null or t.left_on > current_date))
     select p.id, p.name, 'reviewer' = any(m.roles) as is_professional, v.person_id is not null as is_supervisor
     from memberships m join people p on p.id = m.person_id left join supervising v on v.person_id = p.id
     where m.organisation_id = ? and m.person_id <> ? and ('reviewer' = any(m.roles) or v.person_id is not null)
       and m.suspended_at is null and p.suspended_at is null and (m.ended_on is null or m.ended_on > current_date)
     order by is_supervisor desc, p.name limit 200`,
    [organisation_id, id, organisation_id, id],
  );
}
