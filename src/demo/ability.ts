import { HIGHEST_LEVEL } from '../features/skills/estimate';
import type { Calendar } from './calendar';
import type { Chance } from './chance';

/** How a skill of a team changed: by `gain` levels (with this spread between people) around a time `monthsAgo`. */
export interface Trend {
  gain: number;
  sd: number;
  monthsAgo: number;
  /** Of how many of the team anything is known; all when left out. */
  people?: number;
}

/** By competence; `default` for the others. A team without one knows nothing of the skills it does not name. */
export type Trends = { default?: Trend } & Record<string, Trend>;

const START: Record<string, number> = {
  service_user: 1,
  digital_peer: 2.9,
  professional: 2.3,
  supervisor: 2.8,
  experience_expert: 2.8,
};
const NO_CHANGE: Trend = { gain: 0.3, sd: 0.5, monthsAgo: 6 };
/** In how many months most of a change happens. */
const PACE = 0.7;

/** What a person can truly do, which nobody in the product ever knows. */
export class Ability {
  private readonly general: number;
  private readonly skills = new Map<string, { from: number; gain: number; monthsAgo: number }>();

  constructor(
    private readonly chance: Chance,
    profile: string,
    private readonly trends: Trends,
    /** The person's place in the team, from 0. */
    private readonly place: number,
  ) {
    this.general = (START[profile] ?? 2.5) + chance.normal(0, 0.5);
  }

  /** Whether anything of this skill was ever observed. */
  isObserved(code: string): boolean {
    const trend = this.trends[code] ?? this.trends.default;
    return trend !== undefined && this.place < (trend.people ?? Number.POSITIVE_INFINITY);
  }

  /** The true level at a date, 0..8, with fractions. */
  at(code: string, date: Date, calendar: Calendar): number {
    const { from, gain, monthsAgo } = this.skill(code);
    const done = 1 / (1 + Math.exp((calendar.age(date) - monthsAgo) / PACE));
    return Math.min(HIGHEST_LEVEL, Math.max(0, from + gain * done));
  }

  private skill(code: string) {
    const known = this.skills.get(code);
    if (known) return known;
    const { gain, sd, monthsAgo } = this.trends[code] ?? this.trends.default ?? NO_CHANGE;
    const mine = {
      // A skill that will fall must have somewhere to fall from.
      from: this.general + this.chance.normal(0, 0.5) + Math.max(0, -gain),
      gain: this.chance.normal(gain, sd),
      monthsAgo: Math.max(1.5, this.chance.normal(monthsAgo, 0.5)),
    };
    this.skills.set(code, mine);
    return mine;
  }
}
