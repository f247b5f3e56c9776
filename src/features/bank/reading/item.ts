import type { Written } from '../written';

/** A word to the author: a key under `bank.note` or `bank.reason`, and what stands in it. */
export interface Note {
  key: string;
  values?: Record<string, string | number>;
}

/** A picture that came with a question, as base64. In texts its place is `picture:NUMBER`, by the order in the item. */
export interface SentPicture {
  name: string;
  data: string;
}

/** One question of a file: what was read of it, or why it was not. */
export interface Item {
  /** From 1 in the file, questions that were not read too. */
  number: number;
  /** Where it begins in the file, from 1. */
  line: number;
  name: string;
  /** What the file calls its type. */
  kind: string;
  category: string;
  /** Undefined when it could not be read. */
  question?: Written;
  /** What of it could not be kept. */
  notes: Note[];
  /** Why it was not read. */
  reason?: Note;
  pictures: SentPicture[];
  /** How it begins in the file, for one who looks for it. */
  excerpt: string;
}

/** Thrown by what reads a question: the question is explained instead. */
export class Unread extends Error {
  constructor(readonly note: Note) {
    super(note.key);
  }
}

export const unread = (key: string, values?: Note['values']): Unread => new Unread({ key, ...(values && { values }) });

/** Why a whole file was not read. */
export class FileRefused extends Error {
  constructor(readonly key: string) {
    super(key);
  }
}

/** Notes of one question, each once. */
export class Notes {
  readonly list: Note[] = [];
  add(key: string, values?: Note['values']): void {
    const note = { key, ...(values && { values }) };
    if (!this.list.some((known) => JSON.stringify(known) === JSON.stringify(note))) this.list.push(note);
  }
}

/** A text short enough to be told of. */
export function short(text: string, longest = 120): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1).trimEnd()}…` : line;
}
