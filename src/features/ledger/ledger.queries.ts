import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import type { WorkEntry, WorkKind, WorkRequest } from './ledger.model';

type Whose = { id: string; organisation_id: string };
export const MOST_ENTRIES = 200;

export interface ShownEntry extends WorkEntry {
  person_name: string;
  checked_name: string | null;
}

const ENTRY = `select x.*, to_char(x.done_on, 'YYYY-MM-DD') as done_on, p.name as person_name, c.name as checked_name
  from work_entries x join people p on p.id = x.person_id left join people c on c.id = x.checked_by`;

/** One's own, the newest first. */
export function ownEntries({ id, organisation_id }: Whose) {
  return db().raw<{ rows: ShownEntry[] }>(
    `${ENTRY} where x.organisation_id = ? and x.person_id = ? order by x.done_on desc, x.told_at desc, x.id limit ${MOST_ENTRIES}`,
    [organisation_id, id],
  );
}

export interface MonthSum {
  month: string;
  kind: WorkKind;
  minutes: number;
  checked: number;
  times: number;
}

/** Minutes of one person by month and kind: what was checked counts as checked, else as told. */
export function ownSums({ id, organisation_id }: Whose) {
  return db().raw<{ rows: MonthSum[] }>(
    `select to_char(e.done_on, 'YYYY-MM') as month, coalesce(e.checked_kind, e.kind) as kind, count(*)::int as times,
       sum(coalesce(e.checked_minutes, e.minutes))::int as minutes, coalesce(sum(e.checked_minutes), 0)::int as checked
     from work_entries e where e.organisation_id = ? and e.person_id = ?
     group by 1, 2 order by 1 desc, 2 limit 240`,
    [organisation_id, id],
  );
}

export const ownRequests = ({ id, organisation_id }: Whose) =>
  db().raw<{ rows: WorkRequest[] }>(
    `select r.*, to_char(r.from_on, 'YYYY-MM-DD') as from_on, to_char(r.to_on, 'YYYY-MM-DD') as to_on from work_requests r
     where r.organisation_id = ? and r.person_id = ? and r.withdrawn_at is null order by r.asked_at desc limit 20`,
    [organisation_id, id],
  );

/** SQL: people `x` whose work the actor may check: of the teams they supervise, or of the whole organisation. */
const MAY_CHECK = `x.person_id <> :me and (:all or exists (select from team_members tm where tm.organisation_id = x.organisation_id
  and tm.person_id = x.person_id and tm.team_id = any(:teams) and tm.joined_on <= current_date
  and (tm.left_on is null or tm.left_on > current_date)))`;

export interface Checker {
  id: string;
  organisation_id: string;
  supervised_teams: string[];
  isForAll: boolean;
}
const bindings = ({ id, organisation_id, supervised_teams, isForAll }: Checker) => ({
  ...{ o: organisation_id, me: id, teams: supervised_teams, all: isForAll },
});

/** Work that waits to be checked, the oldest first. */
export function entriesToCheck(checker: Checker) {
  return db().raw<{ rows: ShownEntry[] }>(
    `${ENTRY} where x.organisation_id = :o and x.checked_at is null and ${MAY_CHECK} order by x.done_on, x.told_at, x.id limit 60`,
    bindings(checker) as never,
  );
}

export type WaitingRequest = WorkRequest & { person_name: string };

export function requestsToSign(checker: Checker) {
  return db().raw<{ rows: WaitingRequest[] }>(
    `select x.*, to_char(x.from_on, 'YYYY-MM-DD') as from_on, to_char(x.to_on, 'YYYY-MM-DD') as to_on, p.name as person_name
     from work_requests x join people p on p.id = x.person_id
     where x.organisation_id = :o and x.signed_at is null and x.withdrawn_at is null and ${MAY_CHECK}
     order by x.asked_at, x.id limit 60`,
    bindings(checker) as never,
  );
}

/** Whether the actor may check this person's work. */
export async function mayCheckPerson(checker: Checker, personId: string): Promise<boolean> {
  const { rows } = await db().raw(
    `select exists (select from memberships x where x.organisation_id = :o and x.person_id = :p and ${MAY_CHECK}) as yes`,
    { ...bindings(checker), p: personId } as never,
  );
  return rows[0].yes;
}

export interface CheckedWork {
  sums: { kind: WorkKind; minutes: number; times: number }[];
  topics: string[];
}

/** What was checked of a person's work within days: minutes and times by kind, and the topics. */
export async function checkedWork({ id, organisation_id }: Whose, from: Day, to: Day): Promise<CheckedWork> {
  const { rows } = await db().raw(
    `with w as (
       select * from work_entries where organisation_id = ? and person_id = ? and done_on between ? and ? and checked_minutes > 0)
     select coalesce((select jsonb_agg(s) from (select coalesce(checked_kind, kind) as kind, sum(checked_minutes)::int as minutes,
         count(*)::int as times from w group by 1 order by 2 desc) s), '[]') as sums,
       array(select topic from (select topic, count(*) as n from w group by 1 order by 2 desc, 1 limit 12) t) as topics`,
    [organisation_id, id, from, to],
  );
  return rows[0];
}
