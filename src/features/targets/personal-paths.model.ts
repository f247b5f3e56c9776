import type { Knex } from 'knex';
import { db } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';
import type { Reason, Step } from './suggestions';

/** A step of a person's own path as pages show it. */
export interface PathStep {
  path_id: string;
  position: number;
  competence_code: string;
  kind: 'lesson' | 'self_assessment';
  reason: Reason | 'ask';
  /** Of the lesson; null when it was taken back since, or for a self-assessment. */
  title: string | null;
  language: Language | null;
  course: string | null;
  slug: string | null;
  minutes: number | null;
  has_easy: boolean;
  done_at: Date | null;
}

type Whose = Pick<Actor, 'id' | 'organisation_id'>;

/** Ends the path there is. Nothing of what was done on it is lost. */
export async function endPath({ id, organisation_id }: Whose): Promise<void> {
  await db().raw(
    'update personal_paths set ended_at = now() where organisation_id = ? and person_id = ? and ended_at is null',
    [organisation_id, id],
  );
}

/** False when the same form came before. */
export async function hasPath({ id, organisation_id }: Whose, pathId: string): Promise<boolean> {
  const { rows } = await db().raw(
    'select exists (select from personal_paths where organisation_id = ? and person_id = ? and id = ?) as yes',
    [organisation_id, id, pathId],
  );
  return rows[0].yes;
}

/** With an id that is in use it does nothing. */
export async function insertPath(
  { id, organisation_id }: Whose,
  pathId: string,
  steps: readonly Step[],
): Promise<void> {
  const { rows } = await db().raw(
    'insert into personal_paths (id, organisation_id, person_id) values (?, ?, ?) on conflict (id) do nothing returning id',
    [pathId, organisation_id, id],
  );
  if (rows.length === 0) return;
  await db().raw(
    `insert into personal_path_steps (path_id, organisation_id, person_id, position, competence_code, kind, lesson_id, reason)
     select ?, ?, ?, position, code, kind, lesson_id, reason
     from jsonb_to_recordset(?) as s(position int, code text, kind text, lesson_id uuid, reason text)`,
    [
      ...[pathId, organisation_id, id],
      JSON.stringify(
        steps.map((step, index) => ({
          position: index + 1,
          code: step.code,
          kind: step.kind,
          lesson_id: step.kind === 'lesson' ? step.lesson.id : null,
          reason: step.reason,
        })),
      ),
    ],
  );
}

/**
 * The steps of the person's own path in order; none when they have no path. A self-assessment is done when one was handed in
 * after the path was made.
 */
export function selectOwnPath(actor: Actor): Knex.Raw<{ rows: PathStep[] }> {
  const languages = contentLanguages(actor.content_language);
  return db().raw(
    `select s.path_id, s.position, s.competence_code, s.kind, s.reason,
       case l.kind when 'quiz' then t.title || ': ' || ct.title else t.title end as title, t.language, c.slug as course, l.slug,
       l.minutes, coalesce(exists (select from lesson_texts e where e.lesson_id = l.id and e.language = 'fi-x-selko'), false)
         as has_easy,
       case s.kind when 'lesson' then d.completed_at else (select max(a.submitted_at) from self_assessments a
         where a.organisation_id = p.organisation_id and a.person_id = p.person_id and a.submitted_at >= p.made_at) end as done_at
     from personal_paths p
     join personal_path_steps s on s.path_id = p.id
     left join lessons l on l.id = s.lesson_id and l.published_at is not null
     left join courses c on c.id = l.course_id
     left join lateral (select x.title, x.language from lesson_texts x where x.lesson_id = l.id
       order by array_position(?::text[], x.language) limit 1) t on true
     left join lateral (select x.title from course_texts x where x.course_id = c.id
       order by array_position(?::text[], x.language) limit 1) ct on true
     left join lesson_progress d on d.organisation_id = p.organisation_id and d.person_id = p.person_id
       and d.lesson_id = s.lesson_id
     where p.organisation_id = ? and p.person_id = ? and p.ended_at is null
       and (s.kind <> 'lesson' or l.id is not null)
     order by s.position`,
    [languages, languages, actor.organisation_id, actor.id] as never,
  );
}

/** The step to take now: the first that is not done. */
export const nextStepOf = (steps: readonly PathStep[]) => steps.find(({ done_at }) => done_at === null);

/** Where a step leads. */
export const stepAddress = ({ kind, course, slug }: Pick<PathStep, 'kind' | 'course' | 'slug'>) =>
  kind === 'lesson' ? `/learn/${course}/${slug}` : '/skills/self-assessment';
