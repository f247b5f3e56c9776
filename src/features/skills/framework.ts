import { createHash } from 'node:crypto';
import type { Language } from '../../lib/i18n';

/** How far a text of a framework has been checked. Shown beside every translation. */
export const TEXT_STATUSES = ['official', 'published', 'unofficial', 'unreviewed', 'reviewed'] as const;
export type TextStatus = (typeof TEXT_STATUSES)[number];

export const NODE_KINDS = [
  'band',
  'level',
  'area',
  'competence',
  'can_do',
  'self_item',
  'observation',
  'statement',
  'outcome',
  'answer',
  'profile',
  'term',
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

export interface FrameworkText {
  language: Language;
  field: string;
  text: string;
  status: TextStatus;
}

/** Anything of a framework that has texts. `parent_code` is the code of what it belongs to. */
export interface FrameworkNode {
  kind: NodeKind;
  code: string;
  parent_code: string | null;
  data: Record<string, unknown>;
  texts: FrameworkText[];
}

/** A version of a framework, whatever file it came from. */
export interface Framework {
  key: string;
  version: string;
  title: string;
  licence: string;
  citation: string;
  /** What its makers say of how far it was checked. */
  source_note: string;
  nodes: FrameworkNode[];
  targets: { profile: string; competence_code: string; level: number }[];
}

/** The same for the same content: an import that would change nothing is known by it. */
export function contentHash(framework: Framework): string {
  return createHash('sha256').update(JSON.stringify(framework)).digest('hex');
}

type TextsByLanguage = Partial<Record<Language, string | undefined>>;

/** One field in the languages there are; the status is one for all or by language. */
export function texts(
  field: string,
  byLanguage: TextsByLanguage,
  status: TextStatus | Partial<Record<Language, TextStatus>>,
): FrameworkText[] {
  return Object.entries(byLanguage)
    .filter((entry): entry is [Language, string] => Boolean(entry[1]))
    .map(([language, text]) => ({
      language,
      field,
      text,
      status: typeof status === 'string' ? status : (status[language] ?? 'unreviewed'),
    }));
}
