/** Why a package cannot be taken in: a locale key and what to fill into it. */
export interface Refusal {
  key: string;
  values: Record<string, string | number>;
}

/** More than this many reasons at once help nobody; the rest are counted. */
const SHOWN = 20;

/** Collects refusals, so that a person can mend everything at once and not one thing per upload. */
export class Refusals {
  private readonly kept: Refusal[] = [];
  private readonly seen = new Set<string>();
  private left = 0;

  add(key: string, values: Refusal['values'] = {}): void {
    const mark = JSON.stringify([key, values]);
    if (this.seen.has(mark)) return;
    this.seen.add(mark);
    if (this.kept.length < SHOWN) this.kept.push({ key: `h5p.refused.${key}`, values });
    else this.left++;
  }

  get any(): boolean {
    return this.kept.length > 0;
  }

  list(): Refusal[] {
    if (this.left === 0) return [...this.kept];
    return [...this.kept, { key: 'h5p.refused.more', values: { count: this.left } }];
  }
}

/** Thrown inside a check when nothing after it could be trusted. Never leaves the feature. */
export class RefusalError extends Error {
  constructor(
    readonly key: string,
    readonly values: Refusal['values'] = {},
  ) {
    super(key);
  }
}
