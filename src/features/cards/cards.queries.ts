import { db, together } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import type { Card, CardResponse } from './cards.model';

type Raw<T> = PromiseLike<{ rows: T[] }>;
export type CardLine = Card & { keeper: string; responses: number; uses: number; lessons: number };

export interface CardFilter {
  kind?: string | undefined;
  theme?: string | undefined;
  status?: string | undefined;
  words: string;
}

const MOST = 200;

/** Cards that the reader may see, newest first; those of a space's members only for members. At most 200. */
export async function selectCards(actor: Actor, filter: CardFilter): Promise<CardLine[]> {
  const like = filter.words && `%${filter.words.replaceAll(/[%_\\]/g, '\\$&')}%`;
  const { rows } = await db().raw<{ rows: CardLine[] }>(
    `select c.*, c.happens_on::text as happens_on, n.name as keeper,
       (select count(*)::int from card_responses r where r.card_id = c.id) as responses,
       (select count(*)::int from card_uses u where u.card_id = c.id) as uses,
       (select count(*)::int from loop_links k where k.from_id = c.id and k.to_kind = 'lesson') as lessons
     from cards c join organisations n on n.id = c.organisation_id
     where c.merged_into is null and (c.visibility <> 'members' or c.space_id in (select my_spaces()) or c.made_by = :me)
       and (:kind = '' or c.kind = :kind) and (:theme = '' or c.theme = :theme) and (:status = '' or c.status = :status)
       and (:words = '' or c.title ilike :words or c.body::text ilike :words)
     order by c.created_at desc, c.id limit ${MOST}`,
    { me: actor.id, kind: filter.kind ?? '', theme: filter.theme ?? '', status: filter.status ?? '', words: like },
  );
  return rows;
}

/** What the page of a card shows beside the card, in one flight. */
export async function readCardPage(actor: Pick<Actor, 'organisation_id'>, card: Card) {
  const [steps, responses, uses, drafts, twins] = await together(
    db().raw('select status, note, made_at from card_steps where card_id = ? order by made_at, id', [
      card.id,
    ]) as unknown as Raw<{
      status: string;
      note: string;
      made_at: Date;
    }>,
    db().raw(
      `select r.*, n.name as organisation_name from card_responses r join organisations n on n.id = r.organisation_id
       where r.card_id = ? order by r.made_at, r.id`,
      [card.id],
    ) as unknown as Raw<CardResponse & { organisation_name: string }>,
    db().raw(
      'select u.organisation_id, n.name from card_uses u join organisations n on n.id = u.organisation_id where u.card_id = ? order by n.name',
      [card.id],
    ) as unknown as Raw<{ organisation_id: string; name: string }>,
    db().raw(
      `select d.id, d.state, coalesce(d.content->'title'->>(d.content->>'original'), '–') as title from loop_beginnings b
       join lesson_drafts d on d.organisation_id = b.organisation_id and d.id = b.draft_id
       where b.organisation_id = ? and b.from_id = ? order by b.made_at`,
      [actor.organisation_id, card.id],
    ) as unknown as Raw<{ id: string; state: string; title: string }>,
    db().raw(
      `select id, title from cards where organisation_id = ? and kind = ? and id <> ? and merged_into is null and theme = ?
       order by created_at desc limit 20`,
      [actor.organisation_id, card.kind, card.id, card.theme],
    ) as unknown as Raw<{ id: string; title: string }>,
  );
  return { steps: steps.rows, responses: responses.rows, uses: uses.rows, drafts: drafts.rows, twins: twins.rows };
}

/**
 * Days from a challenge or a need of the organisation to the lesson that answers it: the middle one, and of how many. Counted from the
 * day the card was made to the day the lesson was published first; those without a lesson are told apart.
 */
export async function daysToLesson(
  organisationId: string,
): Promise<{ median: number | null; answered: number; waiting: number }> {
  const { rows } = await db().raw(
    `with answered as (
       select c.id, min(o.dated_on - (c.created_at at time zone 'Europe/Helsinki')::date) as days from cards c
       left join loop_links k on k.from_id = c.id and k.to_kind = 'lesson'
       left join loop_objects o on o.kind = 'lesson' and o.id = k.to_id
       where c.organisation_id = ? and c.kind in ('challenge', 'need') and c.merged_into is null group by c.id)
     select percentile_cont(0.5) within group (order by greatest(days, 0)) filter (where days is not null) as median,
       count(days)::int as answered, count(*) filter (where days is null)::int as waiting from answered`,
    [organisationId],
  );
  const { median, answered, waiting } = rows[0];
  return { median: median === null ? null : Math.round(median), answered, waiting };
}

/** Needs and findings of the reader's organisation by life situation; those under the smallest group are not told. */
export async function needsByGroup({ organisation_id, smallest_group }: Actor) {
  const { rows } = await db().raw<{ rows: { population_group: string; count: number }[] }>(
    `select population_group, count(*)::int as count from cards where organisation_id = ? and kind = 'need'
       and population_group is not null group by 1 order by 1`,
    [organisation_id],
  );
  return rows.map(({ population_group, count }) => ({
    population_group,
    count: count < smallest_group ? null : count,
  }));
}
