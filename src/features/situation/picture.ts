import type { Day } from '../../lib/calendar';
import type { Split } from '../reports/figures/small-groups';
import { isWithin, type Need, type Needs, partsOf } from './needs';

/** What could be told of an area on a day: codes and numbers only, so that it can be said in any language, then and later. */
export interface Picture extends Omit<Needs, 'themes' | 'areas' | 'forms' | 'used'> {
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
  themes: ThemeLine[];
  areas: AreaLine[];
  forms: (Needs['forms'][number] & { cents: number | null })[];
  coverage: { code: string; people: number; reached: Split<'reached' | 'onTheWay'> }[] | null;
}
export interface ThemeLine extends Need {
  theme: string;
  places: number;
  minutes: number;
  challenges: number;
  needs: number;
  lessons: number;
  easy: number;
  sv: number;
  en: number;
}
export interface AreaLine extends Need {
  area: string;
  places: number;
  minutes: number;
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
  regionOf: (municipality: string) => string;
  places: readonly PlaceSource[];
  needs: Needs;
  cards: readonly { theme: string; challenges: number; needs: number }[];
  lessons: readonly LessonSource[];
  costs: ReadonlyMap<string, number>;
  coverage: Picture['coverage'];
}

const NO_NEED: Need = { opened: 0, unmet: 0, contacts: 0 };

/** Puts what is needed, as far as it may be told, beside what there is. */
export function pictureOf({ about, regionOf, needs, ...sources }: Sources): Picture {
  const { area } = about;
  const places = sources.places.filter(({ area_code }) => isWithin(area_code, area, regionOf));
  const days = places.map(({ confirmed_on }) => confirmed_on).sort();
  const used = [...new Set([...places.map(({ area_code }) => area_code), ...needs.used])].sort();
  const { used: _, ...told } = needs;
  return {
    version: 1,
    ...about,
    ...told,
    places: {
      ...{ count: places.length, minutes: total(places), old: places.filter((one) => one.is_old).length },
      withoutHours: places.filter((one) => one.is_near && one.minutes === 0).length,
      ...{ first: days[0] ?? null, last: days.at(-1) ?? null },
    },
    themes: sources.themes.map((theme) => {
      const own = places.filter(({ services }) => services.length === 0 || services.includes(theme));
      const { challenges = 0, needs: open = 0 } = sources.cards.find((row) => row.theme === theme) ?? {};
      const { lessons = 0, easy = 0, sv = 0, en = 0 } = sources.lessons.find((row) => row.theme === theme) ?? {};
      return {
        ...{ theme, places: own.length, minutes: total(own), ...(needs.themes[theme] ?? NO_NEED) },
        ...{ challenges, needs: open, lessons, easy, sv, en },
      };
    }),
    areas: partsOf(area, used, regionOf).map((part) => {
      const own = places.filter(({ area_code }) => area_code === part || regionOf(area_code) === part);
      return { area: part, places: own.length, minutes: total(own), ...(needs.areas[part] ?? NO_NEED) };
    }),
    forms: needs.forms.map((row) => {
      const cents = sources.costs.get(row.form);
      const isKnown = row.minutes !== null && cents !== undefined;
      return { ...row, cents: isKnown ? Math.round(((row.minutes ?? 0) * cents) / 60) : null };
    }),
    coverage: sources.coverage,
  };
}

const total = (places: readonly PlaceSource[]) => places.reduce((sum, { minutes }) => sum + minutes, 0);
