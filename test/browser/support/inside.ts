import { type openDatabase, useDatabase } from '../../../src/lib/db';
import { useSecret } from '../../../src/lib/secret';
import { FolderStorage, useStorage } from '../../../src/lib/storage';
import { completeOrganisations } from '../../conventions/crawl/support/organisations';
import { connectAsApp, connectAsOwner } from '../../support/database';
import { openSite, SECRET, type Site } from './site';

/** A site whose database and files this process works on, too, with rows of every kind in both organisations. */
export interface Inside {
  site: Site;
  owner: ReturnType<typeof connectAsOwner>;
  close(): Promise<void>;
}

export async function openInside(name: string): Promise<Inside> {
  const site = await openSite(name);
  const owner = connectAsOwner(site.database);
  const pool: ReturnType<typeof openDatabase> = connectAsApp(site.database);
  useDatabase(pool);
  useSecret(SECRET);
  useStorage(new FolderStorage(`${site.folder}/files`));
  await completeOrganisations(owner);
  return {
    site,
    owner,
    close: async () => {
      await Promise.all([site.close(), owner.destroy(), pool.destroy()]);
    },
  };
}
