import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { ARCHIVE_LIMITS } from './h5p.limits';
import { RefusalError, Refusals } from './h5p.refusals';
import { listEntries, openEntry, withZip } from './h5p.zip';

/** A file of a package that passed every check. */
export interface PackageFile {
  /** Its path inside the content or the library it belongs to. */
  path: string;
  /** Its name in the archive. */
  entryName: string;
  size: number;
  sha256: string;
}

/**
 * Hands the checked files of a package over one by one, to be stored. A stream fails when it does not bring the very bytes
 * that were checked, so nothing else can get into storage. Throws what `store` throws.
 */
export async function readPackageFiles(
  archive: string,
  files: readonly PackageFile[],
  store: (file: PackageFile, bytes: Readable) => Promise<void>,
): Promise<void> {
  await withZip(archive, async (zip) => {
    const entries = await listEntries(zip, ARCHIVE_LIMITS, new Refusals());
    // Of files given twice with the same bytes, either will do.
    const byName = new Map(entries.map((named) => [named.name, named]));
    for (const file of files) {
      const named = byName.get(file.entryName);
      if (!named) throw new RefusalError('damagedFile', { file: file.entryName });
      const source = await openEntry(zip, named);
      const checked = sameBytes(file);
      source.on('error', (error) => checked.destroy(error));
      await store(file, source.pipe(checked));
    }
  });
}

function sameBytes(file: PackageFile): Transform {
  const hash = createHash('sha256');
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      done(size > file.size ? changed(file) : null, chunk);
    },
    flush(done) {
      done(hash.digest('hex') === file.sha256 ? null : changed(file));
    },
  });
}

const changed = (file: PackageFile) => new RefusalError('damagedFile', { file: file.entryName });
