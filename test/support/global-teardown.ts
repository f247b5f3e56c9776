import fs from 'node:fs';
import type { TestCluster } from './global-setup';

export default async function globalTeardown(): Promise<void> {
  const { cluster } = globalThis as { cluster?: TestCluster };
  await cluster?.postgres.stop();
  if (cluster) fs.rmSync(cluster.folder, { recursive: true, force: true });
}
