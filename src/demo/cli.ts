import { parseArgs } from 'node:util';

/** `npm run demo -- --people 100000`: fills an empty or a demo database. */
async function run(): Promise<void> {
  const { config } = await import('../config.js');
  const { openConfiguredDatabase } = await import('../start-up.js');
  const { loadDemo } = await import('./load.js');
  const { DEMO_ACCOUNTS } = await import('./accounts.js');

  const { values } = parseArgs({ options: { people: { type: 'string', default: '240' } } });
  const people = Number(values.people);
  const database = await openConfiguredDatabase(config);
  try {
    const started = performance.now();
    const rows = await loadDemo(database.ownerUrl, { people });
    const seconds = (performance.now() - started) / 1000;
    console.log(`The demo has ${people} people: ${rows} rows in ${seconds.toFixed(1)} s.`);
    console.log(`Sign in as ${DEMO_ACCOUNTS.usernames.join(', ')}; the password is ${DEMO_ACCOUNTS.password}.`);
  } finally {
    await database.close();
  }
}

run().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
