import { db } from '../../lib/db';
import type { HardWord, Spoken } from './hard-words';

/** How a word is said, first the form that its explanation is headed by, and what it means. */
export interface WordText {
  words: string[];
  about: string;
}
export type WordTexts = Partial<Record<Spoken, WordText>>;

/** A hard word that an organisation explains to its own people. */
export interface OwnWord {
  id: string;
  texts: WordTexts;
}

/** Enough for the language of any organisation, and a bound for what a page of a lesson looks for. */
export const MOST_WORDS = 500;

const WORDS = `select w.id, coalesce((select jsonb_object_agg(t.language, jsonb_build_object('words', t.words, 'about', t.about))
    from own_word_texts t where t.word_id = w.id), '{}') as texts
  from own_words w where w.organisation_id = ? and w.removed_at is null`;

export async function selectOwnWords(organisationId: string): Promise<OwnWord[]> {
  const { rows } = await db().raw(`${WORDS} order by w.id`, [organisationId]);
  return rows;
}

export async function findOwnWord(organisationId: string, id: string): Promise<OwnWord | undefined> {
  const { rows } = await db().raw(`${WORDS} and w.id = ?`, [organisationId, id]);
  return rows[0];
}

/** SQL, one binding: when the words of the organisation changed last; null while it has none. A text, exact to the microsecond. */
export const OWN_WORDS_AT = '(select max(w.changed_at)::text from own_words w where w.organisation_id = ?)';

/** The organisation's words of one language as texts are explained by them. */
export async function selectOwnHardWords(organisationId: string, language: Spoken): Promise<HardWord[]> {
  const { rows } = await db().raw(
    `select w.id, t.words[1] as word, t.words as forms, t.about from own_words w
     join own_word_texts t on t.word_id = w.id and t.language = ?
     where w.organisation_id = ? and w.removed_at is null order by w.id`,
    [language, organisationId],
  );
  return rows;
}

/** Forms, in lower letters, that other words of the organisation have in a language; empty when all are free. */
export async function selectTaken(organisationId: string, id: string, language: Spoken, forms: string[]) {
  const { rows } = await db().raw<{ rows: { form: string }[] }>(
    `select distinct form from own_words w join own_word_texts t on t.word_id = w.id and t.language = ?,
       unnest(t.words) form
     where w.organisation_id = ? and w.id <> ? and w.removed_at is null and lower(form) = any(?::text[])`,
    [language, organisationId, id, forms.map((form) => form.toLowerCase())],
  );
  return rows.map(({ form }) => form);
}

export async function countOwnWords(organisationId: string): Promise<number> {
  const row = await db()
    .table('own_words')
    .where({ organisation_id: organisationId, removed_at: null })
    .count('* as total')
    .first();
  return Number(row?.total);
}

/** False when the word is there already. */
export async function insertOwnWord(organisation_id: string, id: string): Promise<boolean> {
  const rows = await db().table('own_words').insert({ id, organisation_id }).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

/** Writes that the word changed, or is no longer there. False when the organisation has no such word. */
export async function touchOwnWord(organisation_id: string, id: string, isRemoved = false): Promise<boolean> {
  const now = db().raw('clock_timestamp()');
  const touched = await db()
    .table('own_words')
    .where({ organisation_id, id, removed_at: null })
    .update({ changed_at: now, ...(isRemoved && { removed_at: now }) });
  return touched > 0;
}

export async function replaceTexts(organisation_id: string, word_id: string, texts: WordTexts): Promise<void> {
  await db().table('own_word_texts').where({ organisation_id, word_id }).delete();
  await db()
    .table('own_word_texts')
    .insert(Object.entries(texts).map(([language, text]) => ({ organisation_id, word_id, language, ...text })));
}
