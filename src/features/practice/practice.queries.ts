import { db } from '../../lib/db';
import { contentLanguages } from '../../lib/i18n';
import { OWN_FIRST, VISIBLE_COURSES } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import { SAME_QUESTION_DAYS } from '../quizzes/evidence';
import type { Question, Rows } from '../quizzes/quizzes.model';
import { difficultyOfLevel } from '../skills/item-response';
import type { Candidate } from './adaptive';

/** SQL: questions `q` of published quizzes that the person may meet; bindings of `questionBindings`. */
const QUESTIONS = `
  with visible as (${VISIBLE_COURSES} ${OWN_FIRST})
  select q.id, q.competence_code, q.level from visible v
  join lessons l on l.course_id = v.id and l.published_at is not null and (l.audience = '{}' or l.audience && ?::text[])
  join questions q on q.quiz_id = l.quiz_id and q.retired_at is null and q.judged and q.competence_code is not null
    and q.level is not null and (q.audience = '{}' or q.audience && ?::text[])
    and exists (select from question_texts t where t.question_id = q.id)`;

function questionBindings(actor: Actor) {
  const { organisation_id } = actor;
  const audiences = audiencesOf(actor);
  return [organisation_id, organisation_id, organisation_id, audiences, audiences];
}

/** SQL: not answered by the person lately, in a quiz or in practice: the safe way has been shown then. Bindings of `freshBindings`. */
const FRESH = `
  not exists (select from practice_answers a where a.organisation_id = ? and a.person_id = ? and a.question_id = questions.id
    and a.answered_at > now() - make_interval(days => ${SAME_QUESTION_DAYS}))
  and not exists (select from quiz_answers a join quiz_attempts t on t.id = a.attempt_id
    where t.organisation_id = ? and t.person_id = ? and a.question_id = questions.id
      and a.answered_at > now() - make_interval(days => ${SAME_QUESTION_DAYS}))`;

const freshBindings = ({ organisation_id, id }: Actor) => [organisation_id, id, organisation_id, id];

/** How many questions of each competence the person could be asked today. */
export function countFresh(actor: Actor): Rows<{ competence_code: string; count: number }> {
  return db().raw(
    `select competence_code, count(*)::int as count from (${QUESTIONS}) questions where ${FRESH} group by competence_code`,
    [...questionBindings(actor), ...freshBindings(actor)],
  );
}

/** The questions of a competence that may be asked next, with how hard they are: from answers, or from their level. */
export async function selectCandidates(actor: Actor, code: string): Promise<Candidate[]> {
  const { rows } = await db().raw<{ rows: { id: string; level: number; difficulty: number | null }[] }>(
    `select questions.id, questions.level, d.difficulty from (${QUESTIONS} where q.competence_code = ?) questions
     left join question_difficulties d on d.question_id = questions.id where ${FRESH} order by questions.id`,
    [...questionBindings(actor), code, ...freshBindings(actor)],
  );
  return rows.map(({ id, level, difficulty }) => ({ id, difficulty: difficulty ?? difficultyOfLevel(level) }));
}

/** Whole questions by id, in the reader's language, numbered as they are given. */
export function selectQuestionsById(
  actor: Actor,
  ids: readonly string[],
): Rows<Question & { difficulty: number | null }> {
  const languages = contentLanguages(actor.content_language);
  return db().raw(
    `select q.id, q.version, q.quiz_id, q.type, q.judged, q.content, q.competence_code, q.level, d.difficulty, t.language, t.prompt, t.feedback,
       array_position(?::uuid[], q.id) as number,
       array(select language from question_texts all_texts where all_texts.question_id = q.id) as languages,
       (select coalesce(jsonb_agg(jsonb_build_object('key', o.key, 'is_correct', o.is_correct, 'text', x.text,
          'feedback', x.feedback) order by o.position, o.key), '[]')
        from question_options o
        cross join lateral (select text, feedback from option_texts x where x.question_id = o.question_id and x.key = o.key
          order by x.language <> t.language, array_position(?::text[], x.language) limit 1) x
        where o.question_id = q.id) as options
     from questions q
     left join question_difficulties d on d.question_id = q.id
     cross join lateral (select language, prompt, feedback from question_texts t where t.question_id = q.id
       order by array_position(?::text[], t.language) limit 1) t
     where q.id = any(?::uuid[]) order by number`,
    [[...ids], languages, languages, [...ids]],
  );
}

/** Sessions of the person that are open, the newest first. */
export function selectOpenSessions({ organisation_id, id }: Actor): Rows<{ id: string; competence_code: string }> {
  return db().raw(
    `select id, competence_code from practice_sessions where organisation_id = ? and person_id = ? and ended_at is null
     order by started_at desc`,
    [organisation_id, id],
  );
}

export interface Lesson {
  title: string;
  course: string;
  lesson: string;
  minutes: number;
}

/** Lessons of a competence that the person has not done, those about their level first and none far below it. */
export function selectLessonsFor(actor: Actor, code: string, level: number): Rows<Lesson> {
  const { organisation_id, id } = actor;
  const languages = contentLanguages(actor.content_language);
  return db().raw(
    `with visible as (${VISIBLE_COURSES} ${OWN_FIRST})
     select t.title, v.slug as course, l.slug as lesson, l.minutes from visible v
     join lessons l on l.course_id = v.id and l.published_at is not null and l.kind <> 'quiz'
       and (l.audience = '{}' or l.audience && ?::text[])
     join lesson_competences k on k.lesson_id = l.id and k.competence_code = ?
     cross join lateral (select title from lesson_texts where lesson_id = l.id
       order by array_position(?::text[], language) limit 1) t
     where not exists (select from lesson_progress d where d.organisation_id = ? and d.person_id = ? and d.lesson_id = l.id
       and d.completed_at is not null)
     order by abs(coalesce(l.level, 1) - ?::float8), v.slug, l.position limit 3`,
    [
      organisation_id,
      organisation_id,
      organisation_id,
      audiencesOf(actor),
      code,
      languages,
      organisation_id,
      id,
      level,
    ],
  );
}
