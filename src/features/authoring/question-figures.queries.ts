import { db } from '../../lib/db';
import { contentLanguages } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';

export interface QuizOfOurs {
  /** The lesson's id. */
  id: string;
  quiz_id: string;
  title: string;
  course_title: string;
  /** Where learners see it. */
  href: string;
  questions: number;
}

const MOST = 500;

/** The published quizzes that the actor's organisation owns, by course and place; or the one lesson that is named. */
export function selectOwnQuizzes({ organisation_id, content_language }: Actor, lessonId?: string) {
  const languages = contentLanguages(content_language);
  return db().raw<{ rows: QuizOfOurs[] }>(
    `select l.id, l.quiz_id, '/learn/' || c.slug || '/' || l.slug as href,
       (select x.title from lesson_texts x where x.lesson_id = l.id order by array_position(?::text[], x.language) limit 1) as title,
       (select x.title from course_texts x where x.course_id = c.id order by array_position(?::text[], x.language) limit 1)
         as course_title,
       (select count(*)::int from questions q where q.quiz_id = l.quiz_id and q.retired_at is null) as questions
     from lessons l join courses c on c.id = l.course_id and c.organisation_id = l.organisation_id
     where l.organisation_id = ? and l.kind = 'quiz' and l.published_at is not null and l.id = coalesce(?::uuid, l.id)
     order by course_title, c.id, l.position limit ?`,
    [languages, languages, organisation_id, lessonId ?? null, MOST] as never,
  );
}
