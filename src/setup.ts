import { parseArgs } from 'node:util';
import type { SetupAnswers } from './setup-questions';

const HELP = `npm run setup makes the first organisation and its administrator in the database of DATABASE_URL.
It asks what it needs. Without a terminal, give flags and the password as input:

  echo "$PASSWORD" | npm run setup -- --organisation NAME --name NAME --username NAME --password-stdin

  --another        one more organisation, beside those there are
  --network NAME   the organisation belongs to this network; the first one to name it leads it`;

/** The first organisation and its administrator. Refuses, kindly, when there is one and no other is asked for. */
async function main(): Promise<void> {
  const { values: flags } = parseArgs({
    options: {
      organisation: { type: 'string' },
      name: { type: 'string' },
      username: { type: 'string' },
      'password-stdin': { type: 'boolean' },
      another: { type: 'boolean' },
      network: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (flags.help) return console.log(HELP);
  const { config } = await import('./config.js');
  const { openConfiguredDatabase } = await import('./start-up.js');
  const { importOwnFramework } = await import('./features/skills/skills.service.js');
  const { findAnyOrganisation, setUp } = await import('./features/admin/set-up.service.js');
  const { askSetup } = await import('./setup-questions.js');

  const database = await openConfiguredDatabase(config, { besideServer: true });
  try {
    const known = await findAnyOrganisation();
    if (known && !flags.another) {
      throw new Error(
        `There is an organisation already: ${known}. Its administrator adds people under /organisation. One more organisation: npm run setup -- --another`,
      );
    }
    const answers = await check(await askSetup(flags));
    await importOwnFramework();
    await setUp({ ...answers, network: flags.network?.trim() || undefined });
    console.log(`Ready. ${answers.organisation} is made. Run npm start and sign in as ${answers.username}.`);
  } finally {
    await database.close();
  }
}

/** The same rules as in the forms, in words for a terminal. */
async function check(answers: SetupAnswers): Promise<SetupAnswers> {
  const { SetUpForm } = await import('./features/admin/admin.schema.js');
  const { translator } = await import('./lib/i18n.js');
  const result = SetUpForm.safeParse(answers);
  if (result.success) return result.data;
  const t = translator('en');
  throw new Error(`Nothing was made. ${result.error.issues.map(({ message }) => t(message)).join('. ')}.`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
