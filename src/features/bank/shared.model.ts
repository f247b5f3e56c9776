import { db } from '../../lib/db';
import type { BankQuestion } from './bank.model';

export type GivenQuestion = Pick<
  BankQuestion,
  'id' | 'type' | 'competence_code' | 'level' | 'languages' | 'question'
> & {
  organisation_id: string;
  organisation_name: string;
};

/** SQL: questions `q` of other organisations `o` that an organisation (two bindings, the same id) may take now. */
const GIVEN = `bank_questions q join organisations o on o.id = q.organisation_id
  where q.removed_at is null and q.organisation_id <> ? and exists (
    select from bank_shares s where s.question_id = q.id and (s.organisation_id is null or s.organisation_id = ?))`;

const COLUMNS = `q.id, q.type, q.competence_code, q.level, q.languages, q.question, q.organisation_id, o.name as organisation_name`;
export const MOST_GIVEN = 200;

/** What others let the organisation take, by who made it. */
export async function selectGiven(organisationId: string): Promise<GivenQuestion[]> {
  const { rows } = await db().raw(
    `select ${COLUMNS} from ${GIVEN} order by o.name, q.competence_code nulls last, q.level, q.id limit ${MOST_GIVEN}`,
    [organisationId, organisationId],
  );
  return rows;
}

/** Those of these questions that the organisation may take. */
export async function findGiven(organisationId: string, ids: readonly string[]): Promise<GivenQuestion[]> {
  const { rows } = await db().raw(`select ${COLUMNS} from ${GIVEN} and q.id = any(?::uuid[]) order by q.id`, [
    organisationId,
    organisationId,
    ids,
  ] as never);
  return rows;
}

/** Shares own questions with these organisations, all (null among them), or nobody; what was before is replaced. */
export async function putBankShares(
  organisationId: string,
  questionIds: readonly string[],
  shared: readonly (string | null)[],
): Promise<void> {
  await db().raw(
    `delete from bank_shares where question_id in (select id from bank_questions where organisation_id = ? and id = any(?::uuid[]))`,
    [organisationId, questionIds] as never,
  );
  const rows = questionIds.flatMap((question_id) =>
    shared.map((organisation_id) => ({ question_id, organisation_id })),
  );
  for (let at = 0; at < rows.length; at += 500)
    await db()
      .table('bank_shares')
      .insert(rows.slice(at, at + 500));
}
