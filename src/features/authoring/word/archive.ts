import yauzl from 'yauzl';

const MOST_FILES = 2000;
/** Bytes of everything in the archive, unpacked. */
const LARGEST = 100_000_000;

/** Bytes of one of its documents in code, unpacked: reading takes ten times as much memory. */
const LARGEST_CODE = 20_000_000;

export type ArchiveFault = 'broken' | 'tooLarge' | 'notWord';

/**
 * Whether a .docx may be read: every entry is unpacked once and counted, so a small file that unpacks to gigabytes is stopped
 * before anything keeps it in memory. Undefined when all is well.
 */
export async function faultOfArchive(file: string): Promise<ArchiveFault | undefined> {
  try {
    const zip = await yauzl.openPromise(file, { lazyEntries: true });
    try {
      if (zip.entryCount > MOST_FILES) return 'tooLarge';
      return await countEntries(zip);
    } finally {
      zip.close();
    }
  } catch {
    return 'broken';
  }
}

async function countEntries(zip: yauzl.ZipFile): Promise<ArchiveFault | undefined> {
  let bytes = 0;
  let isWord = false;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === 'word/document.xml') isWord = true;
    if (entry.fileName.endsWith('/')) continue;
    if (bytes + entry.uncompressedSize > LARGEST) return 'tooLarge';
    if (/\.(xml|rels)$/i.test(entry.fileName) && entry.uncompressedSize > LARGEST_CODE) return 'tooLarge';
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) {
      bytes += (chunk as Buffer).length;
      if (bytes > LARGEST) return 'tooLarge';
    }
  }
  return isWord ? undefined : 'notWord';
}
