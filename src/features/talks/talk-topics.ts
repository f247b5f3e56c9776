import type { Source } from '../skills/estimate';

/** The newest that one source tells of one skill. */
export interface SourceView {
  competence_code: string;
  source: Source;
  level: number;
  observed_at: Date;
}

/** A skill of which the sources tell differently: something to ask each other about, never a fault. */
export interface Topic {
  code: string;
  views: SourceView[];
  /** The highest minus the lowest, in levels. */
  apart: number;
}

/** From two levels apart it is worth a talk: one level is within what one look at the work can tell. */
const WORTH_A_TALK = 2;
/** What is older tells of another time. */
const LONGEST_MONTHS = 24;
const MOST_TOPICS = 5;
const MONTH = 30.44 * 24 * 3600 * 1000;

/**
 * The skills whose sources disagree, the widest apart first, at most five; ties by code. `views` holds at most one view of a
 * skill from each source, and only such as the reader may see: nothing else is looked at.
 */
export function topicsOf(views: readonly SourceView[], now: Date): Topic[] {
  const recent = views.filter(({ observed_at }) => now.getTime() - observed_at.getTime() <= LONGEST_MONTHS * MONTH);
  return [...Map.groupBy(recent, ({ competence_code }) => competence_code)]
    .map(([code, of]) => {
      const levels = of.map(({ level }) => level);
      return { code, views: of, apart: Math.max(...levels) - Math.min(...levels) };
    })
    .filter(({ apart }) => apart >= WORTH_A_TALK)
    .sort((a, b) => b.apart - a.apart || a.code.localeCompare(b.code))
    .slice(0, MOST_TOPICS);
}
