import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import type { Draft, DraftKind } from '../authoring/drafts.model';
import type { LessonOrigin } from '../authoring/places.model';
import type { Picture, Video } from '../courses/courses.model';
import type { Criterion } from '../evidence/rubric.model';

export interface CourseRow {
  id: string;
  exchange_id: string;
  slug: string;
  picture: Picture;
  sources: string[];
  title: string;
  organisation: string;
  texts: Partial<Record<Language, { title: string; summary: string }>>;
  competences: { code: string; from_level: number; to_level: number }[];
  origin: CourseOrigin;
  modules: ModuleRow[];
}

/** What a course that came in a file remembers of it. */
export interface CourseOrigin {
  from?: string;
  /** What competences are called that are not known here. */
  names?: Record<string, Partial<Record<Language, string>>>;
  /** What it teaches of these. */
  ranges?: { code: string; from_level: number; to_level: number }[];
  /** H5P contents, by their names in files. */
  h5p?: Record<string, string>;
}

export interface ModuleRow {
  id: string;
  exchange_id: string;
  minutes: number;
  audience: string[];
  competences: CourseRow['competences'];
  sources: string[];
  texts: CourseRow['texts'];
}

export interface LessonRow {
  exchange_id: string;
  module_id: string | null;
  kind: DraftKind | 'video';
  audience: string[];
  is_published: boolean;
  /** As it is written now; null for a lesson that came from elsewhere and has no document. */
  content: Draft['content'] | null;
  /** As learners have it; null where that was not kept. */
  published: Draft['content'] | null;
  check_by: Day | null;
  origin: LessonOrigin;
  minutes: number | null;
  level: number | null;
  competences: string[];
  video: Video | null;
  rubric: Criterion[] | null;
  quiz_id: string | null;
  h5p_content_id: string | null;
  texts: { language: Language; title: string; body: string; practice: string }[];
}

const HEADS = (table: string, owner: string) =>
  `coalesce((select jsonb_object_agg(t.language, jsonb_build_object('title', t.title, 'summary', t.summary))
    from ${table} t where t.${owner}), '{}')`;

/** A course of the organisation with its modules; undefined for another's. */
export async function findCourseRow(
  organisationId: string,
  id: string,
  language: Language,
): Promise<CourseRow | undefined> {
  const { rows } = await db().raw(
    `select c.id, coalesce(c.exchange_id, c.id::text) as exchange_id, c.slug, c.picture, c.sources, c.origin, o.name as organisation,
       coalesce((select title from course_texts t where t.course_id = c.id
         order by (t.language = ?) desc, (t.language = 'fi') desc, t.language limit 1), c.slug) as title,
       ${HEADS('course_texts', 'course_id = c.id')} as texts,
       coalesce((select jsonb_agg(jsonb_build_object('code', competence_code, 'from_level', from_level, 'to_level', to_level)
         order by competence_code) from course_competences k where k.course_id = c.id), '[]') as competences,
       coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'exchange_id', coalesce(m.exchange_id, m.id::text),
           'minutes', m.minutes, 'audience', m.audience, 'competences', m.competences, 'sources', m.sources,
           'texts', ${HEADS('module_texts', 'module_id = m.id')}) order by m.position)
         from modules m where m.course_id = c.id), '[]') as modules
     from courses c join organisations o on o.id = c.organisation_id where c.organisation_id = ? and c.id::text = ?`,
    [language, organisationId, id],
  );
  return rows[0];
}

/** Lessons of a course in order: those that are out, and those that are written and were never out. */
export async function selectLessonRows(organisationId: string, courseId: string): Promise<LessonRow[]> {
  const { rows } = await db().raw(
    `with written as (
       select distinct on (coalesce(lesson_id, id)) * from lesson_drafts
       where organisation_id = ? and course_id = ? order by coalesce(lesson_id, id), updated_at desc, id
     ), out as (select * from lessons where course_id = ? and published_at is not null)
     select coalesce(p.exchange_id, l.exchange_id, d.id::text, l.id::text) as exchange_id,
       coalesce(l.module_id, p.module_id) as module_id, coalesce(d.kind, l.kind) as kind,
       coalesce(l.audience, p.audience, '{}') as audience, l.id is not null as is_published, d.content,
       to_char(d.check_by, 'YYYY-MM-DD') as check_by, l.minutes, l.level, l.video, l.rubric, l.quiz_id, l.h5p_content_id,
       (select v.content from draft_versions v where v.organisation_id = d.organisation_id and v.draft_id = d.id
         and v.published_at is not null order by v.published_at desc limit 1) as published,
       case when l.id is null then coalesce(p.origin, '{}') else jsonb_strip_nulls(jsonb_build_object(
         'credits', (select jsonb_agg(jsonb_build_object('kind', k.kind, 'name', k.name,
             'signed_on', to_char(k.signed_at at time zone 'Europe/Helsinki', 'YYYY-MM-DD')) order by k.kind, k.name)
           from lesson_credits k where k.lesson_id = l.id),
         'tested', case when l.tested_with > 0 then jsonb_build_object('people', l.tested_with, 'finished', l.tested_finished) end,
         'reviewed', (select jsonb_agg(t.language order by t.language) from lesson_texts t where t.lesson_id = l.id and t.reviewed)
       )) end as origin,
       coalesce((select jsonb_agg(k.competence_code order by k.competence_code) from lesson_competences k where k.lesson_id = l.id),
         '[]') as competences,
       coalesce((select jsonb_agg(jsonb_build_object('language', t.language, 'title', t.title, 'body', t.body,
         'practice', t.practice) order by t.language) from lesson_texts t where t.lesson_id = l.id and d.id is null), '[]') as texts
     from written d full join out l on l.id = d.lesson_id left join draft_places p on p.draft_id = d.id
     order by coalesce(l.position, p.position), d.created_at, coalesce(d.id, l.id)`,
    [organisationId, courseId, courseId],
  );
  return rows;
}
