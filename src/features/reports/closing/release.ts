import { randomUUID } from 'node:crypto';
import type { Day } from '../../../lib/calendar';

/**
 * Who is counted in figures about groups, decided so that it can be argued and not hoped.
 *
 * Hiding small cells is not enough where many reports can be subtracted from each other: a team before and after a joiner,
 * a leaver or a late observation; an organisation without its teams; the same people by profile and by team. So people are
 * never counted one by one. For each competence they come into the figures in counted groups:
 *
 * 1. A group is made at a month's end from people who wait, of one team, of one profile where that makes enough people, and
 *    of all profiles together where it does not. It has at least `least` people: the organisation's limit, 10 with clients.
 * 2. It changes only by so many at a time. Newcomers wait until they make a group of their own. Who leaves the team, or gets
 *    another profile, stays counted as what they were until `least` of the group have gone and `least` (or none) are left.
 *    When fewer would be left, the whole group ends, and who is left waits for a new one.
 * 3. A person is in one group at a time, in the team that they have been in the longest. Who has waited half a year is counted
 *    in the organisation's figures only, together with others from any team.
 * 4. Every figure, whatever its team, filter, grouping and months, is made of whole groups: at both ends of a period the same
 *    people of a group, who by rule 2 are `least` or more. So a sum or a difference of any figures is again about whole groups.
 * 5. What is said of one group treats its people alike and never tells that all are alike (`small-groups.ts`,
 *    `released-growth.ts`), and what is said of several is made of what may be said of each.
 *
 * From 4 and 5: take any people fewer than a group, exchange one of them with somebody else of the same group, and everything
 * published stays as it was. So nothing that is published tells their value. Closed months are frozen, so that the same
 * groups come out whenever this is worked out. `test/reports/attacker.test.ts` tries to find a way around it.
 *
 * What it does not guard against: somebody who knows from elsewhere the values of all others in a group.
 */
export interface Stay {
  person_id: string;
  /** Null when in no team. */
  team_id: string | null;
  profile: string | null;
  /** Fewest people in a group with this person. */
  least: number;
  /** Somebody else had seen the skill when it was first known here. */
  seen: boolean;
  /** Month ends: the first at which the person is here with a known level, and the first at which not; null while they are. */
  from: Day;
  until: Day | null;
}

export interface Group {
  id: string;
  /** Null: people of several teams together, only in figures of the organisation. */
  team_id: string | null;
  /** Null: people of several profiles together, in no figure by profile. */
  profile: string | null;
  /** Null: not told apart. */
  seen: boolean | null;
  least: number;
  /** A person's times in the group do not overlap. */
  members: Member[];
}

export interface Member {
  person_id: string;
  own_profile: string | null;
  from: Day;
  until: Day | null;
}

/** Waiting this many month ends for enough others of the team. */
const PATIENCE = 6;

/**
 * The counted groups of one competence after these month ends (in order, one after another), from everyone's stays. `before`
 * is what was decided at earlier month ends: it is carried on and only its open ends are written.
 */
export function countedGroups(stays: readonly Stay[], months: readonly Day[], before: readonly Group[] = []): Group[] {
  const groups = before.map((group) => ({ ...group, members: group.members.map((member) => ({ ...member })) }));
  const placed = new Set(groups.flatMap(({ members }) => members.filter(isCounted).map(({ person_id }) => person_id)));
  const freed = new Map<string, Day>();
  for (const { person_id, until } of groups.flatMap(({ members }) => members))
    if (until !== null && until > (freed.get(person_id) ?? '')) freed.set(person_id, until);
  const byPerson = Map.groupBy(stays, ({ person_id }) => person_id);
  const stayOf = (person: string, month: Day) => byPerson.get(person)?.find((stay) => isHere(stay, month));

  const place = (people: readonly Stay[], key: Pick<Group, 'team_id' | 'profile'>, month: Day) => {
    for (const part of bySeen(people)) {
      groups.push({
        id: randomUUID(),
        ...key,
        seen: part.seen,
        least: leastOf(part.people),
        members: part.people.map(({ person_id, profile }) => ({
          person_id,
          own_profile: profile,
          from: month,
          until: null,
        })),
      });
      for (const { person_id } of part.people) placed.add(person_id);
    }
  };
  const free = (members: readonly Member[], month: Day) => {
    for (const member of members) {
      member.until = month;
      placed.delete(member.person_id);
      freed.set(member.person_id, month);
    }
  };

  for (const month of months) {
    for (const group of groups) {
      const [staying, going] = split(group.members.filter(isCounted), (member) =>
        belongs(stayOf(member.person_id, month), member, group),
      );
      if (going.length === 0) continue;
      if (staying.length < group.least) free([...staying, ...going], month);
      else if (going.length >= group.least) free(going, month);
    }
    const waiting = [...byPerson.keys()].flatMap((person) => (placed.has(person) ? [] : (stayOf(person, month) ?? [])));
    const [patient, rest] = split(waiting, ({ team_id, person_id, from }) => {
      const freedAt = freed.get(person_id) ?? from;
      return team_id !== null && monthsBetween(freedAt > from ? freedAt : from, month) < PATIENCE;
    });
    for (const [team_id, people] of Map.groupBy(patient, (stay) => stay.team_id))
      for (const { profile, people: ready } of ripe(people)) place(ready, { team_id, profile }, month);
    for (const { profile, people } of ripe(rest)) place(people, { team_id: null, profile }, month);
  }
  return groups;
}

/** Still what they were counted as. In figures of the organisation only, the team makes no difference. */
function belongs(stay: Stay | undefined, member: Member, group: Group): boolean {
  if (!stay || stay.least > group.least) return false;
  return stay.profile === member.own_profile && (group.team_id === null || stay.team_id === group.team_id);
}

/** The people of each group who are counted at both months; groups without any are left out. */
export function countedIn(groups: readonly Group[], from: Day, to: Day = from): { group: Group; people: string[] }[] {
  return groups
    .map((group) => ({
      group,
      people: group.members
        .filter((member) => member.from <= from && (member.until === null || member.until > to))
        .map(({ person_id }) => person_id),
    }))
    .filter(({ people }) => people.length > 0);
}

/** The groups that a figure is made of: whole ones, by team and by profile. The organisation's figures have them all. */
export function groupsOf(
  groups: readonly Group[],
  { teams, profile }: { teams?: readonly string[] | undefined; profile?: string | undefined },
): Group[] {
  return groups.filter(
    (group) =>
      (!teams || (group.team_id !== null && teams.includes(group.team_id))) &&
      (profile === undefined || group.profile === profile),
  );
}

const isHere = (stay: Stay, month: Day) => stay.from <= month && (stay.until === null || stay.until > month);
const leastOf = (people: readonly Stay[]) => Math.max(0, ...people.map(({ least }) => least));
const areEnough = (people: readonly Stay[]) => people.length > 0 && people.length >= leastOf(people);
const isCounted = ({ until }: Member) => until === null;
const monthNumber = (month: Day) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
const monthsBetween = (from: Day, to: Day) => monthNumber(to) - monthNumber(from);

/**
 * People who can be counted now: by profile where there are enough, and the others together. Too few others go with the
 * smallest profile of those that are ready, so that nobody waits for long beside colleagues who are counted; alone they wait.
 */
function ripe(waiting: readonly Stay[]): { profile: string | null; people: Stay[] }[] {
  const byProfile = [...Map.groupBy(waiting, ({ profile, least }) => `${profile ?? ''} ${least}`).values()];
  const [ready, others] = split(
    byProfile.toSorted((a, b) => a.length - b.length || (a[0]?.profile ?? '').localeCompare(b[0]?.profile ?? '')),
    areEnough,
  );
  const whole = ready.map((people) => ({ profile: people[0]?.profile ?? null, people }));
  const rest = others.flat();
  if (areEnough(rest)) return [...whole, { profile: null, people: rest }];
  const [smallest, ...larger] = whole;
  if (rest.length > 0 && smallest && areEnough([...smallest.people, ...rest]))
    return [...larger, { profile: null, people: [...smallest.people, ...rest] }];
  return whole;
}

/** Told apart by whether others had seen the skill, where both are enough people. */
function bySeen(people: readonly Stay[]): { seen: boolean | null; people: readonly Stay[] }[] {
  const [seen, own] = split(people, (stay) => stay.seen);
  if (own.length === 0 || seen.length === 0) return [{ seen: own.length === 0, people }];
  if (!areEnough(seen) || !areEnough(own)) return [{ seen: null, people }];
  return [
    { seen: true, people: seen },
    { seen: false, people: own },
  ];
}

function split<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

/** What stands for parts of a table that are too small to stand alone. */
export const OTHERS = 'others';

export interface TableCell {
  /** At most two: groupings and filters together. */
  keys: readonly [string] | readonly [string, string];
  /** People; each counts in one cell of the table. */
  n: number;
}

/**
 * A table of counts of people in which no part is under `k`: small parts of a row are one part, OTHERS, and where that is
 * small too it takes the smallest other part of the row with it; small rows are one row in the same way. Nothing is hidden
 * beside something that shows, so there is nothing to subtract: sums of a table are sums of what it shows. What is left over
 * when nothing is large enough is in no figure. Narrower tables of the same people come from the widest one by `collapsed`,
 * never from the people anew. Throws a RangeError for more than two dimensions.
 */
export function releasedTable(cells: readonly TableCell[], k: number): TableCell[] {
  if (cells.some(({ keys }) => keys.length > 2)) throw new RangeError('At most two dimensions are crossed');
  const isCrossed = cells.some(({ keys }) => keys.length === 2);
  const rows = pooled(
    [...Map.groupBy(cells, ({ keys }) => keys[0])].map(([key, own]) => ({ key, n: sum(own), own })),
    k,
  );
  if (!isCrossed) return rows.map(({ key, n }) => ({ keys: [key], n }));
  return rows.flatMap(({ key, own }) => {
    const columns = [...Map.groupBy(own, ({ keys }) => keys[1] ?? OTHERS)].map(([column, part]) => ({
      key: column,
      n: sum(part),
      own: part,
    }));
    return pooled(columns, k).map(({ key: column, n }): TableCell => ({ keys: [key, column], n }));
  });
}

/** A released table by one of its dimensions: sums of its parts. */
export function collapsed(table: readonly TableCell[], dimension: 0 | 1): TableCell[] {
  return [...Map.groupBy(table, ({ keys }) => keys[dimension] ?? OTHERS)].map(([key, own]) => ({
    keys: [key],
    n: sum(own),
  }));
}

interface Part {
  key: string;
  n: number;
  own: readonly TableCell[];
}

function pooled(parts: readonly Part[], k: number): Part[] {
  const some = parts.filter(({ n }) => n > 0).toSorted((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1));
  const [whole, small] = split(some, ({ n }) => n >= k);
  while (small.length > 0 && sum(small) < k && whole.length > 0) small.push(whole.pop() as Part);
  if (sum(small) < k) return whole;
  return [...whole, { key: OTHERS, n: sum(small), own: small.flatMap(({ own }) => own) }];
}

const sum = (parts: readonly { n: number }[]) => parts.reduce((total, { n }) => total + n, 0);
