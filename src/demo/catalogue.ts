import { db } from '../lib/db';

export interface CatalogueQuestion {
  id: string;
  type: 'single' | 'multi' | 'truefalse';
  competence_code: string | null;
  level: number | null;
  audience: string[];
  options: { key: string; is_correct: boolean }[];
}

export interface CatalogueLesson {
  id: string;
  slug: string;
  kind: 'text' | 'video' | 'quiz' | 'h5p';
  level: number | null;
  audience: string[];
  quiz_id: string | null;
  competences: string[];
  questions: CatalogueQuestion[];
}

export interface CatalogueCourse {
  id: string;
  slug: string;
  exchange_id: string;
  lessons_total: number;
  lessons: CatalogueLesson[];
}

/** The courses that everyone in the demo may take, with their lessons and questions in order. */
export async function readCatalogue(organisationId: string): Promise<CatalogueCourse[]> {
  const { rows } = await db().raw(
    `select c.id, c.slug, c.exchange_id, c.lessons_total, (
       select json_agg(json_build_object('id', l.id, 'slug', l.slug, 'kind', l.kind, 'level', l.level,
         'audience', l.audience, 'quiz_id', l.quiz_id,
         'competences', array(select competence_code from lesson_competences k where k.lesson_id = l.id order by 1),
         'questions', coalesce((
           select json_agg(json_build_object('id', q.id, 'type', q.type, 'competence_code', q.competence_code,
             'level', q.level, 'audience', q.audience, 'options', (
               select json_agg(json_build_object('key', o.key, 'is_correct', o.is_correct) order by o.position)
               from question_options o where o.question_id = q.id)) order by q.position)
           from questions q where q.quiz_id = l.quiz_id and q.retired_at is null), '[]'))
         order by m.position, l.position)
       from lessons l join modules m on m.id = l.module_id where l.course_id = c.id and l.published_at is not null
     ) as lessons
     from courses c where c.organisation_id = ? and c.published_at is not null order by c.exchange_id`,
    [organisationId],
  );
  return rows.map((course: CatalogueCourse) => ({ ...course, lessons: course.lessons ?? [] }));
}
