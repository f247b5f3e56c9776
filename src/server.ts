import { createServer, type Server } from 'node:http';
import type { Config } from './config';

const OLDEST_NODE = 24;

/** Settings -> database -> app -> listen -> jobs; the other way round when asked to stop. */
async function start(): Promise<void> {
  const { config } = await import('./config.js');
  const { openConfiguredDatabase, sessionSecret } = await import('./start-up.js');
  const { fillWhenEmpty } = await import('./first-data.js');
  const { decideWeights, tellEvidenceApart } = await import('./features/skills/weights.service.js');
  const { createApp } = await import('./app.js');
  const { sessions } = await import('./lib/session.js');
  const { useSecret } = await import('./lib/secret.js');
  const { openStorage, useStorage } = await import('./lib/storage.js');
  const { identify } = await import('./features/accounts/accounts.passport.js');
  const { startWorker } = await import('./lib/worker.js');
  const { handlers, schedule } = await import('./jobs.js');
  const { askedToStop, stopServing } = await import('./stop.js');

  const asked = askedToStop();
  const secret = sessionSecret(config);
  const database = await openConfiguredDatabase(config);
  useStorage(openStorage(config));
  useSecret(secret);
  const session = sessions({ secret, hours: config.SESSION_HOURS });
  const app = createApp({ identify: [...session, identify], trustProxy: config.TRUST_PROXY });
  // A package of 200 MB over a slow line takes minutes; slow headers are cut off early all the same.
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 300_000 }, app);
  try {
    const accounts = await fillWhenEmpty(database);
    await decideWeights(config.SKILL_WEIGHTS);
    await tellEvidenceApart();
    await listen(server, config);
    greet(server, config, accounts);
  } catch (error) {
    await database.close();
    throw error;
  }
  database.lost.then(() => fail(new Error('PostgreSQL stopped by itself. Start Oppiva again.')));
  const worker = await startWorker({ connection: database.connection, handlers, schedule });
  const signal = await asked;
  await Promise.all([stopServing(server, signal, config.STOP_WAIT_SECONDS), worker.stop()]);
  await database.close();
  process.exit(0);
}

function listen(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(listenFault(error, config))));
    server.listen(config.PORT, config.HOST, resolve);
  });
}

function listenFault({ code, message }: NodeJS.ErrnoException, { PORT, HOST }: Config): string {
  if (code === 'EADDRINUSE') return `Port ${PORT} is taken. Set PORT to another number.`;
  if (code === 'EACCES') return `Port ${PORT} is not open to this user. Set PORT to a number over 1023.`;
  return `The server cannot listen on ${HOST}, port ${PORT}: ${message}. Set HOST or PORT.`;
}

/** What the person at the terminal needs: where it is, who may come in, how to stop. */
function greet(
  server: Server,
  config: Config,
  accounts: { usernames: readonly string[]; password: string } | undefined,
) {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.PORT;
  const lines = ['', `Oppiva is ready: ${config.BASE_URL ?? `http://localhost:${port}`}`];
  if (accounts) {
    lines.push('', `Demo accounts:   ${accounts.usernames.join(', ')}`, `Password:        ${accounts.password}`);
  }
  lines.push('', 'Stop with Ctrl-C. What you did stays, and the next start goes on from it.', '');
  console.log(lines.join('\n'));
}

function fail(error: Error): void {
  console.error(error.message);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  fail(
    new Error(`Oppiva needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}. Start it with: npm start`),
  );
}
start().catch(fail);
