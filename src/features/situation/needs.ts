import type { Day } from '../../lib/calendar';
import { BLOCKS, SUPPORT_FORMS } from '../visits/kinds';
import { ALL, type ByArea, hideByArea } from './by-area';
import { hiddenIn, isFew, type Shown, sumOf } from './hidden';

/** Nothing blocked. */
export const NOTHING = 'none';

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
export interface SupportSources {
  area: string;
  least: number;
  themes: readonly string[];
  months: readonly Day[];
  regionOf: (municipality: string) => string;
  support: readonly SupportSource[];
}

/** Requests, those left without help, and times of support. */
export interface Need {
  opened: Shown;
  unmet: Shown;
  contacts: Shown;
}

/** What may be told of what was asked for and given in an area. */
export interface Needs extends Need {
  /** To homes, of the contacts. */
  visits: Shown;
  /** Of all areas; null for a part of them, as one supporter may be in several. */
  supporters: Shown | null;
  alone: { alone: Shown; helped: Shown };
  themes: Record<string, Need>;
  /** Of all areas their regions, and where there is one or a region was asked for, its municipalities. */
  areas: Record<string, Need>;
  forms: { form: string; contacts: Shown; minutes: number | null }[];
  blocked: { key: string; contacts: Shown }[];
  /** Of all areas, where it may be told: what stopped in a theme, and how often. */
  stopped: { theme: string; key: string; contacts: number }[];
  months: { month: Day; contacts: Shown }[];
  /** Municipalities of which something is known. */
  used: string[];
}

/** Sums of kept figures, with those hidden that tell of few people, also by subtraction between tables and between areas. */
export function needsOf(sources: SupportSources): Needs {
  const { area, least, themes, months, regionOf, support } = sources;
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
  const need = (of: string, theme: string): Need => ({
    ...{ opened: opened(of, theme), unmet: unmet(of, theme), contacts: contacts(of, theme) },
  });
  const used = [...new Set(support.filter(({ dim }) => dim === 'theme').map((row) => row.area_code))].sort();
  // Places may stand in more regions than support was given in: then all is told by regions.
  const regions = area === ALL ? used.map(regionOf) : [];
  const minutesOf = (form: string) =>
    support
      .filter((row) => row.dim === 'form' && row.key === form && isWithin(row.area_code, area, regionOf))
      .reduce((sum, { minutes }) => sum + minutes, 0);
  return {
    ...need(area, ALL),
    visits: hide('theme', themes, (row) => row.visits)(area, ALL),
    supporters: area === ALL ? supportersOf(sources) : null,
    alone: { alone: alone(area, 'alone'), helped: alone(area, 'helped') },
    themes: Object.fromEntries(themes.map((theme) => [theme, need(area, theme)])),
    areas: Object.fromEntries([...regions, ...partsOf(area, used, regionOf)].map((part) => [part, need(part, ALL)])),
    forms: SUPPORT_FORMS.map((form) => {
      const shown = forms(area, form);
      return { form, contacts: shown, minutes: typeof shown === 'number' ? minutesOf(form) : null };
    }),
    blocked: BLOCKS.map((key) => ({ key, contacts: blocked(area, key) })),
    stopped: area === ALL ? stoppedIn(sources, contacts, blocked) : [],
    months: months.map((month) => ({ month, contacts: byMonth(area, month) })),
    used,
  };
}

export const isWithin = (code: string, area: string, regionOf: (code: string) => string): boolean =>
  area === ALL || code === area || regionOf(code) === area;

/** The areas that an area is told by: all of it by regions where there are several, else by municipalities; one of those by none. */
export function partsOf(area: string, used: readonly string[], regionOf: (code: string) => string): string[] {
  const regions = [...new Set(used.map(regionOf))].sort();
  if (area === ALL && regions.length > 1) return regions;
  const inside = used.filter((code) => isWithin(code, area, regionOf));
  return inside.includes(area) ? [] : inside;
}

const organisationsOf = (support: readonly SupportSource[]) =>
  [...new Set(support.map(({ organisation_id }) => organisation_id))].sort();

/** How many gave support; one person in two organisations counts in both. */
function supportersOf({ support, least }: SupportSources): Shown {
  const parts = support.filter(({ dim }) => dim === 'supporters').map(({ contacts }) => contacts);
  return isFew(parts, least) ? 'small' : sumOf(parts);
}

type Measure = (row: SupportSource) => number;

function hider({ least, support, regionOf }: SupportSources) {
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
    return hideByArea({ keys, counts, regionOf, organisations: organisations.length, least });
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
function stoppedIn({ support, themes, least }: SupportSources, contacts: ByArea, blocked: ByArea): Needs['stopped'] {
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
  const mask = hiddenIn(cells, least, { row, column, isForced: (r, c) => !row(r) || !column(c) });
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
