import { db } from '../../lib/db';

/** How many come and how many wait, whoever reads. */
export async function placesOf(eventId: string): Promise<{ taken: number; waiting: number }> {
  const { rows } = await db().raw('select taken::int, waiting::int from event_places(?)', [eventId]);
  return rows[0];
}

/** Steps of the organisation's paths that something outside marks as done, such as an event. */
export async function selectEventSteps(actor: { organisation_id: string }): Promise<{ id: string; title: string }[]> {
  const { rows } = await db().raw(
    `select s.id, coalesce((select t.title from path_step_texts t where t.step_id = s.id order by t.language <> 'fi' limit 1), '') as title
     from path_steps s where s.organisation_id = ? and s.kind = 'outside' and s.removed_at is null order by 2, 1`,
    [actor.organisation_id],
  );
  return rows;
}

/** Answers as means, with how many there are; who shows them hides few. */
export async function answersOf(eventId: string) {
  const { rows } = await db().raw(
    `select count(*)::int as people, round(avg(useful), 1)::float as useful, round(avg(easy), 1)::float as easy,
       round(avg(heard), 1)::float as heard from event_answers where event_id = ?`,
    [eventId],
  );
  return rows[0] as { people: number; useful: number; easy: number; heard: number };
}
