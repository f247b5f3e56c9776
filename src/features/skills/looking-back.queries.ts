import { db } from '../../lib/db';
import type { Whose } from './skills.queries';

/** A time that one can look back to: an own view of the skill, or the start of a course. */
export interface PastMoment {
  /** 'view …' or 'course …' with an id: also what the looking back is told apart by. */
  key: string;
  kind: 'view' | 'course';
  at: Date;
  /** The name of the course. */
  title: string | null;
  /** Whether the person has looked back to it already. */
  is_told: boolean;
}

/** Looking back over less than this tells of the day, not of growth. */
const LEAST_DAYS = 14;
const MOST_MOMENTS = 6;

/** The newest moments to look back to for one skill, of the last two years. `languages` in the order of preference. */
export const pastMoments = ({ organisation_id, id }: Whose, code: string, languages: readonly string[]) =>
  db().raw<{ rows: PastMoment[] }>(
    `select m.*, exists (select from observations b where b.organisation_id = :organisation and b.person_id = :person
         and b.competence_code = :code and b.origin_type = 'looking-back' and b.origin_id = m.key) as is_told
     from (
       select 'view ' || o.id as key, 'view' as kind, o.observed_at as at, null as title from observations o
       where o.organisation_id = :organisation and o.person_id = :person and o.competence_code = :code
         and o.source = 'self' and o.origin_type <> 'looking-back'
       union all
       select 'course ' || e.course_id, 'course', e.started_at,
         (select t.title from course_texts t where t.course_id = e.course_id
          order by array_position(:languages::text[], t.language) limit 1)
       from enrolments e where e.organisation_id = :organisation and e.person_id = :person
         and exists (select from lessons l join lesson_competences k on k.lesson_id = l.id
           where l.course_id = e.course_id and k.competence_code = :code)
     ) m
     where m.at < now() - make_interval(days => :least) and m.at > now() - interval '2 years'
     order by m.at desc, m.key limit :most`,
    {
      organisation: organisation_id,
      person: id,
      code,
      languages: [...languages],
      least: LEAST_DAYS,
      most: MOST_MOMENTS,
    } as never,
  );
