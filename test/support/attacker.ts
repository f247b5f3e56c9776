import { countedGroups, countedIn, type Group, groupsOf, type Stay } from '../../src/features/reports/closing/release';
import type { TeamDay } from '../../src/features/reports/closing/skill-ends';
import type { Reader } from '../../src/features/reports/documents/document-cells';
import type { CountedSkill } from '../../src/features/reports/figures/counted-skill';
import { coverageReport, type Targets } from '../../src/features/reports/figures/coverage-report';
import { growthReport } from '../../src/features/reports/figures/growth-report';
import { type Definition, faultOf, readDefinition } from '../../src/features/reports/own/own-definition';
import { skillRows } from '../../src/features/reports/own/own-skill-rows';
import { periodOf } from '../../src/features/reports/period';

export const MONTHS = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'] as const;
export type Month = (typeof MONTHS)[number];
export const CODE = '4.2';
export const TARGETS: Targets = new Map([
  ['guide', new Map([[CODE, 4]])],
  ['peer', new Map([[CODE, 4]])],
]);

/** Level of a person at a month: one world of those that a reader cannot look into. */
export type World = (person: number, month: Month) => number;

/** Who is where, which a reader knows; `groups` is how they are counted. */
export interface Organisation {
  stays: readonly Stay[];
  groups: readonly Group[];
}

export const people = (stays: readonly Stay[]) => [...new Set(stays.map(({ person_id }) => person_id))];

export const counted = (stays: readonly Stay[]): Organisation => ({ stays, groups: countedGroups(stays, [...MONTHS]) });

/** What can also go down tells less of some: of whom, is as secret as their level and goes with it. */
const either = (level: number) => (Math.round(level) % 3 === 2 ? null : level);

/** The rows that `selectCounted` gives for these teams (all for null) and months. */
function rowsOf({ stays, groups }: Organisation, world: World, teams: string[] | null, from: Month, to: Month) {
  const number = new Map(people(stays).map((person, index) => [person, index]));
  const level = (person: string, month: Month) => world(number.get(person) ?? 0, month);
  return groupsOf(groups, { teams: teams ?? undefined }).flatMap((group) =>
    group.members
      .filter((member) => member.from <= to && (member.until === null || member.until > to))
      .map(
        ({ person_id, own_profile, from: since }): CountedSkill => ({
          competence_code: CODE,
          group_id: group.id,
          least: group.least,
          seen: group.seen,
          team_id: group.team_id,
          profile: group.profile,
          own_profile,
          person_id,
          before: since <= from ? level(person_id, from) : null,
          after: level(person_id, to),
          either_before: since <= from ? either(level(person_id, from)) : null,
          either_after: either(level(person_id, to)),
          verified: true,
          observed_at: new Date('2026-01-10T10:00:00Z'),
        }),
      ),
  );
}

/** Every report of one's own about skills that can be asked for. */
const DEFINITIONS: Definition[] = ['skills', 'growth', 'coverage'].flatMap((source) =>
  [
    { group: 'competence' },
    { group: 'competence', group2: 'team' },
    { group: 'competence', group2: 'profile' },
    { group: 'team', competence: CODE },
    { group: 'profile', competence: CODE },
    { group: 'competence', profile: 'guide' },
    { group: 'competence', profile: 'peer' },
  ].flatMap((chosen) => {
    const definition = readDefinition({ source, ...chosen });
    return definition && !faultOf(definition) ? [definition] : [];
  }),
);

const READER = { t: (key: string) => key, lang: 'en' } as unknown as Reader;

export type Publish = (organisation: Organisation, world: World) => string[];

/**
 * Everything that the readers of an organisation can get about levels in one competence: coverage and bands of the
 * organisation, of each team and of teams together, ready and in every report of one's own, at each month at which other
 * people are counted than before.
 */
export const everyReport: Publish = (organisation, world) =>
  scopesOf(organisation).flatMap((scope) => {
    const days = teamDays(organisation, scope);
    return MONTHS.flatMap((to, at) => {
      const before = MONTHS[at - 1];
      if (before && whoIsCounted(organisation, before) === whoIsCounted(organisation, to)) return [];
      const rows = rowsOf(organisation, world, scope, to, to);
      return [JSON.stringify(coverageReport(rows, days, TARGETS)), ...own(['skills', 'coverage'], rows)].map(
        (text) => `${scope} ${to} ${text}`,
      );
    });
  });

/** The organisation, each team, and the teams of a supervisor of all. */
export function scopesOf({ stays }: Organisation): (string[] | null)[] {
  const teams = [...new Set(stays.flatMap(({ team_id }) => team_id ?? []))];
  return [null, ...teams.map((team) => [team]), ...(teams.length > 1 ? [teams] : [])];
}

const whoIsCounted = ({ groups }: Organisation, month: Month) =>
  JSON.stringify(countedIn(groups, month).map(({ group, people: some }) => [group.id, some]));

/** What is published of growth of these teams between two months: the ready report, and those of one's own. */
export function growthOf(organisation: Organisation, world: World, scope: string[] | null, from: Month, to: Month) {
  const rows = rowsOf(organisation, world, scope, from, to);
  const report = growthReport(rows, teamDays(organisation, scope), TARGETS, periodOf(from, to));
  return { report, own: own(['growth'], rows) };
}

function own(sources: string[], rows: CountedSkill[]): string[] {
  return DEFINITIONS.filter(({ source }) => sources.includes(source)).map((definition) =>
    JSON.stringify([
      definition.source,
      definition.groups,
      definition.filters,
      skillRows(definition, { counted: rows, targets: TARGETS }, READER),
    ]),
  );
}

function teamDays({ stays }: Organisation, scope: string[] | null): TeamDay[] {
  return stays
    .filter(({ team_id }) => !scope || (team_id !== null && scope.includes(team_id)))
    .map(({ person_id, profile }) => ({
      person_id,
      target_profile: profile,
      relation: 'employee' as const,
      at_start: true,
      at_end: true,
    }));
}

export interface Derived {
  people: string[];
  value: number;
}

/**
 * Looks for what can be derived: goes through all worlds in which each of `count` people has one of two secrets, puts those
 * together that look the same from outside, and gives every set of fewer than `k` people whose number of secrets is the same
 * in all worlds of a look. An attacker so strong that nothing else than the secrets is unknown to them.
 */
export function derivable(
  organisation: Organisation,
  worldOf: (secrets: readonly boolean[]) => World,
  { k, publish = everyReport }: { k: number; publish?: Publish },
): Derived[] {
  const names = people(organisation.stays);
  const looks = new Map<string, number[]>();
  for (let secrets = 0; secrets < 2 ** names.length; secrets += 1) {
    const world = worldOf(names.map((_, person) => (secrets & (1 << person)) !== 0));
    const look = publish(organisation, world).join('\n');
    const same = looks.get(look);
    if (same) same.push(secrets);
    else looks.set(look, [secrets]);
  }
  const sets = setsUnder(names.length, k);
  const found = new Map<number, number>();
  for (const worlds of looks.values())
    for (const set of sets) {
      if (found.has(set)) continue;
      const value = bits((worlds[0] ?? 0) & set);
      if (worlds.every((world) => bits(world & set) === value)) found.set(set, value);
    }
  return [...found].map(([set, value]) => ({ people: names.filter((_, person) => set & (1 << person)), value }));
}

const bits = (value: number) => {
  let count = 0;
  for (let rest = value; rest > 0; rest &= rest - 1) count += 1;
  return count;
};

/** All sets of one to k-1 of `count` people, as bits; the smallest first. */
function setsUnder(count: number, k: number): number[] {
  return Array.from({ length: 2 ** count }, (_, set) => set)
    .filter((set) => set > 0 && bits(set) < k)
    .sort((a, b) => bits(a) - bits(b));
}
