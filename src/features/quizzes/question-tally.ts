/** Counts of first answers to a question, of people together. */
export interface Tally {
  people: number;
  /** The sum of their points. */
  points: number;
  /** How many of them answered other questions of the quiz too, and the sums from which the two are compared. */
  compared: number;
  compared_points: number;
  others: number;
  points_squared: number;
  others_squared: number;
  product: number;
  /** How many gave each answer, by the labels of `tallyOf`. */
  labels: Record<string, number>;
}

const MOST_LABELS = 200;

/**
 * What is counted when one more group is: the sum of both, with the group told so that nobody in it is told. Whoever subtracts
 * yesterday's figures from today's has the group alone; so of no group it is told that all answered alike, that all
 * were right or that none was: one answer of such a group is counted as another. `right`: the labels of a right answer, where
 * they are known. What is told stays a group's: somebody who knows the answers of all others in it is not kept from the last.
 */
export function withGroup(known: Tally | undefined, group: Tally, right: readonly string[]): Tally {
  const told = toldGroup(group, right);
  if (!known) return { ...told, labels: commonest(told.labels) };
  const sum = (field: keyof Omit<Tally, 'labels'>) => known[field] + told[field];
  const labels = { ...known.labels };
  for (const [label, count] of Object.entries(told.labels)) labels[label] = (labels[label] ?? 0) + count;
  return {
    people: sum('people'),
    points: sum('points'),
    compared: sum('compared'),
    compared_points: sum('compared_points'),
    others: sum('others'),
    points_squared: sum('points_squared'),
    others_squared: sum('others_squared'),
    product: sum('product'),
    labels: commonest(labels),
  };
}

function toldGroup(group: Tally, right: readonly string[]): Tally {
  const { people } = group;
  const labels = { ...group.labels };
  const move = (from: readonly string[], to: readonly string[]) => {
    for (const label of from) labels[label] = (labels[label] ?? 0) - 1;
    for (const label of to) labels[label] = (labels[label] ?? 0) + 1;
  };
  if (group.points < 1 && right.every((label) => !labels[label])) move(mostOf(labels), right);
  const alike = Object.keys(labels).filter((label) => labels[label] === people);
  if (alike.length > 0) move(alike, alike.includes(DONT_KNOW) ? right : [DONT_KNOW]);
  return { ...group, labels, points: Math.min(people - 1, Math.max(1, group.points)) };
}

const DONT_KNOW = 'dont-know';

const mostOf = (labels: Record<string, number>) =>
  Object.entries(labels)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, 1)
    .map(([label]) => label);

/** A number can be typed in countless ways; the rare ones are never told. */
function commonest(labels: Record<string, number>): Record<string, number> {
  const entries = Object.entries(labels).sort(([, a], [, b]) => b - a);
  return Object.fromEntries(entries.slice(0, MOST_LABELS));
}

/** Pearson's correlation of the question's points with those of the quiz's other questions, -1..1; null where all are alike. */
export function agreementOf(tally: Tally): number | null {
  const n = tally.compared;
  const covariance = n * tally.product - tally.compared_points * tally.others;
  const own = n * tally.points_squared - tally.compared_points ** 2;
  const others = n * tally.others_squared - tally.others ** 2;
  return own > 1e-9 && others > 1e-9 ? covariance / Math.sqrt(own * others) : null;
}
