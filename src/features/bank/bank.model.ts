import type { Knex } from 'knex';
import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import type { TypeName } from '../quizzes/question-types/registry';
import { fingerprint, languagesOf, type Written, wordsOf, writtenOf } from './written';

/** Where a question of the bank came from. */
export interface Source {
  kind: 'draft' | 'quiz' | 'file' | 'shared';
  /** Of the draft or of the lesson. */
  id?: string;
  /** What that is called: a title, or the name of a file. */
  title?: string;
  /** Its name and place in a file. */
  name?: string;
  category?: string;
}

/** A question that the organisation keeps for use in its quizzes. */
export interface BankQuestion {
  id: string;
  organisation_id: string;
  type: TypeName;
  competence_code: string | null;
  level: number;
  languages: Language[];
  question: Written;
  fingerprint: string;
  version: number;
  source: Source;
  created_at: Date;
  updated_at: Date;
  removed_at: Date | null;
}

export interface BankFilter {
  words: string;
  competence: string;
  /** 0: any. */
  level: number;
  type: string;
  language: string;
}

export const PER_PAGE = 20;
/** More words than this in a search narrow nothing. */
const MOST_WORDS = 8;

const found = ({ words, competence, level, type, language }: BankFilter) => {
  const each = words.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  return {
    sql: `organisation_id = ? and removed_at is null${each.map(() => " and words ilike '%' || ? || '%'").join('')}
      and (? = '' or competence_code = ?) and (? = 0 or level = ?) and (? = '' or type = ?) and (? = '' or ? = any(languages))`,
    bindings: [
      ...each.map((word) => word.replace(/[\\%_]/g, '\\$&')),
      ...[competence, competence, level, level, type, type, language, language],
    ],
  };
};

const COLUMNS = `id, organisation_id, type, competence_code, level, languages, question, fingerprint, version, source,
  created_at, updated_at, removed_at`;

type Rows<R> = Knex.Raw<{ rows: R[] }>;

/** A page of the organisation's questions, those kept last first, each with how many there are in all. */
export function searchBank(
  organisationId: string,
  filter: BankFilter,
  page: number,
): Rows<BankQuestion & { total: number }> {
  const { sql, bindings } = found(filter);
  return db().raw(
    `select ${COLUMNS}, count(*) over ()::int as total from bank_questions where ${sql}
     order by created_at desc, id limit ${PER_PAGE} offset ?`,
    [organisationId, ...bindings, (page - 1) * PER_PAGE] as never,
  );
}

/** All that a filter finds, at most `most` of them, in the order in which they were kept. */
export function selectBank(organisationId: string, filter: BankFilter, most: number): Promise<BankQuestion[]> {
  const { sql, bindings } = found(filter);
  return db()
    .raw(`select ${COLUMNS} from bank_questions where ${sql} order by created_at, id limit ?`, [
      organisationId,
      ...bindings,
      most,
    ] as never)
    .then(({ rows }) => rows);
}

/** The organisation's questions of these ids; those that were taken away too. */
export async function findBankQuestions(organisationId: string, ids: readonly string[]): Promise<BankQuestion[]> {
  if (ids.length === 0) return [];
  const { rows } = await db().raw(
    `select ${COLUMNS} from bank_questions where organisation_id = ? and id = any(?::uuid[])`,
    [organisationId, [...ids]] as never,
  );
  return rows;
}

export interface NewBankQuestion {
  question: Written;
  source: Source;
}

const columnsOf = (written: Written) => {
  const question = writtenOf(written);
  return {
    type: question.type,
    competence_code: question.competence || null,
    level: question.level,
    languages: languagesOf(question),
    question: JSON.stringify(question),
    words: wordsOf(question),
    fingerprint: fingerprint(question),
  };
};

/** Keeps questions, each once: one that says the same as one that is kept adds nothing. Returns the ids of the new ones. */
export async function insertBankQuestions(
  organisationId: string,
  entries: readonly NewBankQuestion[],
): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < entries.length; at += 200) {
    const rows = entries.slice(at, at + 200).map(({ question, source }) => ({
      ...columnsOf(question),
      organisation_id: organisationId,
      source: JSON.stringify(source),
      // In the order in which they came, though in one statement.
      created_at: db().raw('clock_timestamp()'),
    }));
    const added = await db()
      .table('bank_questions')
      .insert(rows)
      .onConflict(db().raw('(organisation_id, fingerprint) where removed_at is null') as never)
      .ignore()
      .returning('id');
    ids.push(...added.map(({ id }: { id: string }) => id));
  }
  return ids;
}

/** The ids of the questions in the bank that say the same as these, by their fingerprints. */
export async function selectKnown(
  organisationId: string,
  questions: readonly Written[],
): Promise<Map<string, BankQuestion>> {
  const { rows } = await db().raw(
    `select ${COLUMNS} from bank_questions where organisation_id = ? and removed_at is null and fingerprint = any(?::text[])`,
    [organisationId, questions.map(fingerprint)] as never,
  );
  return new Map(rows.map((row: BankQuestion) => [row.fingerprint, row]));
}

/** What it says from now on. False when another question of the bank says the same already, or it is there no more. */
export async function updateBankQuestion(organisationId: string, id: string, question: Written): Promise<boolean> {
  const { languages, ...columns } = columnsOf(question);
  const { rows } = await db().raw(
    `update bank_questions b set type = ?, competence_code = ?, level = ?, languages = ?::text[], question = ?, words = ?,
       fingerprint = ?, version = version + 1, updated_at = now()
     where organisation_id = ? and id = ? and removed_at is null and not exists (select from bank_questions o
       where o.organisation_id = b.organisation_id and o.removed_at is null and o.fingerprint = ? and o.id <> b.id) returning id`,
    [
      ...[columns.type, columns.competence_code, columns.level, languages, columns.question, columns.words],
      ...[columns.fingerprint, organisationId, id, columns.fingerprint],
    ] as never,
  );
  return rows.length === 1;
}

export async function removeBankQuestion(organisationId: string, id: string): Promise<boolean> {
  const { rows } = await db().raw(
    'update bank_questions set removed_at = now() where organisation_id = ? and id = ? and removed_at is null returning id',
    [organisationId, id],
  );
  return rows.length === 1;
}
