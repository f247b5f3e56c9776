import data from '../../data/badge-schemes.json';
import type { InLanguages } from './content';

/** One thing that a national badge asks for, in our own words: a skill at a level, or a course of ours. */
export interface Criterion {
  id: string;
  text: InLanguages;
  code?: string;
  level?: number;
  /** Id of the course in the exchange format. */
  course?: string;
}

export interface Scheme {
  id: string;
  issuer: string;
  group: InLanguages;
  title: InLanguages;
  criteria: Criterion[];
}

export const SCHEMES = data.schemes as Scheme[];
export const SCHEME_ISSUERS = new Map(data.issuers.map((issuer) => [issuer.key, issuer]));
/** The day when the descriptions were read at their issuers. */
export const SCHEMES_CHECKED = data.source_checked;

export const schemeOf = (id: string): Scheme | undefined => SCHEMES.find((one) => one.id === id);

/** A piece of evidence of a skill. */
export interface Piece {
  id: string;
  competence_code: string;
  source: string;
  level: number;
  observed_at: Date;
  note: string;
}

export interface CourseDone {
  exchange_id: string;
  slug: string;
  completed_at: Date | null;
}

export interface Shown extends Criterion {
  state: 'met' | 'own' | 'open';
  pieces: Piece[];
  doneCourse: CourseDone | undefined;
}

const MOST_PIECES = 3;

/**
 * How far a person is with a badge. A skill is met by a piece of evidence at its level that is not only one's own view ('own');
 * a course by having finished it. Nothing is decided by this: the issuer decides.
 */
export function readiness(scheme: Scheme, pieces: readonly Piece[], courses: readonly CourseDone[]): Shown[] {
  return scheme.criteria.map((criterion) => {
    if (criterion.course) {
      const doneCourse = courses.find(({ exchange_id }) => exchange_id === criterion.course);
      return { ...criterion, state: doneCourse?.completed_at ? 'met' : 'open', pieces: [], doneCourse };
    }
    const enough = pieces.filter(
      ({ competence_code, level }) => competence_code === criterion.code && level >= (criterion.level ?? 1) - 0.25,
    );
    const seen = enough.filter(({ source }) => source !== 'self');
    const state = seen.length > 0 ? 'met' : enough.length > 0 ? 'own' : 'open';
    return {
      ...criterion,
      state,
      pieces: (seen.length > 0 ? seen : enough).slice(0, MOST_PIECES),
      doneCourse: undefined,
    };
  });
}
