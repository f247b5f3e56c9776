import autocannon from 'autocannon';
import type { BenchRequest } from './page';

export interface Load {
  requests: number;
  seconds: number;
  bytes: number;
  /** One for each answer, in ms, with fractions. */
  times: number[];
  /** Answers with another status than the expected one. */
  wrong: number;
}

export interface Loading {
  url: string;
  connections: number;
  seconds: number;
  status: number;
  next: () => BenchRequest;
  /** Called with each answer. */
  answered?: ((request: BenchRequest, status: number, body: string) => void) | undefined;
}

/** Sends requests as fast as they are answered. */
export async function load({ url, connections, seconds, status, next, answered }: Loading): Promise<Load> {
  const times: number[] = [];
  let bytes = 0;
  let wrong = 0;
  let started = performance.now();
  const ended = Promise.withResolvers<void>();
  const run = autocannon(
    {
      url,
      connections,
      duration: seconds,
      requests: [answered ? followed(next, answered) : { setupRequest: () => asBrowser(next()) as never }],
    },
    (error) => (error ? ended.reject(error) : ended.resolve()),
  );
  run.on('start', () => {
    started = performance.now();
  });
  run.on('response', (_client, code, size, time) => {
    times.push(time);
    bytes += size;
    if (code !== status) wrong += 1;
  });
  await ended.promise;
  return { requests: times.length, seconds: (performance.now() - started) / 1000, bytes, times, wrong };
}

/** Answers come uncompressed, to be read. The context is each connection's own. */
const followed = (next: Loading['next'], answered: NonNullable<Loading['answered']>): autocannon.Request => ({
  setupRequest: (_request, context) => {
    const sent = next();
    Object.assign(context, { sent });
    return sent as never;
  },
  onResponse: (status, body, context) => answered((context as { sent: BenchRequest }).sent, status, body),
});

function asBrowser({ headers, ...request }: BenchRequest) {
  return { ...request, headers: { ...headers, 'accept-encoding': 'gzip, deflate, br', 'accept-language': 'fi' } };
}

export function joined(loads: readonly Load[]): Load {
  const sum = (of: (load: Load) => number) => loads.reduce((total, load) => total + of(load), 0);
  return {
    requests: sum(({ requests }) => requests),
    seconds: sum(({ seconds }) => seconds),
    bytes: sum(({ bytes }) => bytes),
    times: loads.flatMap(({ times }) => times).sort((a, b) => a - b),
    wrong: sum(({ wrong }) => wrong),
  };
}

/** The value under which this share of the sorted times lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
