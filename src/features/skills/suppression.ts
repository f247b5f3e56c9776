import { isCount } from '../../lib/statistics';
import { POLICY } from './estimate';

/** 'small': fewer people than may be shown. 'protects-another': hidden because it would tell a small one by subtraction. */
export type HiddenReason = 'small' | 'protects-another';
export type Cell = { shown: true; n: number } | { shown: false; reason: HiddenReason };

export interface SuppressedTable<Group extends string = string> {
  cells: Record<Group, Cell>;
  total: Cell;
}

/**
 * Counts of people by group with the small ones hidden: 0 < n < k, and when those are one alone or together still under k,
 * the next smallest too, until they are not. Empty groups are shown. Throws a RangeError for counts that are none
 * or k under 3.
 * Where the total of all groups can be seen too, use `suppressWithTotal`.
 */
export function suppress<Group extends string>(
  table: Readonly<Record<Group, number>>,
  k: number = POLICY.minGroup,
): Record<Group, Cell> {
  const open = new Suppression(table, k);
  open.hideSmall();
  return open.cells();
}

/**
 * The same for a table with its total. A reader knows k, the reasons and the total, and so the limits of each hidden
 * number: two hidden small groups that make 8 together can only be 4 and 4. More is hidden until no hidden number can be told,
 * and when nothing is left to hide, the total is. It does not guard against a reader who also works backwards from why this
 * program stopped where it did, nor against one who knows the total from elsewhere.
 */
export function suppressWithTotal<Group extends string>(
  table: Readonly<Record<Group, number>>,
  k: number = POLICY.minGroup,
): SuppressedTable<Group> {
  const open = new Suppression(table, k);
  open.hideSmall();
  while (open.canBeTold() && open.hideNext());

  const total = open.total();
  if (total > 0 && total < k) return { cells: open.cells(), total: { shown: false, reason: 'small' } };
  if (open.canBeTold()) return { cells: open.cells(), total: { shown: false, reason: 'protects-another' } };
  return { cells: open.cells(), total: { shown: true, n: total } };
}

class Suppression<Group extends string> {
  private readonly groups: { name: Group; n: number; reason?: HiddenReason }[];

  constructor(
    table: Readonly<Record<Group, number>>,
    private readonly k: number,
  ) {
    // Under 3 the word "small" itself would say the number: 1.
    if (!isCount(k) || k < 3) throw new RangeError('The smallest group that shows is 3 or more');
    const entries = Object.entries(table) as [Group, number][];
    if (!entries.every(([, n]) => isCount(n))) throw new RangeError('Counts are whole numbers from 0 up');
    // Smallest first; by name where equal, so that the same table always hides the same groups.
    this.groups = entries.map(([name, n]) => ({ name, n })).sort((a, b) => a.n - b.n || (a.name < b.name ? -1 : 1));
  }

  hideSmall(): void {
    for (const group of this.groups) if (group.n > 0 && group.n < this.k) group.reason = 'small';
    while (this.isThin() && this.hideNext());
  }

  /** Hides the smallest group that still shows; false when none is left. */
  hideNext(): boolean {
    const next = this.groups.find((group) => group.n > 0 && !group.reason);
    if (next) next.reason = 'protects-another';
    return next !== undefined;
  }

  /** Whether somebody who sees the rest and the total could tell a hidden number. */
  canBeTold(): boolean {
    const hidden = this.groups.filter((group) => group.reason);
    const sum = sumOf(hidden);
    // Those hidden for others are the smallest of the large ones, so what shows is a limit to them.
    const smallestShown = Math.min(...this.groups.filter((g) => !g.reason && g.n > 0).map((g) => g.n));
    const limits = hidden.map(({ reason }) =>
      reason === 'small' ? { low: 1, high: this.k - 1 } : { low: this.k, high: smallestShown },
    );
    return limits.some(({ low, high }, index) => {
      const others = limits.filter((_, other) => other !== index);
      const least = Math.max(low, sum - others.reduce((total, other) => total + other.high, 0));
      const most = Math.min(high, sum - others.reduce((total, other) => total + other.low, 0));
      return least === most;
    });
  }

  total(): number {
    return sumOf(this.groups);
  }

  cells(): Record<Group, Cell> {
    return Object.fromEntries(
      this.groups.map(({ name, n, reason }) => [name, reason ? { shown: false, reason } : { shown: true, n }]),
    ) as Record<Group, Cell>;
  }

  /** One hidden group is told by subtraction; several that are under k together are a small group themselves. */
  private isThin(): boolean {
    const hidden = this.groups.filter((group) => group.reason);
    return hidden.length === 1 || (hidden.length > 0 && sumOf(hidden) < this.k);
  }
}

function sumOf(groups: readonly { n: number }[]): number {
  return groups.reduce((sum, { n }) => sum + n, 0);
}
