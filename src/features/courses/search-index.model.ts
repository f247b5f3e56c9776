import { atomically, db } from '../../lib/db';

/** SQL: whose stems a language has. Easy Finnish is Finnish. */
const tongueOf = (language: string) => `(case ${language} when 'fi-x-selko' then 'fi' else ${language} end)`;
const configOf = (language: string) =>
  `(case ${language} when 'sv' then 'swedish' when 'en' then 'english' else 'finnish' end)::regconfig`;

/**
 * Makes what can be found of courses anew: themselves and their published lessons, in every language variant. Call it in the
 * transaction that changes any of it, after the change.
 */
export async function refreshCourseSearch(courseIds: readonly string[]): Promise<void> {
  await db().table('catalogue_items').whereIn('course_id', courseIds).delete();
  await db().raw(COURSE_ITEMS, [courseIds] as never);
  await db().raw(LESSON_ITEMS, [courseIds] as never);
  await insertEntries(COURSE_TEXTS, courseIds);
  await insertEntries(LESSON_TEXTS, courseIds);
}

/** The same for a path of an organisation, which is found by its name and what it is about. */
export async function refreshPathSearch(pathIds: readonly string[]): Promise<void> {
  await db().table('catalogue_items').whereIn('path_id', pathIds).delete();
  await db().raw(PATH_ITEMS, [pathIds] as never);
  await insertEntries(PATH_TEXTS, pathIds);
}

const AT_ONCE = 20;

/**
 * Makes everything anew: after a restored backup, or when how words are read has changed. Safe at any time, also while others
 * search and publish: courses are made anew a few at a time, each in its publisher's own order of locks, and words that no text
 * has go last. Returns how many courses and paths there are.
 */
export async function rebuildSearch(): Promise<{ courses: number; paths: number }> {
  const courses: string[] = await db().table('courses').orderBy('id').pluck('id');
  const paths: string[] = await db().table('learning_paths').orderBy('id').pluck('id');
  for (const ids of batches(courses))
    await atomically(async () => {
      await db().raw('select from courses where id = any(?::uuid[]) order by id for no key update', [ids] as never);
      await refreshCourseSearch(ids);
    });
  for (const ids of batches(paths))
    await atomically(async () => {
      await db().raw('select from learning_paths where id = any(?::uuid[]) order by id for no key update', [
        ids,
      ] as never);
      await refreshPathSearch(ids);
    });
  await atomically(async () => {
    // Whoever publishes meanwhile waits here: a word that seems to be nowhere may be in the text that they are about to add.
    await db().raw('lock table search_words in share row exclusive mode');
    await db().raw(RIGHT_STEMS);
    await db().raw(OLD_WORDS);
  });
  return { courses: courses.length, paths: paths.length };
}

const batches = (ids: readonly string[]) =>
  Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, n) => ids.slice(n * AT_ONCE, (n + 1) * AT_ONCE));

const RIGHT_STEMS = `
  update search_words w set stem = s.stem, key = oppiva_word_key(w.tongue, s.stem)
  from search_words o cross join lateral (
    select (tsvector_to_array(to_tsvector(${configOf('o.tongue')}, o.word)))[1] as stem) s
  where o.tongue = w.tongue and o.word = w.word and s.stem is not null
    and (w.stem <> s.stem or w.key <> oppiva_word_key(w.tongue, s.stem))`;
const OLD_WORDS = `
  delete from search_words w where not exists (
    select from search_entries e where e.tongue = w.tongue and e.words @@ cast(quote_literal(w.word) as tsquery))`;

const COURSE_ITEMS = `
  insert into catalogue_items (organisation_id, kind, course_id, minutes, level, bands, competences, languages)
  select c.organisation_id, 'course', c.id, c.minutes, k.level, k.bands, k.codes,
    array(select t.language from course_texts t where t.course_id = c.id order by 1)
  from courses c cross join lateral (
    select min(k.from_level) as level, coalesce(array_agg(k.competence_code order by k.competence_code), '{}') as codes,
      array(select distinct (n + 1) / 2 from course_competences x, generate_series(x.from_level, x.to_level) n
        where x.course_id = c.id order by 1) as bands
    from course_competences k where k.course_id = c.id) k
  where c.id = any(?::uuid[])`;

const LESSON_ITEMS = `
  insert into catalogue_items (organisation_id, kind, course_id, lesson_id, position, minutes, level, bands, competences,
    audience, languages)
  select l.organisation_id, case when l.kind in ('quiz', 'h5p') then 'practice' else 'lesson' end, l.course_id, l.id,
    l.position, l.minutes, l.level, case when l.level is null then '{}' else array[(l.level + 1) / 2] end,
    array(select k.competence_code from lesson_competences k where k.lesson_id = l.id order by 1), l.audience,
    array(select t.language from lesson_texts t where t.lesson_id = l.id order by 1)
  from lessons l where l.course_id = any(?::uuid[]) and l.published_at is not null`;

const PATH_ITEMS = `
  insert into catalogue_items (organisation_id, kind, path_id, minutes, competences, bands, languages)
  select p.organisation_id, 'path', p.id,
    coalesce((select sum(c.minutes) from path_courses x join courses c on c.id = x.course_id where x.path_id = p.id), 0),
    array(select distinct k.competence_code from path_courses x join course_competences k using (course_id)
      where x.path_id = p.id order by 1),
    array(select distinct (n + 1) / 2 from path_courses x join course_competences k using (course_id),
      generate_series(k.from_level, k.to_level) n where x.path_id = p.id order by 1),
    array(select t.language from learning_path_texts t where t.path_id = p.id order by 1)
  from learning_paths p where p.id = any(?::uuid[])`;

const COURSE_TEXTS = `
  select i.id, t.language, t.title, '' as headings, t.summary || coalesce(E'\\n' || (
      select string_agg(m.title || '. ' || m.summary, E'\\n' order by m.module_id) from module_texts m
      join modules o on o.id = m.module_id where o.course_id = i.course_id and m.language = t.language
        and m.title <> t.title), '') as body
  from catalogue_items i join course_texts t using (course_id) where i.lesson_id is null and i.course_id = any(?::uuid[])`;

/** Signs of Markdown and addresses of links are not words of the text. Answers and feedback of a quiz are left out: they tell. */
const LESSON_TEXTS = `
  select i.id, t.language, t.title,
    coalesce((select string_agg(h.line[1], E'\\n') from regexp_matches(t.body, '^#+ *(.*)$', 'gn') h (line)), '') as headings,
    regexp_replace(regexp_replace(t.body, '\\]\\([^)]*\\)', ' ', 'g'), '[*_#\`>|\\[\\]]+|^ *- ', ' ', 'gn')
      || E'\\n' || t.practice || coalesce(E'\\n' || (
      select string_agg(p.prompt, E'\\n' order by q.position, q.id) from lessons l join questions q on q.quiz_id = l.quiz_id
      join question_texts p on p.question_id = q.id and p.language = t.language
      where l.id = i.lesson_id and q.retired_at is null), '') as body
  from catalogue_items i join lesson_texts t using (lesson_id) where i.course_id = any(?::uuid[])`;

const PATH_TEXTS = `
  select i.id, t.language, t.title, '' as headings, t.summary as body
  from catalogue_items i join learning_path_texts t using (path_id) where i.path_id = any(?::uuid[])`;

/**
 * Words are kept both as their language stems them and as they are: names have no stem. A database of the locale C knows no
 * small ä, so letters are made small by ICU.
 */
function insertEntries(texts: string, ids: readonly string[]): Promise<unknown> {
  const small = (text: string) => `lower((${text}) collate "und-x-icu")`;
  const words = (text: string) =>
    `to_tsvector(${configOf('x.language')}, ${small(text)}) || to_tsvector('simple', ${small(text)})`;
  return db().raw(
    `with made as (
       insert into search_entries (item_id, organisation_id, course_id, audience, language, tongue, title, body, title_words,
         heading_words, words)
       select x.id, c.organisation_id, c.course_id, c.audience, x.language, ${tongueOf('x.language')}, x.title, x.body,
         ${words('x.title')}, ${words('x.headings')}, ${words("x.title || E'\\n' || x.body")}
       from (${texts}) x join catalogue_items c on c.id = x.id returning tongue, language, title, body)
     insert into search_words (tongue, word, stem, key)
     select w.tongue, w.word, s.stem, oppiva_word_key(w.tongue, s.stem)
     from (select distinct m.tongue, u.word from made m,
       unnest(tsvector_to_array(to_tsvector('simple', ${small("m.title || E'\\n' || m.body")}))) u (word)
       where length(u.word) between 2 and 60 and u.word !~ '[[:digit:][:punct:][:space:]]') w
     cross join lateral (select (tsvector_to_array(to_tsvector(${configOf('w.tongue')}, w.word)))[1] as stem) s
     where s.stem is not null and not exists (select from search_words k where k.tongue = w.tongue and k.word = w.word)
     order by 1, 2
     on conflict do nothing`,
    [ids] as never,
  );
}
