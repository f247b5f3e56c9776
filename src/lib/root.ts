import fs from 'node:fs';
import path from 'node:path';

/** The project's own folder, the same from the sources and from the built files. */
export const ROOT = findRoot(__dirname);

function findRoot(folder: string): string {
  return fs.existsSync(path.join(folder, 'package.json')) ? folder : findRoot(path.dirname(folder));
}
