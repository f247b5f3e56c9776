import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ZipFile } from 'yazl';

/** A file to put into a package. `mode` is a Unix file mode; `store` leaves it unpacked. */
export interface FixtureFile {
  name: string;
  content: string | Buffer;
  mode?: number;
  store?: boolean;
}

const TOY = path.join(__dirname, 'h5p-toy');
export const TOY_FOLDER = 'H5P.OppivaToy-1.0';

/** The files of the toy package, with some replaced, added or (undefined) left out. */
export function toyFiles(changes: Record<string, string | Buffer | undefined> = {}): FixtureFile[] {
  const files = new Map<string, string | Buffer | undefined>();
  for (const name of fs.readdirSync(TOY, { recursive: true, encoding: 'utf8' }).sort()) {
    const inside = name.split(path.sep).join('/');
    if (inside !== 'README.md' && fs.statSync(path.join(TOY, name)).isFile()) {
      files.set(inside, fs.readFileSync(path.join(TOY, name)));
    }
  }
  for (const [name, content] of Object.entries(changes)) files.set(name, content);
  return Array.from(files, ([name, content]) => ({ name, content })).filter(
    (file): file is FixtureFile => file.content !== undefined,
  );
}

/** A JSON file of the toy package with some of its fields replaced. */
export function toyJson(name: string, changes: Record<string, unknown>): string {
  return JSON.stringify({ ...JSON.parse(fs.readFileSync(path.join(TOY, name), 'utf8')), ...changes });
}

/** Zips files in their order; a name may come twice. */
export async function zipOf(files: readonly FixtureFile[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, content, mode, store } of files) {
    zip.addBuffer(Buffer.from(content), name, { mtime: new Date(0), mode: mode ?? 0o100644, compress: !store });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The toy package as a zip. */
export async function toyPackage(changes: Record<string, string | Buffer | undefined> = {}): Promise<Buffer> {
  return zipOf(toyFiles(changes));
}

/** The toy package with more files behind its own. */
export async function toyPackageWith(...more: FixtureFile[]): Promise<Buffer> {
  return zipOf([...toyFiles(), ...more]);
}

/** Gives a file of a zip another name of the same length, also one that a zip program would not write. */
export function renamed(zip: Buffer, from: string, to: string): Buffer {
  if (Buffer.byteLength(from) !== Buffer.byteLength(to)) throw new Error('names must be of the same length');
  return Buffer.from(zip.toString('latin1').replaceAll(latin1(from), latin1(to)), 'latin1');
}

/** Changes one field of a file's record in the central directory: what the archive claims about the file. */
export function claiming(zip: Buffer, name: string, field: 'flags' | 'size' | 'crc', value: number): Buffer {
  const changed = Buffer.from(zip);
  const record = centralRecord(changed, name);
  if (field === 'flags') changed.writeUInt16LE(value, record + 8);
  else changed.writeUInt32LE(value, record + (field === 'size' ? 24 : 16));
  return changed;
}

const CENTRAL = Buffer.from('PK\x01\x02', 'latin1');
const CENTRAL_LENGTH = 46;

function centralRecord(zip: Buffer, name: string): number {
  for (let at = zip.indexOf(CENTRAL); at !== -1; at = zip.indexOf(CENTRAL, at + 4)) {
    const start = at + CENTRAL_LENGTH;
    if (zip.toString('utf8', start, start + zip.readUInt16LE(at + 28)) === name) return at;
  }
  throw new Error(`no file ${name} in the zip`);
}

const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

/** A symbolic link to a file outside. */
export const SYMLINK: FixtureFile = { name: 'content/passwords.txt', content: '/etc/passwd', mode: 0o120777 };

/** Packs to a thousandth of its size. */
export const BOMB: FixtureFile = { name: 'content/zeros.txt', content: Buffer.alloc(8 * 1024 * 1024) };

/** Many empty files. */
export function manyFiles(count: number): FixtureFile[] {
  return Array.from({ length: count }, (_, index) => ({ name: `content/${index}.txt`, content: '', store: true }));
}

/** A library that another one may need, with one script. */
export function libraryFiles(machineName: string, fields: Record<string, unknown> = {}): Record<string, string> {
  const folder = `${machineName}-1.0`;
  const definition = {
    title: machineName,
    machineName,
    majorVersion: 1,
    minorVersion: 0,
    patchVersion: 0,
    runnable: 0,
  };
  return {
    [`${folder}/library.json`]: JSON.stringify({ ...definition, preloadedJs: [{ path: 'a.js' }], ...fields }),
    [`${folder}/a.js`]: '// nothing',
  };
}

const uploads: string[] = [];
afterAll(() => {
  for (const folder of uploads.splice(0)) fs.rmSync(folder, { recursive: true });
});

/** Writes a package to a folder of its own, as an upload would lie on disk, until the tests of the file are over. */
export function onDisk(bytes: Buffer): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppiva-h5p-'));
  uploads.push(folder);
  fs.writeFileSync(path.join(folder, 'upload.h5p'), bytes);
  return path.join(folder, 'upload.h5p');
}

/** The folder that an upload written by `onDisk` lies in. */
export function folderOf(file: string): string {
  return path.dirname(file);
}
