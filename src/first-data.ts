import { importOwnFramework } from './features/skills/skills.service';
import { openAsOwner } from './lib/migrate';
import type { OpenDatabase } from './start-up';

export const DEMO_ACCOUNTS = {
  usernames: ['learner', 'expert', 'professional', 'supervisor', 'coordinator', 'admin'],
  password: 'demo-oppiva',
} as const;

/**
 * Gives an empty database what it needs at the first start. Returns the demo's accounts when the database holds the
 * demo; a database of one's own (DATABASE_URL) never gets one.
 */
export async function fillWhenEmpty(database: OpenDatabase): Promise<typeof DEMO_ACCOUNTS | undefined> {
  await importOwnFramework();
  if (!database.embedded) return undefined;
  const owner = openAsOwner(database.ownerUrl);
  try {
    const { rows } = await owner.raw('select exists(select from organisations where is_demo) as "isDemo"');
    return rows[0].isDemo ? DEMO_ACCOUNTS : undefined;
  } finally {
    await owner.destroy();
  }
}
