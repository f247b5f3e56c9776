import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import { LEVELS, type Level, NOBODY, type Standing } from './levels';
import type { Words } from './words';

export const VISIBILITIES = ['members', 'organisation', 'network', 'public'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export interface Process {
  id: string;
  organisation_id: string;
  space_id: string | null;
  visibility: Visibility;
  template: string;
  has_levels: boolean;
  title: Words;
  question: Words;
  target_year: number;
  /** What the process answers to its question. */
  answer: Words;
  answered_on: Day | null;
  comments_open: boolean;
  owner_id: string | null;
  review_on: Day | null;
  ended_on: Day | null;
}

const DAYS = ['answered_on', 'review_on', 'ended_on']
  .map((day) => `to_char(p.${day}, 'YYYY-MM-DD') as ${day}`)
  .join(', ');
const COLUMNS = `p.id, p.organisation_id, p.space_id, p.visibility, p.template, p.has_levels, p.title, p.question, p.target_year,
  p.answer, p.comments_open, p.owner_id, ${DAYS}`;

export interface FoundProcess extends Process {
  /** The keeper; null for who may not read its name. */
  keeper: string | null;
  /** The levels in whose spaces the person is a member. */
  own_levels: Level[];
  /** The spaces of its levels, as far as the person may know of them. */
  spaces: Partial<Record<Level, string>>;
}

/** The process as the scope lets it be read; what of it the person may see is asked by the policy. */
export async function findProcess(id: string, personId: string | null): Promise<FoundProcess | undefined> {
  const { rows } = await db().raw(
    `select ${COLUMNS}, o.name as keeper,
       coalesce((select array_agg(distinct l.level) from process_levels l join space_members m on m.space_id = l.space_id
         where l.process_id = p.id and m.person_id = :personId::uuid and m.left_at is null and m.state = 'member'), '{}') as own_levels,
       coalesce((select json_object_agg(l.level, l.space_id) from process_levels l where l.process_id = p.id), '{}') as spaces
     from processes p left join organisations o on o.id = p.organisation_id where p.id = :id`,
    { id, personId },
  );
  return rows[0];
}

/** What the person is in the process. In one without levels the members of its group do all of them. */
export function standingIn(actor: Actor | undefined, process: FoundProcess): Standing {
  if (!actor) return NOBODY;
  const leads = actor.organisation_id === process.organisation_id && actor.roles.includes('administrator');
  const levels = !process.has_levels && process.own_levels.length > 0 ? LEVELS.slice(0, 3) : process.own_levels;
  return { owner: process.owner_id === actor.id || leads, levels };
}

/** False when the form was sent before. */
export async function insertProcess(process: Process): Promise<boolean> {
  const rows = await db()
    .table('processes')
    .insert({ ...process, ...json(process, ['title', 'question', 'answer']) })
    .onConflict('id')
    .ignore()
    .returning('id');
  return rows.length > 0;
}

export async function setProcess({ organisation_id, id }: Process, values: Partial<Process>): Promise<void> {
  const words = json(values, ['title', 'question', 'answer']);
  await db()
    .table('processes')
    .where({ organisation_id, id })
    .update({ ...values, ...words });
}

/** Objects of words as the driver wants them. */
export const json = <T extends object>(row: T, keys: readonly (keyof T)[]) =>
  Object.fromEntries(keys.filter((key) => row[key] !== undefined).map((key) => [key, JSON.stringify(row[key])]));

export async function insertLevel(process: Process, level: Level, spaceId: string): Promise<void> {
  await db()
    .table('process_levels')
    .insert({ organisation_id: process.organisation_id, process_id: process.id, level, space_id: spaceId });
}

export interface ProcessLine
  extends Pick<Process, 'id' | 'title' | 'question' | 'target_year' | 'visibility' | 'template'> {
  keeper: string | null;
  answered_on: Day | null;
  is_own: boolean;
}

/** Processes that the person may open, the newest first; at most 200. */
export async function selectProcesses(actor: Actor | undefined): Promise<ProcessLine[]> {
  const { rows } = await db().raw(
    `select ${COLUMNS}, o.name as keeper, (p.owner_id = :me::uuid or mine.is_member) is true as is_own
     from processes p left join organisations o on o.id = p.organisation_id
     cross join lateral (select exists (select from process_levels l join space_members m on m.space_id = l.space_id
       where l.process_id = p.id and m.person_id = :me::uuid and m.left_at is null and m.state = 'member') as is_member) mine
     where p.visibility in ('public', 'network') or p.owner_id = :me::uuid or mine.is_member
       or (p.organisation_id = :org::uuid and (p.visibility = 'organisation' or :leads))
     order by p.created_at desc, p.id limit 200`,
    {
      me: actor?.id ?? null,
      org: actor?.organisation_id ?? null,
      leads: actor?.roles.includes('administrator') ?? false,
    },
  );
  return rows;
}
