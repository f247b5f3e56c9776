import { addCalendarDays, type Day, dayOf, monthEndBefore } from '../../lib/calendar';
import { db, together } from '../../lib/db';
import { THEMES } from '../loop/themes';
import type { Actor } from '../organisations/organisations.model';
import { MUNICIPALITIES } from '../places/areas';
import { newestMonthEnd, usualPeriod } from '../reports/period';
import { mayReadReports } from '../reports/reports.policy';
import { readCoverage, WHOLE_ORGANISATION } from '../reports/reports.queries';
import type { Space } from '../spaces/spaces.model';
import { ALL } from './by-area';
import { type Needs, needsOf } from './needs';
import { findNeeds, keepNeeds, type NeedsKey } from './needs.model';
import { type LessonSource, type Picture, type PlaceSource, pictureOf } from './picture';
import { readSupport } from './support.queries';

type Raw<T> = PromiseLike<{ rows: T[] }>;

/** Whose picture: the reader's organisation's, or that of a space's organisations together. */
export interface Whose {
  space: Space | undefined;
  /** A region or a municipality; '' all. */
  area: string;
}

const MONTHS = 12;
const UNKNOWN = 'unknown';

const REGION_OF = new Map(MUNICIPALITIES.map(({ code, parent_code }) => [code, parent_code ?? UNKNOWN]));

/** The region of a municipality. */
export const regionOf = (code: string): string => REGION_OF.get(code) ?? UNKNOWN;

/** The twelve months that are over, the first days of each, oldest first. */
export function picturedMonths(now = new Date()): { from: Day; to: Day; months: Day[] } {
  const to = newestMonthEnd(now);
  const months = Array.from({ length: MONTHS }, (_, at) => addCalendarDays(monthEndBefore(to, MONTHS - at), 1));
  return { from: months[0] as Day, to, months };
}

/** The picture of today as the actor may see it; `codes` are the areas that it can be asked for. A constant number of queries. */
export async function readPicture(
  actor: Actor,
  { space, area }: Whose,
): Promise<{ picture: Picture; codes: string[] }> {
  const { from, to, months } = picturedMonths();
  const { places, cards, lessons, costs, organisations } = await readRegister(actor, space);
  const least = Math.max(...organisations.map(({ smallest_group }) => smallest_group), actor.smallest_group);
  const day = dayOf(new Date());
  const key = {
    ...{ organisation_id: actor.organisation_id, space_id: space?.id ?? null, area, least },
    ...{ first_month: from, last_month: to, made_on: day },
  };
  const needs = (await findNeeds(key)) ?? (await countNeeds(key, months));
  const coverage = space || area !== ALL || !mayReadReports(actor) ? null : await coverageOf(actor);
  const picture = pictureOf({
    about: {
      ...{ of: space ? 'space' : 'organisation', name: space?.name ?? actor.organisation_name, area, from, to },
      ...{ organisations: organisations.length, day, least },
    },
    ...{ themes: THEMES, regionOf, places, needs, cards, lessons, coverage },
    costs: new Map(costs.map(({ form, cents_per_hour }) => [form, cents_per_hour])),
  });
  const used = new Set([...places.map(({ area_code }) => area_code), ...needs.used]);
  return { picture, codes: [...used].filter(Boolean) };
}

/** Counts the needs anew and keeps them for the day: months that are over seldom change, and what changes them takes these away. */
async function countNeeds(key: NeedsKey, months: readonly Day[]): Promise<Needs> {
  const { area, least, space_id, first_month, last_month } = key;
  const support = await readSupport(space_id, first_month, last_month);
  const needs = needsOf({ area, least, themes: THEMES, months, regionOf, support });
  await keepNeeds(key, needs);
  return needs;
}

const ORGANISATIONS = `select o.id, o.smallest_group from organisations o where o.id = :organisation and :space::uuid is null
  or o.id in (select s.organisation_id from space_organisations s where s.space_id = :space and s.left_at is null and s.state = 'member')`;

const OURS = `(:space::uuid is null and organisation_id = :organisation or :space::uuid is not null and visibility in ('network', 'public')
  and (space_id = :space or organisation_id in (select s.organisation_id from space_organisations s
    where s.space_id = :space and s.left_at is null and s.state = 'member')))`;

/** Cards of a space are those that stand in it. */
const CARDS = `c.merged_into is null and (:space::uuid is null and c.organisation_id = :organisation
  or c.space_id = :space and c.visibility in ('network', 'public'))`;

async function readRegister(actor: Actor, space: Space | undefined) {
  const values = { organisation: actor.organisation_id, space: space?.id ?? null };
  const ask = <T>(sql: string) => db().raw(sql, values as never) as unknown as Raw<T>;
  const [organisations, places, cards, lessons, costs] = await together(
    ask<{ id: string; smallest_group: number }>(ORGANISATIONS),
    ask<PlaceSource>(
      `select area_code, services, 'near' = any (forms) as is_near, confirmed_on::text as confirmed_on, confirmed_on < current_date - interval '12 months' as is_old,
         (select coalesce(sum(extract(epoch from (case when s->>'to' = '24:00' then interval '24 hours' else (s->>'to')::interval end)
            - (s->>'from')::interval) / 60), 0)::int from jsonb_array_elements(hours->'week') s) as minutes
       from support_places where ${OURS} and (closed_on is null or closed_on > current_date) order by area_code, id`,
    ),
    ask<{ theme: string; challenges: number; needs: number }>(
      `select theme, count(*) filter (where kind = 'challenge')::int as challenges, count(*) filter (where kind = 'need')::int as needs
       from cards c where ${CARDS} and kind in ('challenge', 'need') and closed_at is null and status not in ('closed', 'met', 'unmet') group by 1`,
    ),
    ask<LessonSource>(
      `with answering as (
         select distinct c.theme, l.id from cards c join loop_links k on k.from_kind = c.kind and k.from_id = c.id and k.to_kind = 'lesson'
         join lessons l on l.id = k.to_id join courses u on u.id = l.course_id where ${CARDS} and u.published_at is not null),
       texts as (select a.theme, a.id, array_agg(t.language) as languages from answering a join lesson_texts t on t.lesson_id = a.id group by 1, 2)
       select theme, count(*)::int as lessons, count(*) filter (where 'fi-x-selko' = any (languages))::int as easy,
         count(*) filter (where 'sv' = any (languages))::int as sv, count(*) filter (where 'en' = any (languages))::int as en
       from texts group by 1`,
    ),
    ask<{ form: string; cents_per_hour: number }>(
      'select form, cents_per_hour from support_costs where organisation_id = :organisation and :space::uuid is null',
    ),
  );
  return {
    organisations: organisations.rows,
    places: places.rows,
    cards: cards.rows,
    lessons: lessons.rows,
    costs: costs.rows,
  };
}

/** What reports keep of competences at the newest month that is closed, where it may be told. */
async function coverageOf(actor: Actor): Promise<Picture['coverage']> {
  const { report } = await readCoverage(actor, WHOLE_ORGANISATION, usualPeriod());
  return report.rows.flatMap((row) => (row.shown ? [{ code: row.code, people: row.n, reached: row.reached }] : []));
}
