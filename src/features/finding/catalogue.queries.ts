import type { Knex } from 'knex';
import { db } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import type { Picture } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import type { Asked } from './asked';
import type { CatalogueQuery, Filter, Kind } from './catalogue.schema';
import { VISIBLE } from './meaning.queries';
import { TONGUES } from './other-words';

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
  /** How many there would be with each value of a filter, the other filters as they are. */
  counts: { filter: Filter; value: string; count: number }[];
}

export const PER_PAGE = 24;

type Rows<R> = Knex.Raw<{ rows: R[] }>;

/**
 * A page of what the actor may find, and how much each filter would leave. `asked` limits it to texts that have the words: a
 * title tells more than a heading, a heading more than the text; then the reader's own language and level. With `some` the
 * texts that have most of the words come first. Without words begun courses come first and ready ones last. One statement.
 */
export function selectCatalogue(actor: Actor, query: CatalogueQuery, asked?: Asked, some = false): Rows<Catalogue> {
  const hits = asked ? (some ? SOME_HITS : HITS) : NO_HITS;
  const words = Object.fromEntries(TONGUES.map((tongue) => [tongue, asked ? wanted(asked, tongue, some) : null]));
  const parts = Object.fromEntries(TONGUES.map((tongue) => [`${tongue}Parts`, asked?.any[tongue] ?? []]));
  return db().raw(catalogue(hits, asked !== undefined), {
    ...words,
    ...(some ? parts : {}),
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
    limit: PER_PAGE,
    offset: (query.page - 1) * PER_PAGE,
  } as never);
}

const wanted = ({ all, any }: Asked, tongue: 'fi' | 'sv' | 'en', some: boolean) =>
  some ? any[tongue].join('|') || null : all[tongue];

const NO_HITS = '';

/** What is asked in each tongue. It is long, so it is never carried along with the rows that it finds. */
const QUERIES = `
  queries (tongue, query) as (
    values ('fi', cast(:fi as tsquery)), ('sv', cast(:sv as tsquery)), ('en', cast(:en as tsquery))),`;

/** SQL: the texts with the words in a column, each by an index of its own. */
const found = (column: string, place: number, missing = '0') => `
  select e.item_id, e.language, ${missing} as missing, ${place} as place,
    array_position(cast(:languages as text[]), e.language) as nearness
  from queries x join search_entries e on e.tongue = x.tongue and e.${column} @@ x.query`;
const EVERYWHERE = (missing?: string) =>
  [found('title_words', 0, missing), found('heading_words', 1, missing), found('words', 2, missing)].join(
    ' union all ',
  );

/** The best text of each item: where the words are, then whose language it is. */
const HITS = `${QUERIES}
  hits as materialized (
    select distinct on (item_id) * from (${EVERYWHERE()}) e order by item_id, place, nearness),`;

/** The same where no text has all words: those with most of them first. */
const SOME_HITS = `${QUERIES}
  parts as (values ('fi', cast(:fiParts as text[])), ('sv', cast(:svParts as text[])), ('en', cast(:enParts as text[]))),
  hits as materialized (
    select distinct on (item_id) * from (${EVERYWHERE(
      '(select count(*) from parts p (tongue, list), unnest(p.list) part where p.tongue = e.tongue and not e.words @@ cast(part as tsquery))',
    )}) e order by item_id, missing, place, nearness),`;

const OTHERS: Record<Filter, string> = {
  kind: 'in_kind',
  lang: 'in_lang',
  time: 'in_time',
  level: 'in_level',
  skill: 'in_skill',
  left: 'in_left',
};
const ALL = Object.values(OTHERS).join(' and ');
const without = (filter: Filter) =>
  Object.entries(OTHERS)
    .filter(([name]) => name !== filter)
    .map(([, column]) => column)
    .join(' and ');
const count = (filter: Filter, value: string, from = 'base b', where = 'true') =>
  `select '${filter}' as filter, cast(${value} as text) as value, count(*)::int as count from ${from}
   where ${without(filter)} and ${where} group by 2`;

const COUNTS = [
  count('kind', 'b.kind'),
  count('lang', 'l', 'base b, unnest(b.languages) l'),
  count('time', 'm', 'base b, unnest(array[15, 30, 60]) m', 'b.minutes <= m'),
  count('level', 'n', 'base b, unnest(b.bands) n'),
  count('skill', 'k', 'base b, unnest(b.competences) k'),
  count('left', "'yes'", 'base b', 'not b.is_done'),
].join(' union all ');

const marks = (text: string, options: string) =>
  `ts_headline(case x.tongue when 'sv' then cast('swedish' as regconfig) when 'en' then 'english' else cast('finnish' as regconfig) end, ${text}, (select q.query from queries q where q.tongue = x.tongue),
    'StartSel="' || chr(57344) || '", StopSel="' || chr(57345) || '", ${options}')`;

const catalogue = (hits: string, isSearch: boolean) => `
  with visible as materialized (${VISIBLE}),
  own as (select coalesce(avg(level), 2) as level from skill_estimates
    where organisation_id = :organisation and person_id = :person),
  ${hits}
  base as materialized (
    select i.id, i.kind, i.course_id, i.lesson_id, i.path_id, i.position, i.minutes, i.level, i.bands, i.competences,
      i.languages, v.slug, v.picture, v.created_at as since, e.last_seen_at,
      ${isSearch ? 'h.language, h.missing, h.place, h.nearness,' : ''}
      case when i.lesson_id is null then e.completed_at is not null else p.completed_at is not null end as is_done,
      case when i.lesson_id is null then e.started_at is not null else p.opened_at is not null end as is_started,
      (cast(:kind as text) is null or i.kind = :kind) as in_kind,
      (cast(:lang as text) is null or :lang = any(i.languages)) as in_lang,
      (cast(:time as int) is null or i.minutes <= :time) as in_time,
      (cast(:level as int) is null or :level = any(i.bands)) as in_level,
      (cast(:skill as text) is null or :skill = any(i.competences)) as in_skill,
      (not cast(:left as boolean) or case when i.lesson_id is null then e.completed_at else p.completed_at end is null)
        as in_left
    from ${isSearch ? 'hits h join catalogue_items i on i.id = h.item_id' : 'catalogue_items i'}
    left join visible v on v.id = i.course_id
    left join enrolments e on e.organisation_id = :organisation and e.person_id = :person and e.course_id = i.course_id
    left join lesson_progress p on p.organisation_id = :organisation and p.person_id = :person and p.lesson_id = i.lesson_id
    where (v.id is not null or (i.course_id is null and i.organisation_id = :organisation))
      and (i.audience = '{}' or i.audience && cast(:audiences as text[]))),
  page as (
    select b.*, row_number() over () as n from (
      select * from base where ${ALL}
      order by ${isSearch ? 'missing, place, nearness, abs(coalesce(level, 2) - (select level from own)),' : ''}
        is_done, not is_started, ${isSearch ? '' : 'last_seen_at desc nulls last,'} since nulls last, slug, position, id
      limit :limit offset :offset) b)
  select (select count(*)::int from base where ${ALL}) as total,
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
        ${isSearch ? 'and e.language = p.language' : 'order by array_position(cast(:languages as text[]), e.language) limit 1'}) x
    ), '[]') as items,
    coalesce((select jsonb_agg(c) from (${COUNTS}) c), '[]') as counts`;
