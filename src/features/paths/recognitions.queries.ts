import { db, together } from '../../lib/db';
import { contentLanguages } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';
import type { Recognition } from './recognitions.model';

export interface RecognitionJudge {
  id: string;
  name: string;
}

/** Whom a person may ask: supervisors of their teams of today, and professionals of the organisation. Never themself. */
export async function selectJudges({ id, organisation_id }: Actor): Promise<RecognitionJudge[]> {
  const [{ rows }] = await together(
    db().raw<{ rows: RecognitionJudge[] }>(
      `with supervising as (
         select distinct s.person_id from team_members t join team_supervisors s on s.team_id = t.team_id
           and (s.ends_on is null or s.ends_on >= current_date)
         where t.organisation_id = :o and t.person_id = :p and t.joined_on <= current_date
           and (t.left_on is null or t.left_on > current_date))
       select p.id, p.name from memberships m join people p on p.id = m.person_id
       left join supervising v on v.person_id = p.id
       where m.organisation_id = :o and m.person_id <> :p and ('reviewer' = any(m.roles) or v.person_id is not null)
         and m.suspended_at is null and p.suspended_at is null and (m.ended_on is null or m.ended_on > current_date)
       order by v.person_id is null, p.name, p.id limit 100`,
      { o: organisation_id, p: id },
    ),
  );
  return rows;
}

/** A recognition as the one who judges it reads it. */
export type AskedRecognition = Pick<Recognition, 'id' | 'person_id' | 'state' | 'story' | 'reason' | 'asked_at'> & {
  name: string;
  path: string;
  step: string;
};

/** What waits for the actor's judgement, the oldest first, or the one of this id in whatever state. */
export async function selectAskedOf(actor: Actor, id: string | null): Promise<AskedRecognition[]> {
  const languages = contentLanguages(actor.language);
  const [{ rows }] = await together(
    db().raw<{ rows: AskedRecognition[] }>(
      `select r.id, r.person_id, r.state, r.story, r.reason, r.asked_at, p.name,
         (select x.title from learning_path_texts x where x.path_id = s.path_id
           order by array_position(?::text[], x.language) limit 1) as path,
         coalesce((select x.title from path_step_texts x where x.step_id = s.id
             order by array_position(?::text[], x.language) limit 1),
           (select x.title from lesson_texts x where x.lesson_id = s.lesson_id
             order by array_position(?::text[], x.language) limit 1),
           (select x.title from course_texts x where x.course_id = s.course_id
             order by array_position(?::text[], x.language) limit 1), '') as step
       from path_recognitions r join people p on p.id = r.person_id join path_steps s on s.id = r.step_id
       where r.organisation_id = ? and r.judge_id = ? and r.kind = 'earlier'
         and (case when ?::uuid is null then r.state = 'asked' else r.id = ?::uuid and r.state <> 'withdrawn' end)
       order by r.asked_at, r.id limit 100`,
      [...Array(4).fill(languages), actor.organisation_id, actor.id, id, id] as never,
    ),
  );
  return rows;
}
