/** Arithmetic mean. Throws a RangeError for an empty list. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('The mean of nothing is not a number');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation (divisor n - 1). Throws a RangeError for fewer than two values. */
export function sd(values: readonly number[]): number {
  if (values.length < 2) throw new RangeError('A standard deviation needs two values');
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

/**
 * P(X > p) when X ~ Beta(1 + successes, 1 + failures): how sure we are that the true share is above `p`, having started
 * from knowing nothing. For whole numbers it is a binomial sum, P(Bin(s + f + 1, p) <= s). Throws a RangeError for counts
 * that are not whole and non-negative or a `p` outside 0..1.
 */
export function betaTail(successes: number, failures: number, p: number): number {
  if (!isCount(successes) || !isCount(failures)) throw new RangeError('Counts are whole numbers from 0 up');
  if (!(p >= 0 && p <= 1)) throw new RangeError('A share lies between 0 and 1');
  if (p === 0) return 1;
  if (p === 1) return 0;

  const n = successes + failures + 1;
  // In logarithms, because (1 - p)^n alone is too small for a number when there are hundreds of answers.
  let logTerm = n * Math.log1p(-p);
  let sum = 0;
  for (let k = 0; k <= successes; k++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((n - k) / (k + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return Math.min(1, sum);
}

/**
 * The 97.5 % quantile of Student's t: the multiplier of a two-sided 95 % interval. Throws a RangeError unless
 * `df` is a whole number from 1 up.
 */
export function tQuantile975(df: number): number {
  if (!isCount(df) || df === 0) throw new RangeError('Degrees of freedom are a whole number from 1 up');
  if (df > SERIES_UP_TO) return farQuantile(df);

  // Halving on the angle instead of on t: the angle is bounded, while t is 12.7 for one degree of freedom.
  let low = 0;
  let high = Math.PI / 2;
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (centralShare(middle, df) < 0.95) low = middle;
    else high = middle;
  }
  return Math.sqrt(df) * Math.tan(low);
}

/** Above this the series of the exact share grows long, and the expansion is right to ten digits. */
const SERIES_UP_TO = 1000;

/** Cornish-Fisher expansion of t around the normal quantile (Abramowitz & Stegun 26.7.5). */
function farQuantile(df: number): number {
  const z = 1.959963984540054;
  return z + (z ** 3 + z) / (4 * df) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * df ** 2);
}

/**
 * P(|T| < t) for Student's t where t = sqrt(df)·tan(angle): the finite series for whole degrees of freedom
 * (Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4).
 */
function centralShare(angle: number, df: number): number {
  const isOdd = df % 2 === 1;
  const cosSquared = Math.cos(angle) ** 2;
  let term = isOdd ? Math.cos(angle) : 1;
  let sum = 0;
  for (let power = isOdd ? 1 : 0; power <= df - 2; power += 2) {
    sum += term;
    term *= ((power + 1) / (power + 2)) * cosSquared;
  }
  return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

/** A whole number from 0 up. */
export function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}
