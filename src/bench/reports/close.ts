import { closeMonths } from '../../features/reports/closings.service';
import { openDatabase, useDatabase } from '../../lib/db';

/** `close.js ORGANISATION`: closes its months in the database of DATABASE_URL. */
async function run(): Promise<void> {
  const database = openDatabase({ connectionString: process.env.DATABASE_URL ?? '', poolSize: 2 });
  useDatabase(database);
  await closeMonths(process.argv[2] ?? '');
  await database.destroy();
}

run().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
