import { joined, type Load, load, quantile } from './load';
import type { BenchPage } from './page';
import { processorTime, type Served } from './processes';
import type { Scene } from './scene';

/** One line of the result; written to the JSON file as it is. */
export interface Measured {
  page: string;
  people: number;
  connections: number;
  rps: number;
  p50_ms: number;
  p99_ms: number;
  /** Processor ms per request, server and PostgreSQL together; null where /proc does not tell. */
  cpu_ms: number | null;
  /** The same for the floor. */
  floor_cpu_ms: number | null;
  queries: number;
  bytes: number;
  /** Requests per second as a share of the floor's and of the bare server's. */
  floor_ratio: number;
  bare_ratio: number;
}

export interface Bench {
  scene: Scene;
  pages: readonly BenchPage[];
  app: Served;
  floor: Served;
  bare: Served;
  postgresPid: number;
  seconds: number;
}

const ROUNDS = 2;

export async function measurePage(
  bench: Bench,
  page: BenchPage,
  connections: number,
  queries: number,
): Promise<Measured> {
  const { scene, app, floor, postgresPid } = bench;
  let n = 0;
  const next = () => page.request(scene, n++);
  const toFloor = () => ({ ...next(), path: `/${bench.pages.indexOf(page)}` });
  const ours: Load[] = [];
  const floors: Load[] = [];
  const processor = new Stopwatch();
  const floorProcessor = new Stopwatch();
  const { answered } = page;
  await load({ url: app.url, connections, seconds: 1, status: page.status, next, answered });
  await load({ url: floor.url, connections, seconds: 1, status: page.status, next: toFloor });
  // In turns, so that what else the machine does meets both alike.
  for (let round = 0; round < ROUNDS; round += 1) {
    const seconds = Math.max(1, Math.round(bench.seconds / ROUNDS));
    ours.push(
      await processor.during([app.pid, postgresPid], () =>
        load({ url: app.url, connections, seconds, status: page.status, next, answered }),
      ),
    );
    floors.push(
      await floorProcessor.during([floor.pid, postgresPid], () =>
        load({ url: floor.url, connections, seconds, status: page.status, next: toFloor }),
      ),
    );
  }
  const mine = joined(ours);
  const least = joined(floors);
  for (const [who, { wrong }] of [
    ['Oppiva', mine],
    ['the floor', least],
  ] as const)
    if (wrong > 0) console.error(`${page.page}: ${wrong} answers of ${who} had another status than ${page.status}`);
  return {
    page: page.page,
    people: scene.people,
    connections,
    rps: rounded(rate(mine), 1),
    p50_ms: rounded(quantile(mine.times, 0.5), 2),
    p99_ms: rounded(quantile(mine.times, 0.99), 2),
    cpu_ms: processor.perRequest(mine),
    floor_cpu_ms: floorProcessor.perRequest(least),
    queries,
    bytes: Math.round(mine.bytes / mine.requests),
    floor_ratio: rounded(rate(mine) / rate(least), 2),
    bare_ratio: rounded(rate(mine) / (await bareRate(bench, connections)), 3),
  };
}

/** Adds up the processor time of processes while something goes on. */
class Stopwatch {
  private total: number | undefined = 0;

  async during<T>(pids: number[], work: () => Promise<T>): Promise<T> {
    const before = processorTime(pids);
    const result = await work();
    const after = processorTime(pids);
    this.total = after === undefined || before === undefined ? undefined : (this.total ?? 0) + after - before;
    return result;
  }

  perRequest({ requests }: Load): number | null {
    return this.total === undefined ? null : rounded(this.total / requests, 2);
  }
}

const bareRates = new Map<number, number>();

async function bareRate({ bare }: Bench, connections: number): Promise<number> {
  const known = bareRates.get(connections);
  if (known !== undefined) return known;
  const next = () => ({ method: 'GET', path: '/', headers: {} }) as const;
  await load({ url: bare.url, connections, seconds: 1, status: 200, next });
  const measured = rate(await load({ url: bare.url, connections, seconds: 3, status: 200, next }));
  bareRates.set(connections, measured);
  return measured;
}

const rate = ({ requests, seconds }: Load) => requests / seconds;

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
