import { rebuildSearch } from '../features/courses/search-index.model';
import { openDatabase, useDatabase } from '../lib/db';
import { openAsOwner } from '../lib/migrate';

const PER_COURSE = 5;
const WORDS = 160;

/**
 * Adds lessons to a loaded demo, in courses of five that all may use, until there are so many: each in Finnish, Swedish and English, of
 * words that are spread as words of a language are (a few everywhere, most seldom). Then makes what is found anew.
 */
export async function addLessons(ownerUrl: string, lessons: number): Promise<void> {
  const owner = openAsOwner(ownerUrl);
  const pool = openDatabase({ connectionString: ownerUrl, poolSize: 2 });
  const before = useDatabase(pool);
  try {
    const { rows } = await owner.raw("select count(*)::int as n from courses where slug like 'made-%'");
    if (rows[0].n * PER_COURSE >= lessons) return;
    await owner.raw(MAKE, { courses: Math.ceil(lessons / PER_COURSE), each: PER_COURSE, words: WORDS });
    await rebuildSearch();
    // What was written is settled before anything is measured, as the database does by itself in time.
    await owner.raw('vacuum analyze');
  } finally {
    if (before) useDatabase(before);
    await pool.destroy();
    await owner.destroy();
  }
}

/** Words of the demo's own lessons with endings, so that there are as many as a language has. Nothing is left to chance. */
const MAKE = `
  with keeper as (select organisation_id from courses where exchange_id is not null limit 1),
  endings as (select * from unnest(array['', 'lla', 'sta', 'ksi', 'nsa', 'palvelu', 'viesti', 'laite', 'ohje',
    'kurssi', 'neuvoja', 'kortti', 'sovellus', 'tieto', 'tuki', 'verkko']) with ordinality e (ending, n)),
  said as (
    select language, lower(w) as word, count(*) as times from lesson_texts,
      regexp_split_to_table(regexp_replace(body, '[^[:alpha:]äöåÄÖÅ]+', ' ', 'g'), ' +') w
    where language in ('fi', 'sv', 'en') and length(w) > 1 group by 1, 2),
  words as materialized (
    select language, array_agg(word || ending order by times desc, n, word) as list
    from said, endings where n = 1 or length(word) > 4 group by 1),
  made_courses as (
    insert into courses (organisation_id, slug, picture, minutes, lessons_total, published_at)
    select organisation_id, 'made-' || c, (array['lock', 'message', 'video', 'path'])[1 + c % 4], 40, :each, now()
    from keeper, generate_series(1, :courses) c returning id, organisation_id, slug),
  numbered as (select *, substr(slug, 6)::int as c from made_courses),
  shared as (insert into course_shares (course_id) select id from numbered),
  named as (
    insert into course_texts (course_id, language, title, summary)
    select id, language, initcap(list[1 + (c * 37) % cardinality(list)]) || ' ' || list[1 + (c * 91) % cardinality(list)],
      list[1 + (c * 53) % cardinality(list)] || ' ' || list[1 + (c * 7) % cardinality(list)] from numbered, words),
  skilled as (
    insert into course_competences (course_id, competence_code, from_level, to_level)
    select id, (1 + c % 5) || '.' || (1 + c % 3), 1 + c % 4, 2 + c % 5 from numbered),
  made_modules as (
    insert into modules (course_id, position) select id, 1 from numbered returning id, course_id),
  made_lessons as (
    insert into lessons (organisation_id, course_id, module_id, slug, position, kind, minutes, level, published_at)
    select n.organisation_id, n.id, m.id, 'l' || k, k, 'text', 3 + (n.c + k) % 20, 1 + (n.c + k) % 5, now()
    from numbered n join made_modules m on m.course_id = n.id cross join generate_series(1, :each) k
    returning id, course_id, position),
  skills as (
    insert into lesson_competences (lesson_id, competence_code)
    select l.id, (1 + n.c % 5) || '.' || (1 + n.c % 3) from made_lessons l join numbered n on n.id = l.course_id)
  insert into lesson_texts (lesson_id, language, title, body)
  select l.id, w.language, initcap(w.list[1 + (n.c * 13 + l.position * 101) % cardinality(w.list)]) || ' '
      || w.list[1 + (n.c * 29 + l.position * 17) % cardinality(w.list)],
    (select string_agg(w.list[1 + floor(power(((n.c * 7919 + l.position * 104729 + k * 1299709) % 99991) / 99991.0, 3)
      * cardinality(w.list))::int % cardinality(w.list)], ' ') from generate_series(1, :words) k)
  from made_lessons l join numbered n on n.id = l.course_id cross join words w`;
