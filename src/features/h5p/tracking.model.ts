import { db } from '../../lib/db';
import type { CompleteStatement } from './h5p.statements';

/** Where a person left off in a content: one state for each, the newest. */
export interface H5pState {
  organisation_id: string;
  person_id: string;
  content_id: string;
  content_version: number;
  /** JSON text as the player gave it. */
  state: string;
  saved_at: Date;
}

export interface StoredStatement {
  id: string;
  organisation_id: string;
  person_id: string;
  content_id: string;
  /** Given by the browser, so that one sent twice is kept once. */
  key: string;
  verb: string;
  score_share: number | null;
  statement: CompleteStatement;
  stored_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    h5p_states: H5pState;
    xapi_statements: StoredStatement;
  }
}

type Person = { id: string; organisation_id: string };

/** The saved state of this very version; one of an older version would not fit its questions. */
export async function findState(person: Person, contentId: string, version: number): Promise<string | undefined> {
  const row = await db()('h5p_states')
    .where({ organisation_id: person.organisation_id, person_id: person.id, content_id: contentId })
    .where({ content_version: version })
    .first('state');
  return row?.state;
}

export async function putState(person: Person, contentId: string, version: number, state: string): Promise<void> {
  await db()('h5p_states')
    .insert({
      organisation_id: person.organisation_id,
      person_id: person.id,
      content_id: contentId,
      content_version: version,
      state,
      saved_at: new Date(),
    })
    .onConflict(['organisation_id', 'person_id', 'content_id'])
    .merge();
}

/** Keeps a statement once; the same key of the same person again changes nothing. */
export async function insertStatement(statement: Omit<StoredStatement, 'stored_at'>): Promise<void> {
  await db()('xapi_statements')
    .insert({ ...statement, statement: JSON.stringify(statement.statement) as never })
    .onConflict(['organisation_id', 'person_id', 'content_id', 'key'])
    .ignore();
}
