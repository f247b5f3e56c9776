import { config } from './config';
import { rebuildSearch } from './features/courses/search-index.model';
import { StartFault } from './start-fault';
import { openConfiguredDatabase } from './start-up';

/** npm run rebuild:search: makes what can be found anew, also beside a running server. */
async function run(): Promise<void> {
  const database = await openConfiguredDatabase(config, { besideServer: true });
  try {
    const { courses, paths } = await rebuildSearch();
    console.log(`The search was made anew: ${courses} courses and ${paths} paths with their texts.`);
  } finally {
    await database.close();
  }
}

run().catch((error: Error) => {
  console.error(error instanceof StartFault ? error.message : error.stack);
  process.exitCode = 1;
});
