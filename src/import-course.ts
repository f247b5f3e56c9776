import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { config } from './config';
import { findCourseKeeper } from './features/courses/courses.model';
import { importCourses } from './features/courses/courses.service';
import { ExchangeFault } from './features/courses/exchange';
import { selectOrganisations } from './features/organisations/organisations.model';
import { withScope } from './lib/scope';
import { StartFault } from './start-fault';
import { openConfiguredDatabase } from './start-up';

const USAGE = 'npm run import:course -- FILE [--organisation SLUG] [--share all]';

/** A command that cannot be done as it was given; the message says what to do. */
class CommandFault extends Error {}

async function run(): Promise<void> {
  const { file, organisation, share } = readCommand();
  const data = readJson(file);
  const database = await openConfiguredDatabase(config, { besideServer: true });
  try {
    const { id, name } = await chooseOrganisation(organisation);
    const courses = await withScope({ organisationId: id, personId: null }, () =>
      importCourses(id, data, { shareWithAll: share }),
    );
    console.log(`${name}:`);
    for (const course of courses) {
      console.log(`  ${course.isNew ? 'new' : 'updated'}  /learn/${course.slug}  (${course.lessons} lessons)`);
    }
  } finally {
    await database.close();
  }
}

function readCommand() {
  try {
    const options = { organisation: { type: 'string' }, share: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (!file || more.length > 0 || (values.share !== undefined && values.share !== 'all')) throw new Error();
    return { file, organisation: values.organisation, share: values.share === 'all' };
  } catch {
    throw new CommandFault(`Use it so: ${USAGE}`);
  }
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    throw new CommandFault(`${file} cannot be read. Check the name of the file.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandFault(`${file} is not JSON: ${(error as Error).message}`);
  }
}

/** The one that was named; otherwise the only one, or the one that keeps the courses already. */
async function chooseOrganisation(slug: string | undefined) {
  const all = await selectOrganisations();
  const known = all.map((organisation) => organisation.slug).join(', ');
  if (slug) {
    const named = all.find((organisation) => organisation.slug === slug);
    if (!named) throw new CommandFault(`No organisation is called "${slug}". There are: ${known || 'none yet'}`);
    return named;
  }
  const keeper = all.length === 1 ? all[0]?.id : await findCourseKeeper();
  const usual = all.find(({ id }) => id === keeper);
  if (usual) return usual;
  if (all.length === 0) throw new CommandFault('There is no organisation yet. Make the first one with: npm run setup');
  throw new CommandFault(`Say whose courses these are with --organisation SLUG. There are: ${known}`);
}

run().catch((error: Error) => {
  const isOurs = error instanceof CommandFault || error instanceof StartFault || error instanceof ExchangeFault;
  if (error instanceof ExchangeFault) console.error('Nothing was imported. Mend these and try again:');
  console.error(isOurs ? error.message : error.stack);
  process.exit(1);
});
