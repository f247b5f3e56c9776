import type { Server } from 'node:http';
import { startStopping } from './lib/health';

/** A terminal and npm both pass Ctrl-C on, so the same press comes twice. */
const SAME_PRESS = 1000;
const LONGEST_REQUEST = 20_000;

/**
 * Resolves with the first signal: Ctrl-C, SIGTERM or a closed terminal. A later one ends the process at once.
 * Called before anything is started, so that a start that is interrupted still ends in order.
 */
export function askedToStop(): Promise<NodeJS.Signals> {
  let askedAt = 0;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (askedAt && Date.now() - askedAt > SAME_PRESS) process.exit(1);
        askedAt ||= Date.now();
        resolve(signal);
      });
    }
    whenParentEnds(() => resolve('SIGTERM'));
  });
}

/**
 * /health says 503, a proxy gets `waitSeconds` to notice (a person at a terminal does not wait), and the requests
 * under way are finished.
 */
export async function stopServing(server: Server, signal: NodeJS.Signals, waitSeconds: number): Promise<void> {
  startStopping();
  server.prependListener('request', (_req, res) => res.setHeader('Connection', 'close'));
  if (signal === 'SIGTERM') await new Promise((resolve) => setTimeout(resolve, waitSeconds * 1000));
  setTimeout(() => server.closeAllConnections(), LONGEST_REQUEST).unref();
  await new Promise((resolve) => server.close(resolve));
}

/** npm starts us through a shell; a signal sent to npm alone ends that shell and would leave us running unseen. */
function whenParentEnds(work: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && work(), 500).unref();
}
