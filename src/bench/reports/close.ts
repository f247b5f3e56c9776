import { closeOrganisation } from '../../features/reports/closing/read-ahead.service';
import { openDatabase, useDatabase } from '../../lib/db';

/** `close.js ORGANISATION`: does what the product does at the turn of a month in the database of DATABASE_URL. */
async function run(): Promise<void> {
  const database = openDatabase({ connectionString: process.env.DATABASE_URL ?? '', poolSize: 2 });
  useDatabase(database);
  await closeOrganisation({ organisation_id: process.argv[2] ?? '' });
  await database.destroy();
}

run().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
