import { db, together } from '../../lib/db';

type Raw<T> = PromiseLike<{ rows: T[] }>;

/** Whose loop is drawn: an organisation's, of a space with all that its organisations show there, or of a team's people. */
export type LoopScope =
  | { kind: 'organisation'; organisationId: string }
  | { kind: 'space'; spaceId: string }
  | { kind: 'team'; organisationId: string; teamId: string };

/** The stops of the loop in their order (architecture 1). */
export const STOPS = ['challenge', 'experiment', 'note', 'practice', 'lesson', 'evidence'] as const;
export type Stop = (typeof STOPS)[number];

const cardsOf = (scope: LoopScope): { sql: string; bindings: string[] } => {
  if (scope.kind === 'organisation') return { sql: 'c.organisation_id = ?', bindings: [scope.organisationId] };
  if (scope.kind === 'space')
    return { sql: "c.space_id = ? and c.visibility in ('network', 'public')", bindings: [scope.spaceId] };
  return {
    sql: 'c.organisation_id = ? and c.made_by in (select person_id from team_members where team_id = ?)',
    bindings: [scope.organisationId, scope.teamId],
  };
};

/**
 * What the learning routines brought since `since`, counted from cards, links and the year's cycles as the reader in scope may see
 * them. Days are whole days of the median; null where there is nothing to count.
 */
export async function readLoop(scope: LoopScope, since: Date) {
  const { sql, bindings } = cardsOf(scope);
  const from = [...bindings, since] as never[];
  const cycles =
    scope.kind === 'space'
      ? 'select 0 as begun, 0 as finished'
      : `select count(*)::int as begun, count(*) filter (where exists (select from team_cycle_steps s where s.cycle_id = y.id
           and s.step = 'review' and s.done_on is not null))::int as finished from team_cycles y where y.organisation_id = ?
           ${scope.kind === 'team' ? 'and y.team_id = ?' : ''} and y.year >= extract(year from ?::timestamptz)`;
  const [counts, learned, open, ended] = await together(
    db().raw(
      `with mine as (select c.* from cards c where ${sql} and c.merged_into is null and c.created_at >= ?),
         answers as (select distinct k.to_id as id from loop_links k join mine m on m.id = k.from_id where k.to_kind = 'lesson')
       select count(*) filter (where kind = 'challenge')::int as challenges,
         count(*) filter (where kind = 'challenge' and closed_at is not null)::int as closed,
         count(*) filter (where kind = 'experiment')::int as experiments,
         count(*) filter (where learned <> '')::int as notes,
         count(*) filter (where kind = 'experiment' and coalesce(body->>'happened', '') <> '')::int as reviews,
         count(*) filter (where kind = 'practice')::int as practices,
         (select count(*)::int from answers) as lessons,
         (select count(*)::int from lesson_progress p join answers a on a.id = p.lesson_id where p.completed_at is not null) as evidence,
         (select count(distinct p.person_id)::int from lesson_progress p join answers a on a.id = p.lesson_id
            where p.completed_at is not null) as finishers,
         count(distinct made_by)::int as people,
         percentile_cont(0.5) within group (order by extract(epoch from answered_at - created_at) / 86400)
           filter (where kind = 'challenge' and answered_at is not null) as first_answer
       from mine`,
      from,
    ) as unknown as Raw<Record<string, number | null>>,
    db().raw(
      `select c.id, c.kind, c.title, c.learned, c.closed_at from cards c where ${sql} and c.learned <> '' and c.closed_at >= ?
       order by c.closed_at desc, c.id limit 5`,
      from,
    ) as unknown as Raw<{ id: string; kind: string; title: string; learned: string; closed_at: Date }>,
    db().raw(
      `select c.theme, count(*)::int as count from cards c where ${sql} and c.created_at >= ? and c.kind = 'challenge' and c.closed_at is null
         and c.merged_into is null group by 1 order by 2 desc, 1`,
      from,
    ) as unknown as Raw<{ theme: string; count: number }>,
    db().raw(
      `select c.status, count(*)::int as count from cards c where ${sql} and c.created_at >= ? and c.kind = 'experiment'
         and c.closed_at is not null group by 1 order by 1`,
      from,
    ) as unknown as Raw<{ status: string; count: number }>,
  );
  const [years] = await together(
    db().raw(cycles, scope.kind === 'space' ? [] : from) as unknown as Raw<{ begun: number; finished: number }>,
  );
  return {
    counts: counts.rows[0] ?? {},
    learned: learned.rows,
    open: open.rows,
    ended: ended.rows,
    cycles: years.rows[0],
  };
}
export type LoopPage = Awaited<ReturnType<typeof readLoop>>;
