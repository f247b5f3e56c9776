import { DEMO_ACCOUNTS } from './demo/accounts';
import { addDemoActivity } from './demo/activity';
import { addDemoBadges } from './demo/badges';
import { addDemoCourseFile } from './demo/course-file';
import { loadDemo } from './demo/load';
import { addDemoMedia } from './demo/media';
import { importOwnFramework } from './features/skills/skills.service';
import { openAsOwner } from './lib/migrate';
import type { OpenDatabase } from './start-up';

/**
 * Gives an empty database what it needs at the first start. Returns the demo's accounts when the database holds the
 * demo; a database of one's own (DATABASE_URL) never gets one.
 */
export async function fillWhenEmpty(database: OpenDatabase): Promise<typeof DEMO_ACCOUNTS | undefined> {
  await importOwnFramework();
  if (!database.embedded) return undefined;
  const owner = openAsOwner(database.ownerUrl);
  try {
    const [first] = await owner('organisations').orderBy('is_demo').limit(1).select('is_demo');
    if (!first) {
      await loadDemo(database.ownerUrl);
      await addDemoActivity();
      await addDemoMedia();
      await addDemoCourseFile();
      await addDemoBadges();
    }
    return (first?.is_demo ?? true) ? DEMO_ACCOUNTS : undefined;
  } finally {
    await owner.destroy();
  }
}
