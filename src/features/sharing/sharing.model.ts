import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import type { Partner } from '../organisations/networks.model';

/** How far a course reaches, from the nearest to the farthest; each holds those before it. */
export const REACHES = ['own', 'partners', 'all', 'public'] as const;
export type Reach = (typeof REACHES)[number];

export interface OwnCourse {
  id: string;
  organisation_id: string;
  slug: string;
  title: string;
  organisation_slug: string;
  reach: Reach;
  partners: Partner[];
  /** Who the course names as its authors and is here to be one; empty where every author of the organisation is. */
  author_ids: string[];
  published_at: Date | null;
  lessons_total: number;
}

const TITLE = `(select t.title from course_texts t where t.course_id = c.id
  order by (t.language = ?) desc, (t.language = 'fi') desc limit 1)`;

const OWN_COURSE = `
  select c.id, c.organisation_id, c.slug, c.published_at, c.lessons_total, coalesce(${TITLE}, '–') as title,
    o.slug as organisation_slug,
    case when c.is_public then 'public'
      when exists (select from course_shares s where s.course_id = c.id and s.organisation_id is null) then 'all'
      when exists (select from course_shares s where s.course_id = c.id) then 'partners' else 'own' end as reach,
    coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.name) from course_shares s
      join organisations p on p.id = s.organisation_id where s.course_id = c.id), '[]') as partners,
    array(select k.person_id from course_people k join memberships m on m.organisation_id = k.organisation_id
        and m.person_id = k.person_id and m.suspended_at is null and (m.ended_on is null or m.ended_on > current_date)
        and m.roles && '{author,expert}'
      where k.organisation_id = c.organisation_id and k.course_id = c.id and k.role = 'author') as author_ids
  from courses c join organisations o on o.id = c.organisation_id where c.organisation_id = ?`;

/** The organisation's own courses with how far each reaches, the farthest first. */
export function selectOwnCourses(organisationId: string, language: Language) {
  return db().raw<{ rows: OwnCourse[] }>(
    `select * from (${OWN_COURSE}) c
     order by array_position('{public,all,partners,own}'::text[], reach), lower(title), id limit 300`,
    [language, organisationId],
  );
}

export async function findOwnCourse(
  organisationId: string,
  id: string,
  language: Language,
): Promise<OwnCourse | undefined> {
  const { rows } = await db().raw<{ rows: OwnCourse[] }>(`${OWN_COURSE} and c.id::text = ?`, [
    language,
    organisationId,
    id,
  ]);
  return rows[0];
}

export interface GivenCourse {
  id: string;
  slug: string;
  title: string;
  summary: string;
  organisation_name: string;
  minutes: number;
  lessons_total: number;
  shared_at: Date;
  /** Shared with this organisation by its name, not with all. */
  is_named: boolean;
  languages: Language[];
}

/** Courses of others that the organisation may use now, those given last first. */
export function selectGivenCourses(organisationId: string, language: Language) {
  return db().raw<{ rows: GivenCourse[] }>(
    `select c.id, c.slug, coalesce(${TITLE}, '–') as title, c.minutes, c.lessons_total, o.name as organisation_name,
       coalesce((select t.summary from course_texts t where t.course_id = c.id
         order by (t.language = ?) desc, (t.language = 'fi') desc limit 1), '') as summary,
       s.shared_at, s.is_named, array(select t.language from course_texts t where t.course_id = c.id order by 1) as languages
     from (select course_id, max(shared_at) as shared_at, bool_or(organisation_id is not null) as is_named
       from course_shares where organisation_id is null or organisation_id = ? group by course_id) s
     join courses c on c.id = s.course_id and c.published_at is not null and c.organisation_id <> ?
     join organisations o on o.id = c.organisation_id
     order by s.is_named desc, s.shared_at desc, lower(c.slug) limit 200`,
    [language, language, organisationId, organisationId],
  );
}

/** Keeps others from changing the course's sharing until the transaction ends. */
export async function lockCourse(organisationId: string, id: string): Promise<void> {
  await db().raw('select from courses where organisation_id = ? and id = ? for update', [organisationId, id]);
}

/** Puts the course's reach as it shall be; rows that stay keep their day. */
export async function putReach(
  course: Pick<OwnCourse, 'id' | 'organisation_id'>,
  reach: Reach,
  partners: readonly string[],
): Promise<void> {
  const named = reach === 'partners' ? partners : [];
  const isForAll = reach === 'all' || reach === 'public';
  await db()
    .table('courses')
    .where({ organisation_id: course.organisation_id, id: course.id })
    .update({ is_public: reach === 'public' });
  await db().raw(
    `delete from course_shares where course_id = ? and (case when organisation_id is null then not ?::boolean
       else organisation_id <> all(?::uuid[]) end)`,
    [course.id, isForAll, named] as never,
  );
  const rows = [...named, ...(isForAll ? [null] : [])].map((organisation_id) => ({
    course_id: course.id,
    organisation_id,
  }));
  if (rows.length > 0) await db().table('course_shares').insert(rows).onConflict().ignore();
}
