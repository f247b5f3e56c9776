import { db, together } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';

/** What the person did today, in Helsinki. `answers` and `practised` are numbers of answers given. */
export interface Today {
  lessons: { title: string; language: Language; is_done: boolean }[];
  answers: number;
  practised: number;
}

const TODAY = "(date_trunc('day', now() at time zone 'Europe/Helsinki') at time zone 'Europe/Helsinki')";

/** In one flight. Lessons that were opened or completed today, the newest first, at most five. */
export async function readToday(actor: Actor): Promise<Today> {
  const own = [actor.organisation_id, actor.id];
  const [lessons, counts] = await together(
    db().raw<{ rows: Today['lessons'] }>(
      `select t.title, t.language, coalesce(p.completed_at >= ${TODAY}, false) as is_done
       from lesson_progress p
       left join enrolments e on e.organisation_id = p.organisation_id and e.person_id = p.person_id
         and e.course_id = p.course_id and e.last_lesson_id = p.lesson_id
       cross join lateral (select x.title, x.language from lesson_texts x where x.lesson_id = p.lesson_id
         order by array_position(?::text[], x.language) limit 1) t
       where p.organisation_id = ? and p.person_id = ?
         and (p.opened_at >= ${TODAY} or p.completed_at >= ${TODAY} or e.last_seen_at >= ${TODAY})
       order by coalesce(p.completed_at, e.last_seen_at, p.opened_at) desc limit 5`,
      [contentLanguages(actor.content_language), ...own] as never,
    ),
    db().raw<{ rows: Omit<Today, 'lessons'>[] }>(
      `select (select count(distinct q.question_id)::int from quiz_answers q
          where q.organisation_id = ? and q.person_id = ? and q.answered_at >= ${TODAY}) as answers,
        (select count(*)::int from practice_answers q join practice_sessions s on s.id = q.session_id
          where s.organisation_id = ? and s.person_id = ? and q.answered_at >= ${TODAY}) as practised`,
      [...own, ...own],
    ),
  );
  return { lessons: lessons.rows, answers: counts.rows[0]?.answers ?? 0, practised: counts.rows[0]?.practised ?? 0 };
}
