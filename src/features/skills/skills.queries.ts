import { db } from '../../lib/db';
import { contentLanguages } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import type { Observation, SkillEstimate, SkillPoint } from './observations.model';

/** The person as the owner of their skills. */
export type Whose = Pick<Actor, 'id' | 'organisation_id'>;

/** An observation with what was known after it. */
export type Seen = Pick<
  Observation,
  'id' | 'competence_code' | 'source' | 'level' | 'help_level' | 'share_right' | 'observed_at' | 'note' | 'origin_type'
> &
  Omit<SkillPoint, 'level' | 'weight' | 'verified' | 'organisation_id' | 'person_id'> & {
    /** Who saw it, when it was someone else: one who still belongs to the organisation, or by the name they gave. */
    seen_by: string | null;
  };

/** A picture and a table hold this many; what is older is told as one sum. */
export const MOST_SHOWN = 60;

/** All that is known of the person's skills, the newest first. */
export function ownEstimates({ organisation_id, id }: Whose) {
  return db()('skill_estimates')
    .where({ organisation_id, person_id: id })
    .orderBy([{ column: 'observed_at', order: 'desc' }, { column: 'competence_code' }])
    .select<SkillEstimate[]>('*');
}

/** What was seen of one skill, the newest first; without a code, of the skill that something was last seen of. */
export function ownObservations({ organisation_id, id }: Whose, code: string | undefined) {
  return db().raw<{ rows: Seen[] }>(
    `select o.id, o.competence_code, o.source, o.level, o.help_level, o.share_right, o.observed_at, o.note,
       case when o.rater_name <> '' then o.rater_name when o.recorded_by <> o.person_id then p.name end as seen_by,
       o.origin_type,
       s.self_weight, s.self_levels, s.self_squares, s.other_weight, s.other_levels, s.other_squares
     from counted_observations o
     join skill_points s using (organisation_id, person_id, competence_code, observed_at)
     left join people p on p.id = o.recorded_by
     where o.organisation_id = ? and o.person_id = ? and o.competence_code = coalesce(?::text, (
       select competence_code from skill_estimates where organisation_id = ? and person_id = ?
       order by observed_at desc, competence_code limit 1))
     order by o.observed_at desc, o.recorded_at desc, o.id desc limit ?`,
    [organisation_id, id, code ?? null, organisation_id, id, MOST_SHOWN],
  );
}

export interface Suggestion {
  competence_code: string;
  title: string;
  course: string;
  lesson: string;
  minutes: number;
}

/**
 * The lesson that the person has not done yet and that teaches what is furthest from its target; for `code` first when
 * it is given. Targets are levels by code. No row when every target is reached or no lesson fits.
 */
export function nextLesson(actor: Actor, targets: ReadonlyMap<string, number>, code: string | undefined) {
  const languages = contentLanguages(actor.content_language);
  return db().raw<{ rows: Suggestion[] }>(
    `with gaps as (
       select g.code, coalesce(e.level, 0) as level, g.target - coalesce(e.level, 0) as gap
       from unnest(?::text[], ?::int[]) as g(code, target)
       left join skill_estimates e on e.organisation_id = ? and e.person_id = ? and e.competence_code = g.code
       where g.target - coalesce(e.level, 0) >= 0.5)
     select gaps.code as competence_code, t.title, c.slug as course, l.slug as lesson, l.minutes
     from gaps
     join lesson_competences k on k.competence_code = gaps.code
     join lessons l on l.id = k.lesson_id and l.published_at is not null and (l.audience = '{}' or l.audience && ?)
     join courses c on c.id = l.course_id and c.published_at is not null and (c.organisation_id = ? or exists (
       select from course_shares s where s.course_id = c.id and (s.organisation_id is null or s.organisation_id = ?)))
     join lateral (select title from lesson_texts where lesson_id = l.id and language = any(?)
       order by array_position(?, language) limit 1) t on true
     where not exists (select from lesson_progress d where d.organisation_id = ? and d.person_id = ?
       and d.lesson_id = l.id and d.completed_at is not null)
     order by gaps.code is not distinct from ?::text desc, gaps.gap desc, gaps.code,
       abs(coalesce(l.level, 1) - gaps.level - 1), c.slug, l.position
     limit 1`,
    [
      [...targets.keys()],
      [...targets.values()],
      actor.organisation_id,
      actor.id,
      audiencesOf(actor),
      actor.organisation_id,
      actor.organisation_id,
      languages,
      languages,
      actor.organisation_id,
      actor.id,
      code ?? null,
    ] as never,
  );
}
