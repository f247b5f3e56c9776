import { addCalendarDays, type Day, dayOf } from '../../../lib/calendar';
import { db } from '../../../lib/db';
import type { Language } from '../../../lib/i18n';

export interface AgingText {
  id: string;
  title: string;
  course_title: string;
  published_at: Date | null;
  check_by: Day | null;
  /** Past its day, near it, or published long ago without one. */
  why: 'late' | 'near' | 'old';
}

const NEAR_DAYS = 30;
const OLD_DAYS = 365;

/** Published texts of the organisation that somebody should read again, the most late first. */
export async function selectAging(organisationId: string, language: Language, limit = 100): Promise<AgingText[]> {
  const today = dayOf(new Date());
  const { rows } = await db().raw<{ rows: AgingText[] }>(
    `select d.id, coalesce(nullif(d.content->'title'->>(d.content->>'original'), ''), '–') as title,
       (select title from course_texts ct where ct.course_id = d.course_id
          order by (ct.language = ?) desc, (ct.language = 'fi') desc limit 1) as course_title,
       d.published_at, to_char(d.check_by, 'YYYY-MM-DD') as check_by,
       case when d.check_by is null then 'old' when d.check_by <= ?::date then 'late' else 'near' end as why
     from lesson_drafts d
     where d.organisation_id = ? and d.lesson_id is not null
       and (d.check_by <= ?::date or (d.check_by is null and d.published_at < ?::date))
     order by d.check_by nulls last, d.published_at, d.id limit ?`,
    [
      language,
      today,
      organisationId,
      addCalendarDays(today, NEAR_DAYS),
      addCalendarDays(today, -OLD_DAYS),
      limit,
    ] as never,
  );
  return rows;
}
