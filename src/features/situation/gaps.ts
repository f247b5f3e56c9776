import type { Picture } from './picture';

/** What is missing between what is needed and what there is, by code. */
export interface Gap {
  kind: (typeof GAP_KINDS)[number];
  theme?: string;
  area?: string;
  /** What stopped. */
  key?: string;
  count: number;
}

/** In the order of the list: what people were left without comes first, what is known of the register last. */
export const GAP_KINDS = [
  'stopped',
  'unmet',
  'area-without-place',
  'theme-without-place',
  'challenge-without-lesson',
  'without-easy-lesson',
  'old-places',
  'without-hours',
  'empty-months',
] as const;

/** More gaps than this are no list to act on: the largest of each kind stay. */
const MOST_OF_KIND = 4;

/** The gaps of a picture. Numbers that may not be told make none: nothing here tells more than the picture does. */
export function gapsOf(picture: Picture): Gap[] {
  const all: Gap[] = [
    ...stopped(picture),
    ...picture.themes.flatMap(({ theme, unmet }) =>
      isSome(unmet) ? [{ kind: 'unmet' as const, theme, count: unmet }] : [],
    ),
    ...picture.areas.flatMap(({ area, places, opened, contacts }) => {
      const needed = isSome(opened) ? opened : isSome(contacts) ? contacts : 0;
      return places === 0 && needed > 0 ? [{ kind: 'area-without-place' as const, area, count: needed }] : [];
    }),
    ...picture.themes.flatMap(({ theme, places, opened }) =>
      places === 0 && isSome(opened) ? [{ kind: 'theme-without-place' as const, theme, count: opened }] : [],
    ),
    ...picture.themes.flatMap(({ theme, challenges, lessons, easy }): Gap[] => {
      if (challenges > 0 && lessons === 0) return [{ kind: 'challenge-without-lesson', theme, count: challenges }];
      return lessons > 0 && easy === 0 ? [{ kind: 'without-easy-lesson', theme, count: lessons }] : [];
    }),
    ...some('old-places', picture.places.old),
    ...some('without-hours', picture.places.withoutHours),
    ...some('empty-months', emptyMonths(picture).length),
  ];
  return GAP_KINDS.flatMap((kind) =>
    all
      .filter((gap) => gap.kind === kind)
      .sort((a, b) => b.count - a.count)
      .slice(0, MOST_OF_KIND),
  );
}

/** Months in which nothing was recorded, when something was in others. */
export function emptyMonths({ months }: Picture): string[] {
  const empty = months.filter(({ contacts }) => contacts === 0).map(({ month }) => month);
  return empty.length === months.length ? [] : empty;
}

/** What stopped in a theme that no lesson in easy Finnish answers. */
function stopped({ stopped: cells, themes }: Picture): Gap[] {
  const withoutEasy = new Set(themes.filter(({ easy }) => easy === 0).map(({ theme }) => theme));
  return cells
    .filter(({ theme }) => withoutEasy.has(theme))
    .map(({ theme, key, contacts }) => ({ kind: 'stopped', theme, key, count: contacts }));
}

const isSome = (shown: unknown): shown is number => typeof shown === 'number' && shown > 0;
const some = (kind: Gap['kind'], count: number): Gap[] => (count > 0 ? [{ kind, count }] : []);
