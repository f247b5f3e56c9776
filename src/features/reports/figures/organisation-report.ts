import type { KeptPeople } from '../closing/kept-figures.model';
import { leastOf } from '../closing/skill-ends';
import { byCode } from './counted-skill';
import { type CoverageReport, coverageOfSkills, type ShownCoverage, type Targets } from './coverage-report';
import { type GrowthReport, growthOfSkills, requiredBy, type SkillGrowth } from './growth-report';

/** The smallest group that may show of an organisation. */
export const leastOfPeople = ({ has_clients }: KeptPeople, smallestGroup: number) =>
  leastOf(has_clients ? [{ relation: 'client' }] : [], smallestGroup);

/** Paired growth of a whole organisation from what was kept. */
export function organisationGrowth(
  rows: readonly { figures: SkillGrowth }[],
  { people, joined, gone, profiles }: KeptPeople,
  targets: Targets,
): GrowthReport {
  return growthOfSkills(inOrder(rows), {
    team: people,
    joined,
    left: gone,
    required: requiredBy(Object.keys(profiles), targets),
  });
}

/** How targets are reached in a whole organisation from what was kept. */
export function organisationCoverage(
  rows: readonly { figures: ShownCoverage }[],
  { people, profiles }: KeptPeople,
  targets: Targets,
): CoverageReport {
  const atEnd = Object.entries(profiles).filter(([profile, count]) => count > 0 && targets.has(profile));
  return coverageOfSkills(inOrder(rows), {
    team: people,
    withProfile: atEnd.reduce((sum, [, count]) => sum + count, 0),
    required: requiredBy(
      atEnd.map(([profile]) => profile),
      targets,
    ),
  });
}

const inOrder = <Skill extends { code: string }>(rows: readonly { figures: Skill }[]): Skill[] =>
  rows.map(({ figures }) => figures).toSorted((a, b) => byCode(a.code, b.code));
