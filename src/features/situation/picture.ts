import type { Day } from '../../lib/calendar';
import type { Split } from '../reports/figures/small-groups';
import { BLOCKS, SUPPORT_FORMS } from '../visits/kinds';
import { ALL, type ByArea, hideByArea } from './by-area';
import { hiddenIn, isFew, type Shown, sumOf } from './hidden';

/** Nothing blocked. */
export const NOTHING = 'none';

/** What could be told of an area on a day: codes and numbers only, so that it can be said in any language, then and later. */
export interface Picture {
  version: 1;
  of: 'organisation' | 'space';
  /** Of the organisation or the space. */
  name: string;
  organisations: number;
  /** A region or a municipality; '' all. */
  area: string;
  /** Whole months of support, and the day of all else. */
  from: Day;
  to: Day;
  day: Day;
  /** The smallest group that shows. */
  least: number;
  places: { count: number; minutes: number; withoutHours: number; old: number; first: Day | null; last: Day | null };
  opened: Shown;
  unmet: Shown;
  contacts: Shown;
  /** To homes, of the contacts. */
  visits: Shown;
  /** Of all areas; null for a part of them, as one supporter may be in several. */
  supporters: Shown | null;
  alone: { alone: Shown; helped: Shown };
  themes: ThemeLine[];
  areas: AreaLine[];
  forms: { form: string; contacts: Shown; minutes: number | null; cents: number | null }[];
  blocked: { key: string; contacts: Shown }[];
  /** Of all areas, where it may be told: what stopped in a theme, and how often. */
  stopped: { theme: string; key: string; contacts: number }[];
  months: { month: Day; contacts: Shown }[];
  coverage: { code: string; people: number; reached: Split<'reached' | 'onTheWay'> }[] | null;
}
export interface ThemeLine {
  theme: string;
  places: number;
  minutes: number;
  opened: Shown;
  unmet: Shown;
  contacts: Shown;
  challenges: number;
  needs: number;
  lessons: number;
  easy: number;
  sv: number;
  en: number;
}
export interface AreaLine {
  area: string;
  places: number;
  minutes: number;
  opened: Shown;
  unmet: Shown;
  contacts: Shown;
}

/** A support place as the picture counts it; without themes it helps with all. */
export interface PlaceSource {
  area_code: string;
  minutes: number;
  services: string[];
  /** Somebody may come there; others give support at home or from afar, at times that are agreed. */
  is_near: boolean;
  confirmed_on: Day;
  is_old: boolean;
}
/** A sum of kept month figures: of an organisation and a municipality by one key, or by theme and what blocked in all areas. */
export interface SupportSource {
  dim: 'theme' | 'form' | 'month' | 'blocked' | 'theme-blocked' | 'supporters';
  organisation_id: string;
  area_code: string;
  key: string;
  key2: string;
  contacts: number;
  minutes: number;
  did_self: number;
  opened: number;
  unmet: number;
  visits: number;
}
export interface LessonSource {
  theme: string;
  lessons: number;
  easy: number;
  sv: number;
  en: number;
}
export interface Sources {
  about: Pick<Picture, 'of' | 'name' | 'organisations' | 'area' | 'from' | 'to' | 'day' | 'least'>;
  themes: readonly string[];
  months: readonly Day[];
  regionOf: (municipality: string) => string;
  places: readonly PlaceSource[];
  support: readonly SupportSource[];
  cards: readonly { theme: string; challenges: number; needs: number }[];
  lessons: readonly LessonSource[];
  costs: ReadonlyMap<string, number>;
  coverage: Picture['coverage'];
}

/** Counts all and hides what tells of few people, also by subtraction between its tables and those of other areas. */
export function pictureOf(sources: Sources): Picture {
  const { about, themes, months, regionOf, support } = sources;
  const { area, least } = about;
  const within = (code: string) => area === ALL || code === area || regionOf(code) === area;
  const places = sources.places.filter(({ area_code }) => within(area_code));
  const hide = hider(sources);
  const contacts = hide('theme', themes, (row) => row.contacts);
  const opened = hide('theme', themes, (row) => row.opened);
  const unmet = hide('theme', themes, (row) => row.unmet);
  const forms = hide('form', SUPPORT_FORMS, (row) => row.contacts);
  const blocked = hide('blocked', [NOTHING, ...BLOCKS], (row) => row.contacts);
  const byMonth = hide('month', months, (row) => row.contacts);
  const alone = hideByArea({
    ...{ keys: ['alone', 'helped'], regionOf, least, organisations: organisationsOf(support).length },
    counts: aloneCounts(support),
  });
  const minutesOf = (form: string) =>
    support
      .filter((row) => row.dim === 'form' && row.key === form && within(row.area_code))
      .reduce((sum, { minutes }) => sum + minutes, 0);
  const days = places.map(({ confirmed_on }) => confirmed_on).sort();
  return {
    version: 1,
    ...about,
    places: {
      ...{
        count: places.length,
        minutes: total(places),
        withoutHours: places.filter((one) => one.is_near && one.minutes === 0).length,
      },
      ...{ old: places.filter((one) => one.is_old).length, first: days[0] ?? null, last: days.at(-1) ?? null },
    },
    ...{ opened: opened(area, ALL), unmet: unmet(area, ALL), contacts: contacts(area, ALL) },
    visits: hide('theme', themes, (row) => row.visits)(area, ALL),
    supporters: area === ALL ? supportersOf(sources) : null,
    alone: { alone: alone(area, 'alone'), helped: alone(area, 'helped') },
    themes: themes.map((theme) => {
      const own = places.filter(({ services }) => services.length === 0 || services.includes(theme));
      const { challenges = 0, needs = 0 } = sources.cards.find((row) => row.theme === theme) ?? {};
      const { lessons = 0, easy = 0, sv = 0, en = 0 } = sources.lessons.find((row) => row.theme === theme) ?? {};
      return {
        ...{ theme, places: own.length, minutes: total(own) },
        ...{ opened: opened(area, theme), unmet: unmet(area, theme), contacts: contacts(area, theme) },
        ...{ challenges, needs, lessons, easy, sv, en },
      };
    }),
    areas: partsOf(sources).map((part) => {
      const own = places.filter(({ area_code }) => area_code === part || regionOf(area_code) === part);
      return {
        ...{ area: part, places: own.length, minutes: total(own) },
        ...{ opened: opened(part, ALL), unmet: unmet(part, ALL), contacts: contacts(part, ALL) },
      };
    }),
    forms: SUPPORT_FORMS.map((form) => {
      const shown = forms(area, form);
      const minutes = typeof shown === 'number' ? minutesOf(form) : null;
      const cents = sources.costs.get(form);
      return {
        ...{ form, contacts: shown, minutes },
        cents: minutes === null || cents === undefined ? null : Math.round((minutes * cents) / 60),
      };
    }),
    blocked: BLOCKS.map((key) => ({ key, contacts: blocked(area, key) })),
    stopped: area === ALL ? stoppedIn(sources, contacts, blocked) : [],
    months: months.map((month) => ({ month, contacts: byMonth(area, month) })),
    coverage: sources.coverage,
  };
}

const total = (places: readonly PlaceSource[]) => places.reduce((sum, { minutes }) => sum + minutes, 0);

/** The areas that an area is told by: of all, regions where there are several; of a region, municipalities. */
function partsOf({ about, places, support, regionOf }: Sources): string[] {
  const used = [...new Set([...places, ...support.filter(({ dim }) => dim === 'theme')].map((row) => row.area_code))];
  const regions = [...new Set(used.map(regionOf))];
  if (about.area === ALL && regions.length > 1) return regions.sort();
  const inside = used.filter((code) => about.area === ALL || regionOf(code) === about.area).sort();
  return inside.includes(about.area) ? [] : inside;
}

const organisationsOf = (support: readonly SupportSource[]) =>
  [...new Set(support.map(({ organisation_id }) => organisation_id))].sort();

/** How many gave support; one person in two organisations counts in both. */
function supportersOf({ support, about }: Sources): Shown {
  const parts = support.filter(({ dim }) => dim === 'supporters').map(({ contacts }) => contacts);
  return isFew(parts, about.least) ? 'small' : sumOf(parts);
}

type Measure = (row: SupportSource) => number;

function hider({ about, support, regionOf }: Sources) {
  const organisations = organisationsOf(support);
  return (dim: SupportSource['dim'], keys: readonly string[], measure: Measure): ByArea => {
    const counts = new Map<string, Map<string, number[]>>();
    for (const row of support) {
      if (row.dim !== dim) continue;
      const own = counts.get(row.area_code) ?? new Map<string, number[]>();
      counts.set(row.area_code, own);
      const parts = own.get(row.key) ?? organisations.map(() => 0);
      own.set(row.key, parts);
      const at = organisations.indexOf(row.organisation_id);
      parts[at] = (parts[at] ?? 0) + measure(row);
    }
    return hideByArea({ keys, counts, regionOf, organisations: organisations.length, least: about.least });
  };
}

function aloneCounts(support: readonly SupportSource[]) {
  const organisations = organisationsOf(support);
  const counts = new Map<string, Map<string, number[]>>();
  for (const { dim, area_code, organisation_id, contacts, did_self } of support) {
    if (dim !== 'theme') continue;
    const own = counts.get(area_code) ?? new Map(['alone', 'helped'].map((key) => [key, organisations.map(() => 0)]));
    counts.set(area_code, own);
    const at = organisations.indexOf(organisation_id);
    for (const [key, more] of [
      ['alone', did_self],
      ['helped', contacts - did_self],
    ] as const) {
      const parts = own.get(key) as number[];
      parts[at] = (parts[at] ?? 0) + more;
    }
  }
  return counts;
}

/** Where in a theme support stopped, in all areas; lines whose sum is hidden are hidden whole. */
function stoppedIn({ support, themes, about }: Sources, contacts: ByArea, blocked: ByArea): Picture['stopped'] {
  const organisations = organisationsOf(support);
  const keys = [NOTHING, ...BLOCKS];
  const cells = themes.map(() => keys.map(() => organisations.map(() => 0)));
  for (const row of support) {
    if (row.dim !== 'theme-blocked') continue;
    const parts = cells[themes.indexOf(row.key)]?.[keys.indexOf(row.key2)];
    const at = organisations.indexOf(row.organisation_id);
    if (parts) parts[at] = (parts[at] ?? 0) + row.contacts;
  }
  const row = (at: number) => typeof contacts(ALL, themes[at] ?? '') === 'number';
  const column = (at: number) => typeof blocked(ALL, keys[at] ?? '') === 'number';
  const mask = hiddenIn(cells, about.least, { row, column, isForced: (r, c) => !row(r) || !column(c) });
  return themes
    .flatMap((theme, row) =>
      BLOCKS.map((key, column) => ({
        ...{ theme, key, contacts: sumOf(cells[row]?.[column + 1] ?? []) },
        isHidden: mask[row]?.[column + 1] ?? true,
      })),
    )
    .filter((one) => !one.isHidden && one.contacts > 0)
    .map(({ isHidden: _, ...one }) => one);
}
