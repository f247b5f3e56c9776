import type { Knex } from 'knex';
import { db } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import type { Picture } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import type { Asked } from './asked';
import { type CatalogueQuery, FILTERS, type Filter, type Kind } from './catalogue.schema';
import { MAY_READ, VISIBLE } from './meaning.queries';
import { TONGUES, type Tongue } from './other-words';

/** A course, lesson, practice or path as the catalogue lists it. Marks in texts: see marked.ts. */
export interface Item {
  id: string;
  kind: Kind;
  course_id: string | null;
  lesson_id: string | null;
  course_slug: string | null;
  lesson_slug: string | null;
  path_slug: string | null;
  lesson_kind: string | null;
  picture: Picture | null;
  course_title: string | null;
  minutes: number;
  /** Of a course: lessons that are meant for the reader. */
  lessons: number;
  language: Language;
  title: string;
  body: string;
  is_started: boolean;
  is_done: boolean;
  is_kept: boolean;
}

export interface Catalogue {
  items: Item[];
  total: number;
  /** There are more than the total: so many texts have the words that not all were looked at. */
  total_is_least: boolean;
  /** How many there would be with each value of a filter, the other filters as they are; of very many only the skills. */
  counts: { filter: Filter; value: string; count: number }[];
  counts_are_least: boolean;
}

/** Courses on a page; of what a search found, half as many. */
export const PER_PAGE = 24;
export const perPage = ({ q }: CatalogueQuery) => (q === '' ? PER_PAGE : PER_PAGE / 2);

/** So many texts are looked at for one search; more of them tell a reader nothing but that a word is common. */
export const MOST_TEXTS = 500;

type Rows<R> = Knex.Raw<{ rows: R[] }>;

/**
 * A page of what the actor may find, and how much each filter would leave. `asked` limits it to texts that have the words: a
 * title tells more than a heading, a heading more than the text; then the reader's own language and level. With `some` the
 * texts that have most of the words come first. Without words begun courses come first and ready ones last. One statement.
 */
export function selectCatalogue(
  actor: Actor,
  query: CatalogueQuery,
  { asked, some = false, most = MOST_TEXTS }: { asked?: Asked | undefined; some?: boolean; most?: number } = {},
): Rows<Catalogue> {
  const words = Object.fromEntries(TONGUES.map((tongue) => [tongue, asked ? wanted(asked, tongue, some) : []]));
  const parts = Object.fromEntries(TONGUES.map((tongue) => [`${tongue}Parts`, asked?.any[tongue] ?? []]));
  const isFiltered = FILTERS.some((filter) => query[filter] !== undefined);
  return db().raw(statementFor(asked !== undefined, some, isFiltered), {
    ...words,
    ...(some ? parts : {}),
    ...(asked ? { most: some ? ALL_TEXTS : most } : {}),
    organisation: actor.organisation_id,
    person: actor.id,
    audiences: [...audiencesOf(actor)],
    languages: contentLanguages(query.lang ?? actor.content_language),
    kind: query.kind ?? (asked ? null : 'course'),
    lang: query.lang ?? null,
    time: query.time ?? null,
    level: query.level ?? null,
    skill: query.skill ?? null,
    left: query.left === 'yes',
    limit: perPage(query),
    offset: (query.page - 1) * perPage(query),
  } as never);
}

/** Where some word is nowhere, the text with the most of the others may be the last one looked at. */
const ALL_TEXTS = 1_000_000;

function statementFor(isSearch: boolean, some: boolean, isFiltered: boolean): string {
  if (!isSearch) return catalogue('', isFiltered);
  return catalogue(`${QUERIES}${some ? PARTS : ''}${everywhere(some ? MISSING : '0', isFiltered)}`, isFiltered);
}

const wanted = ({ all, any }: Asked, tongue: Tongue, some: boolean) => (some ? any : all)[tongue];

/** What is asked in each tongue. It is long, so it is never carried along with the rows that it finds. */
const QUERIES = `
  ways as (
    values ('fi', cast(:fi as text[])), ('sv', cast(:sv as text[])), ('en', cast(:en as text[]))),
  queries as materialized (
    select tongue, cast(way as tsquery) as query from ways w (tongue, list), unnest(w.list) way),
  marked as materialized (
    select tongue, cast(nullif(array_to_string(list, '|'), '') as tsquery) as query from ways w (tongue, list)),`;
const PARTS = `
  parts as (values ('fi', cast(:fiParts as text[])), ('sv', cast(:svParts as text[])), ('en', cast(:enParts as text[]))),`;
const MISSING = `(select count(*) from parts p (tongue, list), unnest(p.list) part
  where p.tongue = e.tongue and not e.words @@ cast(part as tsquery))`;

/**
 * SQL: the texts with the words in a column, each by an index of its own. The rank is a number, so that the least is the best:
 * how many words are missing, where they are, and in its last three bits whose language it is.
 */
const found = (column: string, place: number, missing: string) => `
  select e.item_id, ${missing} * 64 + ${place * 8} + array_position(cast(:languages as text[]), e.language) as rank
  from queries x cross join lateral (select * from search_entries e where e.tongue = x.tongue and e.${column} @@ x.query offset 0) e
  where ${MAY_READ}`;

/** Titles, then headings, then texts: whoever takes only the first rows has the best ones. Read whole only to be filtered. */
const everywhere = (missing: string, isFiltered: boolean) => `
  everywhere as ${isFiltered ? '' : 'not'} materialized (${[found('title_words', 0, missing), found('heading_words', 1, missing), found('words', 2, missing)].join(' union all ')}),
  seen as materialized (select * from everywhere limit :most),`;

const BEST = 'select item_id, min(rank) as rank';

/** SQL: what each filter asks of an item. */
const FITS: Record<Filter, string> = {
  kind: '(cast(:kind as text) is null or kind = :kind)',
  lang: '(cast(:lang as text) is null or :lang = any(languages))',
  time: '(cast(:time as int) is null or minutes <= :time)',
  level: '(cast(:level as int) is null or :level = any(bands))',
  skill: '(cast(:skill as text) is null or :skill = any(competences))',
  left: '(not cast(:left as boolean) or not is_done)',
};
const ALL = Object.values(FITS).join(' and ');
const without = (filter: Filter) =>
  Object.entries(FITS)
    .filter(([name]) => name !== filter)
    .map(([, fits]) => fits)
    .join(' and ');
const LASTING = without('left');

const count = (filter: Filter, value: string, from = '', where = '(select not is_least from counted)') =>
  `select '${filter}' as filter, cast(${value} as text) as value, sum(n)::int as count from alike b${from}
   where ${without(filter)} and ${where} group by 2`;

const COUNTS = [
  count('kind', 'b.kind'),
  count('lang', 'l', ', unnest(b.languages) l'),
  count('time', 'm', ', unnest(array[15, 30, 60]) m', 'b.minutes <= m and (select not is_least from counted)'),
  count('level', 'l', ', unnest(b.bands) l'),
  count('skill', 'k', ', unnest(b.competences) k', 'true'),
  count('left', "'yes'", '', 'not b.is_done and (select not is_least from counted)'),
].join(' union all ');

const marks = (text: string, options: string) =>
  `ts_headline(case x.tongue when 'sv' then cast('swedish' as regconfig) when 'en' then 'english' else cast('finnish' as regconfig) end, ${text}, (select q.query from marked q where q.tongue = x.tongue),
    'StartSel="' || chr(57344) || '", StopSel="' || chr(57345) || '", ${options}')`;

/** SQL: items as they are counted and put in order, `from` those with a rank, or all. */
const itemsOf = (from: string) => `
    select i.id, i.kind, i.course_id, i.lesson_id, i.path_id, i.position, i.minutes, i.level, i.bands, i.competences,
      i.languages, i.facet, ${from ? 'h.rank,' : ''} v.slug, v.picture, v.created_at as since, e.last_seen_at,
      case when i.lesson_id is null then e.completed_at is not null else p.completed_at is not null end as is_done,
      case when i.lesson_id is null then e.started_at is not null else p.opened_at is not null end as is_started
    from ${from ? `(${from}) h cross join lateral (select * from catalogue_items where id = h.item_id offset 0) i` : 'catalogue_items i'}
    left join visible v on v.id = i.course_id
    left join enrolments e on e.organisation_id = :organisation and e.person_id = :person and e.course_id = i.course_id
    left join lesson_progress p on p.organisation_id = :organisation and p.person_id = :person and p.lesson_id = i.lesson_id
    where (v.id is not null or (i.course_id is null and i.organisation_id = :organisation))
      and (i.audience = '{}' or i.audience && cast(:audiences as text[]))`;

/**
 * SQL: what fits every filter. A search with filters looks for these once more, because it may not have seen them all; as 'is
 * true' PostgreSQL makes a hash of what fits and cannot turn it into a loop that searches anew for each item.
 */
const chosenOf = (isSearch: boolean, isFiltered: boolean) =>
  isSearch && isFiltered
    ? `fitting as materialized (
        select * from everywhere where (item_id in (select id from catalogue_items where ${LASTING})) is true limit :most),
      chosen as (select * from (${itemsOf(`${BEST} from fitting group by 1`)}) b where ${ALL}),`
    : `chosen as (select * from base where ${ALL}),`;

const catalogue = (hits: string, isFiltered: boolean) => {
  const isSearch = hits !== '';
  return `
  with visible as materialized (${VISIBLE}),
  own as (select coalesce(avg(level), 2) as level from skill_estimates
    where organisation_id = :organisation and person_id = :person),
  ${hits}
  base as materialized (${itemsOf(isSearch ? `${BEST} from seen group by 1` : '')}),
  ${chosenOf(isSearch, isFiltered)}
  counted as materialized (select ${isSearch ? 'count(*) = :most as is_least from seen' : 'false as is_least'}),
  alike as materialized (
    select facet, is_done, count(*) as n, any_value(kind) as kind, any_value(languages) as languages, any_value(minutes) as minutes,
      any_value(bands) as bands, any_value(competences) as competences from base group by 1, 2),
  page as (
    select b.*, row_number() over () as n from (
      select * from chosen
      order by ${isSearch ? 'rank, abs(coalesce(level, 2) - (select level from own)),' : ''}
        is_done, not is_started, ${isSearch ? '' : 'last_seen_at desc nulls last,'} since nulls last, slug, position, id
      limit :limit offset :offset) b)
  select (select count(*)::int from chosen) as total,
    ${isSearch ? `(select count(*) = :most from ${isFiltered ? 'fitting' : 'seen'})` : 'false'} as total_is_least,
    (select is_least from counted) as counts_are_least,
    coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'course_id', p.course_id,
      'lesson_id', p.lesson_id, 'course_slug', p.slug, 'lesson_slug', l.slug, 'lesson_kind', l.kind, 'path_slug', a.slug,
      'picture', p.picture, 'minutes', p.minutes, 'language', x.language, 'is_started', p.is_started, 'is_done', p.is_done,
      'title', ${isSearch ? marks('x.title', 'HighlightAll=true') : 'x.title'},
      'body', ${isSearch ? marks('x.body', 'MaxFragments=2, MaxWords=18, MinWords=8') : 'case when l.id is null then x.body else left(x.body, 160) end'},
      'is_kept', exists (select from bookmarks k where k.organisation_id = :organisation and k.person_id = :person
        and k.course_id is not distinct from p.course_id and k.lesson_id is not distinct from p.lesson_id),
      'course_title', case when l.id is not null then (select t.title from course_texts t where t.course_id = p.course_id
        order by array_position(cast(:languages as text[]), t.language) limit 1) end,
      'lessons', case when p.kind = 'course' then (select count(*)::int from lessons n where n.course_id = p.course_id
        and n.published_at is not null and (n.audience = '{}' or n.audience && cast(:audiences as text[]))) else 0 end)
      order by p.n)
      from page p
      left join lessons l on l.id = p.lesson_id
      left join learning_paths a on a.id = p.path_id
      cross join lateral (select e.language, e.tongue, e.title, e.body from search_entries e where e.item_id = p.id
        ${isSearch ? 'and e.language = (cast(:languages as text[]))[p.rank % 8]' : 'order by array_position(cast(:languages as text[]), e.language) limit 1'}) x
    ), '[]') as items,
    coalesce((select jsonb_agg(c) from (${COUNTS}) c), '[]') as counts`;
};
