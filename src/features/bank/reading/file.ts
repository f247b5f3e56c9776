import { decodeText, NotText } from '../../../lib/decode';
import type { Reading } from './building';
import { readGift } from './gift';
import { FileRefused, type Item } from './item';
import { readMoodle } from './moodle';

export type FileKind = 'moodle' | 'gift';

/** A file of questions as text, and which of the two kinds it is. Throws FileRefused for any other. */
export function openFile(bytes: Buffer): { kind: FileKind; text: string } {
  const text = textOf(bytes);
  const start = text.slice(0, 4000).trimStart();
  if (start === '') throw new FileRefused('empty');
  if (/^(<\?xml\b|<!--|<quiz\b|<question\b|<!DOCTYPE\s+quiz)/i.test(start)) {
    if (!/<quiz[\s>]/i.test(text) && !/<question[\s>]/i.test(text)) throw new FileRefused('notMoodle');
    return { kind: 'moodle', text };
  }
  if (/^<(!doctype html|html|\?php)/i.test(start) || (/^</.test(start) && !/[^\\]\{/.test(text)))
    throw new FileRefused('notMoodle');
  if (!/\{|\$CATEGORY/.test(text)) throw new FileRefused('notQuestions');
  return { kind: 'gift', text };
}

function textOf(bytes: Buffer): string {
  try {
    return decodeText(bytes).text.replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof NotText) throw new FileRefused('notText');
    throw error;
  }
}

/** The questions of a file one by one, and 'category' for each name of a category among them. */
export function readFile(
  { kind, text }: { kind: FileKind; text: string },
  reading: Reading,
): Generator<Item | 'category', void> {
  return kind === 'moodle' ? readMoodle(text, reading) : readGift(text, reading);
}

/** About how many questions a file has, without reading them. */
export function countQuestions({ kind, text }: { kind: FileKind; text: string }): number {
  return kind === 'moodle' ? text.split(/<question\s/i).length - 1 : text.split(/\n\s*\n/).length;
}
