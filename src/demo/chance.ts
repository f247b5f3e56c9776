/** Chance that falls the same way at every run: sfc32, seeded by a text. Its ids begin with `prefix`, so that rows that belong together lie together. */
export class Chance {
  private readonly state: [number, number, number, number];
  private ids = 0;

  constructor(
    seed: string,
    private readonly prefix = 0,
  ) {
    let hash = 2166136261;
    for (let index = 0; index < seed.length; index += 1)
      hash = Math.imul(hash ^ seed.charCodeAt(index), 16777619) >>> 0;
    this.state = [hash, hash ^ 0x9e3779b9, hash ^ 0x243f6a88, 1];
    for (let round = 0; round < 12; round += 1) this.next();
  }

  /** From 0 up to, but not including, 1. */
  next(): number {
    const [a, b, c, d] = this.state;
    const sum = (a + b + d) | 0;
    this.state[0] = b ^ (b >>> 9);
    this.state[1] = (c + (c << 3)) | 0;
    this.state[2] = (((c << 21) | (c >>> 11)) + sum) | 0;
    this.state[3] = (d + 1) | 0;
    return (sum >>> 0) / 4294967296;
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A whole number of low..high, both possible. */
  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T;
  }

  /** Box and Muller's way from two even chances to a bell curve. */
  normal(mean: number, sd: number): number {
    return mean + sd * Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** A UUID of version 8 (made our own way, RFC 9562): increasing within one source of chance. */
  uuid(): string {
    this.ids += 1;
    const start = (0xd0000000 + this.prefix).toString(16);
    const middle = this.ids.toString(16).padStart(4, '0');
    const end = Math.floor(this.next() * 2 ** 44)
      .toString(16)
      .padStart(11, '0');
    return `${start}-${middle}-8de0-8${end.slice(0, 3)}-${end.slice(3)}0de0`;
  }
}
