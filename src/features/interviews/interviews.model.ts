import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import type { Visibility } from '../loop/kinds';

export interface Round {
  id: string;
  organisation_id: string;
  space_id: string | null;
  visibility: Visibility;
  title: string;
  purpose: string;
  language: string;
  questions: string[];
  groups: string[];
  consent_version: number;
  /** The promised day: notes are gone on it. */
  delete_on: Day;
  deleted_on: Day | null;
  /** Numbers that stay when the notes are gone: interviews by theme and group, small ones hidden. */
  remains: Matrix | null;
  owner_id: string | null;
}
export interface FoundRound extends Round {
  keeper: string;
  least: number;
}
export interface Matrix {
  groups: string[];
  /** Interviews of each group. */
  held: (number | null)[];
  rows: { theme: string; cells: (number | null)[] }[];
}
export interface Interview {
  id: string;
  organisation_id: string;
  round_id: string;
  /** A made-up word; it tells neither who nor in which order. */
  pseudonym: string;
  population_group: string;
  held_on: Day;
  consent_on: Day;
  consent_version: number;
  /** A code that cannot be read back; who has the code may take the notes away. */
  withdrawal: string;
  notes: string[];
}
export interface Passage {
  id: string;
  interview_id: string;
  theme: string;
  body: string;
}
export interface Contact {
  id: string;
  name: string;
  contact: string;
  invited_to: string;
  has_joined: boolean;
}
const FOUND = `select r.*, r.delete_on::text as delete_on, r.deleted_on::text as deleted_on, o.name as keeper,
  o.smallest_group as least from interview_rounds r join organisations o on o.id = r.organisation_id`;

export async function findRound(id: string): Promise<FoundRound | undefined> {
  return (await db().raw(`${FOUND} where r.id::text = ?`, [id])).rows[0];
}
export async function selectRounds(organisationId: string): Promise<FoundRound[]> {
  return (await db().raw(`${FOUND} where r.organisation_id = ? order by r.created_at desc limit 200`, [organisationId]))
    .rows;
}
export async function insertRound(round: Round): Promise<boolean> {
  return (await db().table('interview_rounds').insert(round).onConflict('id').ignore().returning('id')).length > 0;
}
export async function setRound(round: Pick<Round, 'id' | 'organisation_id'>, values: Partial<Round>): Promise<void> {
  const own = { id: round.id, organisation_id: round.organisation_id };
  const remains = values.remains && { remains: JSON.stringify(values.remains) };
  await db()
    .table('interview_rounds')
    .where(own)
    .update({ ...values, ...remains });
}
export async function selectDueRounds(): Promise<{ id: string; organisation_id: string }[]> {
  return (await db().raw('select * from interview_rounds_due() order by id')).rows;
}

export async function selectInterviews(round: Pick<Round, 'id' | 'organisation_id'>): Promise<Interview[]> {
  const { rows } = await db().raw(
    `select *, held_on::text as held_on, consent_on::text as consent_on from interviews
     where organisation_id = ? and round_id = ? order by pseudonym, id`,
    [round.organisation_id, round.id],
  );
  return rows;
}
export async function insertInterview(interview: Interview): Promise<boolean> {
  const row = { ...interview, notes: JSON.stringify(interview.notes) };
  return (await db().table('interviews').insert(row).onConflict('id').ignore().returning('id')).length > 0;
}
export async function deleteInterview({ id, organisation_id }: Interview): Promise<void> {
  await db().table('interviews').where({ id, organisation_id }).delete();
}
export async function deleteInterviews({ id, organisation_id }: Pick<Round, 'id' | 'organisation_id'>): Promise<void> {
  await db().table('interviews').where({ round_id: id, organisation_id }).delete();
}
export async function withdrawByCode(code: string): Promise<boolean> {
  return (await db().raw('select withdraw_interview(?) as gone', [code])).rows[0].gone;
}

export const insertPassage = (passage: Passage & { organisation_id: string }): Promise<unknown> =>
  Promise.resolve(db().table('interview_passages').insert(passage).onConflict('id').ignore());
export const deletePassage = (interview: Pick<Interview, 'id' | 'organisation_id'>, id: string): Promise<number> =>
  Promise.resolve(
    db()
      .table('interview_passages')
      .where({ organisation_id: interview.organisation_id, interview_id: interview.id })
      .whereRaw('id::text = ?', [id])
      .delete(),
  );
export async function selectPassages(round: Pick<Round, 'id' | 'organisation_id'>): Promise<Passage[]> {
  const { rows } = await db().raw(
    `select p.* from interview_passages p join interviews i on i.id = p.interview_id
     where i.organisation_id = ? and i.round_id = ? order by p.theme, p.id`,
    [round.organisation_id, round.id],
  );
  return rows;
}

/** Keeps who wants to hear more, and writes the whole list anew in random order. */
export async function insertContact(row: { organisation_id: string; name: string; contact: string }): Promise<void> {
  await db().table('interview_contacts').insert(row);
  await db().raw('select shuffle_contacts(?)', [row.organisation_id]);
}
export const selectContacts = (organisationId: string): Promise<Contact[]> =>
  Promise.resolve(db().table('interview_contacts').where({ organisation_id: organisationId }).orderBy(['name', 'id']));
export const setContact = (organisationId: string, id: string, values: Partial<Contact>): Promise<number> =>
  Promise.resolve(
    db()
      .table('interview_contacts')
      .where({ organisation_id: organisationId })
      .whereRaw('id::text = ?', [id])
      .update(values),
  );
export const deleteContact = (organisationId: string, id: string): Promise<number> =>
  Promise.resolve(
    db().table('interview_contacts').where({ organisation_id: organisationId }).whereRaw('id::text = ?', [id]).delete(),
  );
