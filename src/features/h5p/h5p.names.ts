import { validateFileName } from 'yauzl';

const LONGEST_NAME = 400;

/** A refusal's key when a file of an archive may not be called this, else undefined. Directories end with a slash. */
export function nameProblem(name: string): string | undefined {
  if (name.includes('\\')) return 'backslash';
  // Beside what yauzl knows, a drive letter without a slash, and the single-dot and empty parts that hide a way around.
  if (validateFileName(name) !== null || /^[a-z]:/i.test(name)) return 'unsafePath';
  const parts = name.replace(/\/$/, '').split('/');
  if (parts.some((part) => part === '' || part === '.')) return 'unsafePath';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f\ufffd]/.test(name) || name.length > LONGEST_NAME) return 'badName';
  return undefined;
}

/** H5P passes over every file and folder whose name starts with a dot or an underscore (`__MACOSX`, `.git`). */
export function isPassedOver(name: string): boolean {
  return /(^|\/)[._]/.test(name);
}

/** The extension in small letters without its dot; empty when there is none. */
export function extensionOf(name: string): string {
  const file = name.slice(name.lastIndexOf('/') + 1);
  const dot = file.lastIndexOf('.');
  return dot < 1 ? '' : file.slice(dot + 1).toLowerCase();
}

/** Two names that some file system or browser would take for the same. */
export function sameNameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

const MODE_TYPE = 0o170000;

/** Whether a zip entry's Unix mode says it is something other than a file or a folder: a link, a device, a pipe. */
export function isSpecialFile(externalFileAttributes: number): boolean {
  const type = (externalFileAttributes >>> 16) & MODE_TYPE;
  return type !== 0 && type !== 0o100000 && type !== 0o040000;
}
