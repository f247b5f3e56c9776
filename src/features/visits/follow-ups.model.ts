import { db, together } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';

/** What a person can do of their goal now. */
export const ABILITIES = ['not-yet', 'with-help', 'alone', 'helps-others'] as const;
export type Ability = (typeof ABILITIES)[number];

/** A person's own goal, under a code that stands on their own paper. */
export interface FollowUp {
  id: string;
  organisation_id: string;
  code: string;
  theme: string;
  goal: string;
  /** Days. */
  began_on: string;
  ended_on: string | null;
  reached: boolean | null;
  made_by: string | null;
}
export interface FollowUpCheck {
  id: string;
  organisation_id: string;
  follow_up_id: string;
  held_on: string;
  ability: Ability;
  can_now: string;
  barriers: string[];
  made_by: string | null;
}
const COLUMNS = 'f.*, f.began_on::text as began_on, f.ended_on::text as ended_on';

/** What became of the insert: an id that was kept before is 'again', a code that another has is 'taken'. */
export async function insertFollowUp(
  row: Pick<FollowUp, 'id' | 'organisation_id' | 'code' | 'theme' | 'goal' | 'made_by'>,
): Promise<'new' | 'again' | 'taken'> {
  const made = await db().table('support_follow_ups').insert(row).onConflict().ignore().returning('id');
  if (made.length > 0) return 'new';
  return (await findFollowUp(row.organisation_id, row.id)) ? 'again' : 'taken';
}
export async function findFollowUp(organisationId: string, id: string): Promise<FollowUp | undefined> {
  const { rows } = await db().raw(
    `select ${COLUMNS} from support_follow_ups f where f.organisation_id = ? and f.id::text = ?`,
    [organisationId, id],
  );
  return rows[0];
}
export async function findByCode(organisationId: string, code: string): Promise<FollowUp | undefined> {
  const { rows } = await db().raw(
    `select ${COLUMNS} from support_follow_ups f where f.organisation_id = ? and f.code = ?`,
    [organisationId, code],
  );
  return rows[0];
}
export async function updateFollowUp(
  { organisation_id, id }: FollowUp,
  changes: Partial<Pick<FollowUp, 'ended_on' | 'reached'>>,
): Promise<void> {
  await db().table('support_follow_ups').where({ organisation_id, id }).update(changes);
}
export async function deleteFollowUp({ organisation_id, id }: FollowUp): Promise<void> {
  await db().table('support_follow_ups').where({ organisation_id, id }).delete();
}
/** Keeps a check once, however often it is sent. */
export async function insertCheck(row: Omit<FollowUpCheck, 'held_on'>): Promise<boolean> {
  const made = await db().table('support_follow_up_checks').insert(row).onConflict('id').ignore().returning('id');
  return made.length > 0;
}
export async function selectChecks({ organisation_id, id }: FollowUp): Promise<FollowUpCheck[]> {
  const { rows } = await db().raw(
    `select c.*, c.held_on::text as held_on from support_follow_up_checks c where c.organisation_id = ? and c.follow_up_id = ?
     order by c.held_on, c.created_at, c.id limit 100`,
    [organisation_id, id],
  );
  return rows;
}

export interface FollowUpSums {
  /** People followed, and of these the ones whose follow-up has ended. */
  followed: number;
  ended: number;
  reached: number;
  /** Who did it alone at their latest check, or helps others. */
  alone: number;
  checked: number;
  barriers: Record<string, number>;
}
export type ListedFollowUp = FollowUp & { ability: Ability | null; checks: number };

/** Follow-ups that the reader began or has looked at with the person, and the sums of all. Two queries. */
export async function readFollowUps({
  organisation_id,
  id,
}: Actor): Promise<{ own: ListedFollowUp[]; sums: FollowUpSums }> {
  const [own, sums] = await together(
    db().raw<{ rows: ListedFollowUp[] }>(
      `select ${COLUMNS}, (select count(*)::int from support_follow_up_checks c where c.follow_up_id = f.id) as checks,
         (select c.ability from support_follow_up_checks c where c.follow_up_id = f.id order by c.held_on desc, c.created_at desc limit 1) as ability
       from support_follow_ups f where f.organisation_id = ? and (f.made_by = ? or exists (
         select from support_follow_up_checks c where c.follow_up_id = f.id and c.made_by = ?))
       order by f.ended_on desc nulls first, f.began_on desc, f.code limit 100`,
      [organisation_id, id, id],
    ),
    db().raw<{ rows: FollowUpSums[] }>(
      `with latest as (select distinct on (c.follow_up_id) c.follow_up_id, c.ability from support_follow_up_checks c
           where c.organisation_id = :o order by c.follow_up_id, c.held_on desc, c.created_at desc),
         stops as (select b.key, count(distinct c.follow_up_id)::int as n from support_follow_up_checks c cross join unnest(c.barriers) b(key)
           where c.organisation_id = :o group by 1)
       select count(*)::int as followed, count(f.ended_on)::int as ended, count(*) filter (where f.reached)::int as reached,
         count(l.ability)::int as checked, count(*) filter (where l.ability in ('alone', 'helps-others'))::int as alone,
         coalesce((select jsonb_object_agg(key, n) from stops), '{}') as barriers
       from support_follow_ups f left join latest l on l.follow_up_id = f.id where f.organisation_id = :o`,
      { o: organisation_id } as never,
    ),
  );
  return { own: own.rows, sums: sums.rows[0] as FollowUpSums };
}
