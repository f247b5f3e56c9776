import { createServer, type Server } from 'node:http';
import type { Config } from './config';

const OLDEST_NODE = 24;

/** Settings -> database -> app -> listen; the other way round when asked to stop. */
async function start(): Promise<void> {
  const { config } = await import('./config.js');
  const { openConfiguredDatabase, sessionSecret } = await import('./start-up.js');
  const { createApp } = await import('./app.js');
  const { sessions } = await import('./lib/session.js');
  const { identify } = await import('./features/accounts/accounts.passport.js');
  const { importOwnFramework } = await import('./features/skills/skills.service.js');

  const database = await openConfiguredDatabase(config);
  await importOwnFramework();
  const session = sessions({ secret: sessionSecret(config), hours: config.SESSION_HOURS });
  const app = createApp({ identify: [...session, identify], trustProxy: config.TRUST_PROXY });
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, app);
  try {
    await listen(server, config);
  } catch (error) {
    await database.close();
    throw error;
  }
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.PORT;
  console.log(`Oppiva is ready: http://localhost:${port}`);
  stopOnSignal(server, database.close);
}

function listen(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${config.PORT} is taken. Set PORT to another number.`) : error);
    });
    server.listen(config.PORT, config.HOST, resolve);
  });
}

/** Requests under way are finished, then the database is closed. A second signal stops at once. */
function stopOnSignal(server: Server, close: () => Promise<void>): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    server.close();
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 5000).unref();
    await new Promise((resolve) => (server.listening ? server.once('close', resolve) : resolve(undefined)));
    await close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(
    `Oppiva needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}. Start it with: npm start`,
  );
  process.exit(1);
}
start().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
