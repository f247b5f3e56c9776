import { hiddenIn, isFew, type Known, type Parts, type Shown, sumOf } from './hidden';

/** Counts of one thing by municipality and by key (a theme, a form of support), each by the organisation it comes from. */
export interface AreaCounts {
  keys: readonly string[];
  /** Municipality -> key -> parts in the order of organisations. */
  counts: ReadonlyMap<string, ReadonlyMap<string, Parts>>;
  organisations: number;
  regionOf: (municipality: string) => string;
  least: number;
}

/** What may be told of an area and a key; '' is all areas, and all keys. */
export type ByArea = (area: string, key: string) => Shown;
export const ALL = '';

/**
 * Hides what tells of few in all tables at once: all areas by key, regions by key, municipalities of each region by key, with all
 * sums. Where a sum is hidden, so is the whole line that it could be counted from.
 */
export function hideByArea({ keys, counts, organisations, regionOf, least }: AreaCounts): ByArea {
  const none: Parts = Array.from({ length: organisations }, () => 0);
  const add = (list: readonly Parts[]): Parts =>
    list.reduce((sum, parts) => sum.map((n, at) => n + (parts[at] ?? 0)), none);
  const told = new Map<string, Shown>();
  const tell = (area: string, key: string, parts: Parts, isHidden: boolean) =>
    told.set(`${area} ${key}`, isHidden ? (isFew(parts, least) ? 'small' : 'protects-another') : sumOf(parts));
  const isHidden = (area: string, key: string) => typeof told.get(`${area} ${key}`) === 'string';

  /** One line that adds up to `whole`; where that is hidden, so is the line. */
  const lineOf = (whole: string): Known => ({
    ...{ row: () => !isHidden(whole, ALL), column: () => false, isForced: () => isHidden(whole, ALL) },
  });

  /** Tells the parts of `whole` by key, and their sums. */
  const tellParts = (whole: string, parts: readonly { area: string; cells: readonly Parts[] }[]) => {
    const sums = parts.map(({ cells }) => add(cells));
    const [sumsHidden = []] = hiddenIn([sums], least, lineOf(whole));
    for (const [at, { area }] of parts.entries()) tell(area, ALL, sums[at] ?? none, sumsHidden[at] ?? false);
    const row = (at: number) => sumsHidden[at] !== true;
    const column = (at: number) => !isHidden(whole, keys[at] ?? '');
    const mask = hiddenIn(
      parts.map(({ cells }) => cells),
      least,
      { row, column, isForced: (r, c) => !row(r) || !column(c) },
    );
    for (const [row, { area, cells }] of parts.entries())
      for (const [column, key] of keys.entries()) tell(area, key, cells[column] ?? none, mask[row]?.[column] ?? false);
  };

  const leaves = [...counts].map(([area, own]) => ({ area, cells: keys.map((key) => own.get(key) ?? none) }));
  const regions = [...Map.groupBy(leaves, ({ area }) => regionOf(area))].map(([area, own]) => ({
    area,
    own,
    cells: keys.map((_, at) => add(own.map(({ cells }) => cells[at] ?? none))),
  }));
  const all = keys.map((_, at) => add(regions.map(({ cells }) => cells[at] ?? none)));
  tell(ALL, ALL, add(all), isFew(add(all), least));
  const [allHidden = []] = hiddenIn([all], least, lineOf(ALL));
  for (const [at, key] of keys.entries()) tell(ALL, key, all[at] ?? none, allHidden[at] ?? false);
  tellParts(ALL, regions);
  const byRegion = new Map(regions.map(({ area, own }) => [area, own]));
  return (area, key) => {
    const region = counts.has(area) ? regionOf(area) : undefined;
    // Municipalities of a region are told when the first of them is asked for.
    if (region !== undefined && !told.has(`${area} ${ALL}`)) tellParts(region, byRegion.get(region) ?? []);
    return told.get(`${area} ${key}`) ?? 0;
  };
}
