import { db } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import { withScope } from '../../lib/scope';
import type { LessonDifference } from '../courses/lesson-changes.model';
import { notify } from '../notifications/notifications.service';
import { type Actor, selectOrganisations } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';

/** A lesson of a completed course whose requirement changed since: the one thing that its finished learner is asked to do. */
export interface AskedLesson {
  course_id: string;
  course: string;
  lesson: string;
  title: string;
  /** What changed, in the author's words; may be empty. */
  words: string;
  language: Language;
  /** What differs in the text, by language; null of what was changed before this was kept. */
  difference: LessonDifference | null;
  changed_at: Date;
}

/** SQL: requirements `ch` that changed after the enrolment `e` was completed, and that its person has not done since. */
const ASKED = `
  join lesson_changes ch on ch.course_id = e.course_id and ch.kind = 'requirement' and ch.published_at > e.completed_at
  join lessons l on l.id = ch.lesson_id and l.published_at is not null
  left join lesson_progress p on p.organisation_id = e.organisation_id and p.person_id = e.person_id and p.lesson_id = l.id
  where e.completed_at is not null and coalesce(greatest(p.completed_at, p.again_at), '-infinity') < ch.published_at`;

/** What finished learners are asked to do, one row for each lesson; of one course (by slug) or of all. */
export function selectAskedLessons(actor: Actor, courseSlug: string | null) {
  return db().raw<{ rows: AskedLesson[] }>(
    `select * from (select distinct on (l.id) e.course_id, c.slug as course, l.slug as lesson, ch.words, ch.language, ch.difference,
         ch.published_at as changed_at, l.position, (select x.title from lesson_texts x where x.lesson_id = l.id
           order by array_position(?::text[], x.language) limit 1) as title
       from enrolments e join courses c on c.id = e.course_id ${ASKED}
         and e.organisation_id = ? and e.person_id = ? and (?::text is null or c.slug = ?)
         and (l.audience = '{}' or l.audience && ?::text[])
       order by l.id, ch.published_at desc) asked order by course, position`,
    [
      contentLanguages(actor.content_language),
      ...[actor.organisation_id, actor.id, courseSlug, courseSlug, audiencesOf(actor)],
    ] as never,
  );
}

/** The job: tells everybody who is done with the course and has not done the changed lesson since, in every organisation, once. */
export async function tellOfRequirement({
  course_id,
  lesson_id,
}: {
  course_id: string;
  lesson_id: string;
}): Promise<void> {
  for (const { id: organisation_id } of await selectOrganisations())
    await withScope({ organisationId: organisation_id, personId: null }, async () => {
      const { rows } = await db().raw(
        `select e.person_id, c.slug, max(ch.id::text) as change, (select x.title from course_texts x where x.course_id = c.id
           order by x.language = 'fi' desc limit 1) as title
         from enrolments e join courses c on c.id = e.course_id ${ASKED}
           and e.organisation_id = ? and e.course_id = ? and l.id = ? group by e.person_id, c.id, c.slug`,
        [organisation_id, course_id, lesson_id],
      );
      for (const { person_id, slug, change, title } of rows)
        await notify({
          organisation_id,
          person_id,
          kind: 'course.requirement',
          params: { title },
          href: `/learn/${slug}`,
          key: `requirement ${change}`,
        });
    });
}
