import fs from 'node:fs';
import { ensureDatabase, startPostgres } from '../../lib/embedded-postgres';
import { LOADING, prepareReports } from './prepare';

(async () => {
  const folder = process.argv[2] as string;
  fs.mkdirSync(folder, { recursive: true });
  fs.chmodSync(folder, 0o755);
  const postgres = await startPostgres(folder, { fast: true, settings: LOADING });
  try {
    await ensureDatabase(postgres, 'oppiva');
    await prepareReports(postgres.url('oppiva'), Number(process.argv[3]));
  } finally {
    await postgres.stop();
  }
})().then(
  () => process.exit(0),
  (e) => {
    console.error(e);
    process.exit(1);
  },
);
