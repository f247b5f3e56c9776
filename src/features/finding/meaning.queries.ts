import { db } from '../../lib/db';
import { OWN_FIRST, VISIBLE_COURSES } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import type { Tongue } from './other-words';

/** What a word may mean in the texts of one tongue. */
export interface Meaning {
  word: string;
  tongue: Tongue;
  /** Stems of words that are a form of it, begin with it or have it inside; of many the shortest. */
  stems: string[];
  /** For a word that no text has: words that look like it, of texts the reader may see, the most alike first. */
  near: { word: string; stem: string }[];
  /** The same with its double letters as some text that the reader may see has them; null when it is written right. */
  spelt: string | null;
}

/** SQL: the courses that the organisation :organisation may use, once for a statement. */
export const VISIBLE = `${VISIBLE_COURSES} ${OWN_FIRST}`.replaceAll('?', ':organisation');

/** A word to look up, in one tongue or, null, in all. */
export interface AskedWord {
  word: string;
  tongue: Tongue | null;
}

/** Reads what each word may mean. One statement, whatever the number of words. */
export async function readMeanings(actor: Actor, words: readonly AskedWord[]): Promise<Meaning[]> {
  const { rows } = await db().raw(MEANINGS, {
    words: words.map(({ word }) => word),
    tongues: words.map(({ tongue }) => tongue),
    organisation: actor.organisation_id,
    audiences: [...audiencesOf(actor)],
  } as never);
  return rows;
}

/** SQL: which texts `e` the reader may see, in a statement with `visible`, :organisation and :audiences. */
export const MAY_READ = `(e.audience = '{}' or e.audience && cast(:audiences as text[]))
  and (e.course_id in (select v.id from visible v) or (e.course_id is null and e.organisation_id = :organisation))`;

/** SQL: whether some text that the reader may see has the stem; in a query about `f` with `visible`. */
const MAY_SEE = (stem: string) => `exists (select from search_entries e
      where e.tongue = f.tongue and e.words @@ cast(quote_literal(${stem}) as tsquery) and ${MAY_READ})`;
/** SQL: a word without its double letters. */
const SINGLE = (word: string) => `regexp_replace(${word}, '(.)\\1', '\\1', 'g')`;

const MEANINGS = `
  with visible as (${VISIBLE}),
  typed as materialized (
    select q.word, q.n, t.tongue, s.stem, oppiva_word_key(t.tongue, s.stem) as key
    from unnest(cast(:words as text[]), cast(:tongues as text[])) with ordinality q (word, tongue, n)
    join (values ('fi', cast('finnish' as regconfig)), ('sv', 'swedish'), ('en', 'english')) t (tongue, config)
      on q.tongue is null or t.tongue = q.tongue
    cross join lateral (select coalesce((tsvector_to_array(to_tsvector(t.config, q.word)))[1], q.word) as stem) s),
  known as materialized (
    select y.*, array(select stem from (
      select distinct w.stem from search_words w where w.tongue = y.tongue and (
        w.stem = y.stem or w.word = y.word or w.key = y.key
        or (length(y.key) >= 7 and w.key = any(array[left(y.key, -1), left(y.key, -2)]))
        or (length(y.word) >= 5 and w.word = any(array[left(y.word, -1), left(y.word, -2)]))
        or (length(y.word) >= 3 and w.word like y.word || '%')
        or (length(y.key) >= 4 and w.key like y.key || '%')
        or (length(y.key) >= 5 and w.key like '%' || y.key || '%'))) d
      order by length(stem), stem limit 40) as stems
    from typed y),
  found as materialized (
    select k.*, (select true from search_words w where w.tongue = any(array['fi', 'sv', 'en']) and w.word = k.word
      limit 1) is null as is_unknown, max(cardinality(k.stems)) over (partition by k.n) = 0 as is_strange from known k)
  select f.word, f.tongue, f.stems, case when f.is_strange and length(f.word) >= 4 then coalesce((
    select jsonb_agg(jsonb_build_object('word', c.word, 'stem', c.stem) order by c.alike desc, c.word)
    from (select w.word, w.stem, similarity(w.word, f.word) as alike from search_words w
      where w.tongue = f.tongue and w.word % f.word order by 3 desc, 1 limit 12) c
    where ${MAY_SEE('c.stem')}), '[]') else '[]' end as near,
    case when f.is_unknown and length(f.word) >= 4 then (select c.word from search_words c
      where c.tongue = f.tongue and c.key = f.key and ${SINGLE('c.word')} = ${SINGLE('f.word')} and ${MAY_SEE('c.stem')}
      order by c.word limit 1) end as spelt
  from found f order by f.n, f.tongue`;
