import { db } from '../../../lib/db';
import type { Language } from '../../../lib/i18n';
import type { Draft } from '../drafts.model';

/** A lesson is tried with so many people at a time. */
export const TESTERS = 5;

/** Why somebody stopped at a place: said by one press, or in words of their own. */
export const WHYS = ['hard_word', 'long', 'lost', 'not_mine', 'tired', 'other'] as const;
export type Why = (typeof WHYS)[number];
export type TesterState = 'invited' | 'accepted' | 'declined' | 'finished' | 'stopped';

export interface FieldTest {
  id: string;
  organisation_id: string;
  draft_id: string;
  draft_version: number;
  language: Language;
  started_by: string | null;
  started_at: Date;
  closed_at: Date | null;
}

export interface Tester {
  organisation_id: string;
  test_id: string;
  person_id: string;
  state: TesterState;
  words: string;
  invited_at: Date;
  answered_at: Date | null;
  ended_at: Date | null;
}

export interface Mark {
  id: string;
  organisation_id: string;
  test_id: string;
  person_id: string;
  piece_id: string;
  quote: string;
  why: Why;
  words: string;
  marked_at: Date;
}

/** The tests of a draft, the newest first. */
export function selectTests({ organisation_id, id }: Pick<Draft, 'organisation_id' | 'id'>): Promise<FieldTest[]> {
  return db()
    .table('field_tests')
    .where({ organisation_id, draft_id: id })
    .orderBy([{ column: 'started_at', order: 'desc' }, 'id'])
    .limit(20);
}

export function findTest(organisationId: string, id: string): Promise<FieldTest | undefined> {
  return db().table('field_tests').where({ organisation_id: organisationId, id }).first();
}

/** The same, kept from others until the transaction ends. */
export function lockTest(organisationId: string, id: string): Promise<FieldTest | undefined> {
  return db().table('field_tests').where({ organisation_id: organisationId, id }).forUpdate().first();
}

/** False when this very test has begun already. */
export async function insertTest(test: Omit<FieldTest, 'started_at' | 'closed_at'>): Promise<boolean> {
  const rows = await db().table('field_tests').insert(test).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

export async function setClosed({ organisation_id, id }: FieldTest): Promise<boolean> {
  const changed = await db()
    .table('field_tests')
    .where({ organisation_id, id, closed_at: null })
    .update({ closed_at: new Date() });
  return changed > 0;
}

export function selectTesters(organisationId: string, testIds: readonly string[]) {
  return db()
    .table('field_testers as t')
    .join('people as p', 'p.id', 't.person_id')
    .where('t.organisation_id', organisationId)
    .whereRaw('t.test_id = any(?)', [testIds] as never)
    .orderBy(['t.invited_at', 'p.name'])
    .select<(Tester & { name: string })[]>('t.*', 'p.name');
}

export function findTester({ organisation_id, id }: FieldTest, personId: string): Promise<Tester | undefined> {
  return db().table('field_testers').where({ organisation_id, test_id: id, person_id: personId }).first();
}

/** Asks somebody, or asks again one who declined before the test was closed. False when they are asked already. */
export async function inviteTester({ organisation_id, id }: FieldTest, personId: string): Promise<boolean> {
  const rows = await db()
    .table('field_testers')
    .insert({ organisation_id, test_id: id, person_id: personId })
    .onConflict(['test_id', 'person_id'])
    .ignore()
    .returning('person_id');
  return rows.length > 0;
}

/** Changes where a tester is, when they are where the change begins. False otherwise: it was sent twice, or too late. */
export async function moveTester(
  { organisation_id, test_id, person_id }: Pick<Tester, 'organisation_id' | 'test_id' | 'person_id'>,
  from: readonly TesterState[],
  values: Partial<Tester>,
): Promise<boolean> {
  const changed = await db()
    .table('field_testers')
    .where({ organisation_id, test_id, person_id })
    .whereRaw('state = any(?)', [from] as never)
    .update(values);
  return changed > 0;
}

export function selectMarks(organisationId: string, testIds: readonly string[]) {
  return db()
    .table('field_test_marks')
    .where({ organisation_id: organisationId })
    .whereRaw('test_id = any(?)', [testIds] as never)
    .orderBy(['marked_at', 'id'])
    .select<Mark[]>('*');
}

export async function insertMark(mark: Omit<Mark, 'marked_at'>): Promise<void> {
  await db().table('field_test_marks').insert(mark).onConflict('id').ignore();
}

export async function deleteMark(organisationId: string, personId: string, id: string): Promise<void> {
  await db().table('field_test_marks').where({ organisation_id: organisationId, person_id: personId, id }).delete();
}

/**
 * With how many people the text that is published now was tried since the publication before, and how many of them read it to
 * the end; each person once, however many tests there were. Null when nobody tried it.
 */
export async function countTested(draft: Draft): Promise<{ people: number; finished: number } | null> {
  const { rows } = await db().raw(
    `select count(*)::int as people, count(*) filter (where finished)::int as finished from (
       select t.person_id, bool_or(t.state = 'finished') as finished from field_testers t join field_tests f on f.id = t.test_id
       where t.organisation_id = ? and f.draft_id = ? and t.state in ('finished', 'stopped')
         and f.started_at > coalesce((select max(v.published_at) from draft_versions v where v.draft_id = f.draft_id), '-infinity')
       group by t.person_id) each`,
    [draft.organisation_id, draft.id],
  );
  return rows[0].people > 0 ? rows[0] : null;
}

export interface OwnTest {
  id: string;
  state: TesterState;
  title: string;
  minutes: number;
  invited_at: Date;
  closed_at: Date | null;
}

/** What the person is or was asked to try, the newest first. */
export async function selectOwnTests({
  id,
  organisation_id,
}: {
  id: string;
  organisation_id: string;
}): Promise<OwnTest[]> {
  const { rows } = await db().raw<{ rows: OwnTest[] }>(
    `select f.id, t.state, t.invited_at, f.closed_at, coalesce(v.content->'title'->>f.language, '–') as title,
       coalesce((v.content->>'minutes')::int, 5) as minutes
     from field_testers t join field_tests f on f.id = t.test_id
     join draft_versions v on v.draft_id = f.draft_id and v.version = f.draft_version
     where t.organisation_id = ? and t.person_id = ? order by t.invited_at desc, f.id limit 50`,
    [organisation_id, id],
  );
  return rows;
}
