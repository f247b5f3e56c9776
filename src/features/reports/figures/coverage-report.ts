import { HIGHEST_LEVEL } from '../../skills/estimate';
import type { HiddenReason } from '../../skills/suppression';
import type { TeamDay } from '../closing/skill-ends';
import { type CountedGroup, type CountedSkill, groupsAtEnd } from './counted-skill';
import { type Split, splitOfGroups } from './small-groups';

/** Profile -> competence code -> level. */
export type Targets = ReadonlyMap<string, ReadonlyMap<string, number>>;
export type Reached = 'reached' | 'onTheWay';
export type Band = '1' | '2' | '3' | '4';

export interface ShownCoverage {
  code: string;
  shown: true;
  n: number;
  reached: Split<Reached>;
  bands: Split<Band>;
}
export type CoverageRow = ShownCoverage | { code: string; shown: false; reason: HiddenReason };

export interface CoverageReport {
  rows: CoverageRow[];
  /** People in the team, and those of them who have a target profile. */
  team: number;
  withProfile: number;
  /** Competences that the profiles require and that do not show. */
  hidden: number;
  /** Competences of the rows that show where more than half have reached their target. */
  mostReached: number;
}

/** A level reaches a target as whole numbers, as levels are shown. */
export const reaches = (level: number, target: number) => Math.round(level) >= target;

/** The band of a level, from 1 to 4: two levels each; below level 1 is in the first. */
export function bandOf(level: number): Band {
  return String(Math.min(4, Math.max(1, Math.ceil(Math.min(HIGHEST_LEVEL, Math.round(level)) / 2)))) as Band;
}

/** Whom a report is about. */
export interface CoverageScope extends Pick<CoverageReport, 'team' | 'withProfile'> {
  /** Competences that somebody's target profile holds at the end. */
  required: ReadonlySet<string>;
}

/** Coverage of a team, from the people who are counted in it. */
export function coverageReport(
  counted: readonly CountedSkill[],
  team: readonly TeamDay[],
  targets: Targets,
): CoverageReport {
  const profiles = team.filter(({ at_end }) => at_end).map(({ target_profile }) => targets.get(target_profile ?? ''));
  return coverageOfSkills(skillCoverage(counted, targets), {
    team: profiles.length,
    withProfile: profiles.filter((profile) => profile !== undefined).length,
    required: new Set(profiles.flatMap((profile) => [...(profile?.keys() ?? [])])),
  });
}

/** What is said of each competence that shows, in the order of codes: whole counted groups only (`release.ts`). */
export function skillCoverage(counted: readonly CountedSkill[], targets: Targets): ShownCoverage[] {
  return [...groupsAtEnd(counted)].flatMap(([code, groups]): ShownCoverage[] => {
    const own = groups.flatMap((group) => judgedGroup(group, code, targets) ?? []);
    if (own.length === 0) return [];
    return [{ code, shown: true, n: own.reduce((sum, { people }) => sum + people.length, 0), ...splits(own) }];
  });
}

/**
 * How many people, of those who are counted, reach the target of their own profile, by competence; and over which bands they
 * spread. Of required competences in which none is counted there is a number and no name.
 */
export function coverageOfSkills(
  rows: readonly ShownCoverage[],
  { required, ...scope }: CoverageScope,
): CoverageReport {
  const shown = new Set(rows.map(({ code }) => code));
  return {
    rows: [...rows],
    ...scope,
    hidden: [...required].filter((code) => !shown.has(code)).length,
    mostReached: rows.filter((row) => isMostlyReached(row.reached)).length,
  };
}

export interface JudgedGroup {
  least: number;
  people: readonly { band: Band; reached: Reached }[];
}

/** The people of a group who have a target in the competence; undefined when they are too few. */
export function judgedGroup(group: CountedGroup, code: string, targets: Targets): JudgedGroup | undefined {
  const people = group.people.flatMap(({ own_profile, after }) => {
    const target = targets.get(own_profile ?? '')?.get(code);
    if (target === undefined) return [];
    return [{ band: bandOf(after), reached: reaches(after, target) ? ('reached' as const) : ('onTheWay' as const) }];
  });
  return people.length >= group.least ? { least: group.least, people } : undefined;
}

/**
 * The people of a group whose bands may be told: those who have a target, as in coverage, so that the two reports are about
 * the same people; all of them where nobody has one.
 */
export function bandedGroup(group: CountedGroup, code: string, targets: Targets): JudgedGroup | undefined {
  const hasTarget = group.people.some(({ own_profile }) => targets.get(own_profile ?? '')?.has(code));
  if (hasTarget) return judgedGroup(group, code, targets);
  const people = group.people.map(({ after }) => ({ band: bandOf(after), reached: 'onTheWay' as const }));
  return { least: group.least, people };
}

const REACHED: readonly Reached[] = ['reached', 'onTheWay'];
const BANDS: readonly Band[] = ['1', '2', '3', '4'];

/**
 * Two splits of the same people. Bands get numbers only when also band and target crossed leave no small part: a target in
 * the middle of a band would otherwise tell by subtraction how many stand just under it.
 */
export function splits(groups: readonly JudgedGroup[]): { reached: Split<Reached>; bands: Split<Band> } {
  return {
    reached: splitOfGroups(
      groups.map(({ people, least }) => ({
        counts: counted(
          people.map(({ reached }) => reached),
          REACHED,
        ),
        k: least,
      })),
    ),
    bands: splitOfGroups(
      groups.map(({ people, least }) => {
        const crossed = Map.groupBy(people, ({ band, reached }) => `${band} ${reached}`);
        const isSafe = [...crossed.values()].every(({ length }) => length >= least);
        // In words only: no number of people is enough.
        return {
          counts: counted(
            people.map(({ band }) => band),
            BANDS,
          ),
          k: isSafe ? least : Number.POSITIVE_INFINITY,
        };
      }),
    ),
  };
}

function counted<Part extends string>(items: readonly Part[], parts: readonly Part[]): Record<Part, number> {
  return Object.fromEntries(parts.map((part) => [part, items.filter((item) => item === part).length])) as Record<
    Part,
    number
  >;
}

export function isMostlyReached(split: Split<Reached>): boolean {
  return split.exact ? 2 * split.counts.reached > split.n : split.most === 'reached';
}
