// Sends one collected mail as a server's worker does, for a test that kills it. Settings come in the environment.
const { openDatabase, useDatabase } = require('../../dist/src/lib/db');
const { useMailServer } = require('../../dist/src/lib/mail');
const { useSecret } = require('../../dist/src/lib/secret');
const { sendCollected } = require('../../dist/src/features/notifications/mailing.service');

useSecret('a secret that is long enough for a test');
useMailServer({ url: process.env.TEST_MAIL, from: 'Oppiva <oppiva@example.fi>' });
const pool = openDatabase({ connectionString: process.env.TEST_DATABASE, poolSize: 2, role: 'oppiva_app' });
useDatabase(pool);
sendCollected(JSON.parse(process.env.TEST_MAIL_OF)).then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
