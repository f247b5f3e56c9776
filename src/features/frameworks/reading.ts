import type { Language } from '../../lib/i18n';
import type { Framework } from '../skills/framework';

/** What became of a row: read as it stands, read with something mended, passed over, or in the way of the import. */
export const LINE_STATUSES = ['wrong', 'changed', 'skipped', 'read'] as const;
export type LineStatus = (typeof LINE_STATUSES)[number];

/** One row of the file, or one item of it, for the person who sent it. `key` says why, with `values` filled in. */
export interface Line {
  row: number;
  status: LineStatus;
  code: string;
  /** The name of the column as it stands in the file. */
  column?: string;
  key?: string;
  values?: Record<string, string | number>;
}

export interface ReadFile {
  framework: Omit<Framework, 'key' | 'version'>;
  lines: Line[];
  /** The version that the file gives itself; empty for none. */
  version: string;
}

/** The whole file cannot be read: a message by its key, for the field of the file. */
export class FileFault extends Error {
  constructor(
    readonly key: string,
    readonly values: Record<string, string | number> = {},
  ) {
    super(key);
  }
}

export const MOST_ROWS = 50_000;
export const LONGEST_CODE = 40;
export const LONGEST_NAME = 300;
export const LONGEST_ABOUT = 2000;

export type Texts = Partial<Record<Language, string>>;
export type ItemKind = 'area' | 'competence' | 'can_do';

/** A row of a tree, before it is known whether the tree holds. */
export interface Item {
  row: number;
  code: string;
  parent: string | null;
  kind: ItemKind | undefined;
  /** 1..8, of a can-do line. */
  level: number | undefined;
  starter: boolean;
  name: Texts;
  about: Texts;
  /** What was mended while reading the row. */
  changed?: Pick<Line, 'key' | 'column' | 'values'>;
}
