import { createHash } from 'node:crypto';

export const PUBLICATION_KINDS = [
  ...(['handbook', 'action-plan', 'principles', 'statement', 'roadmap'] as const),
  ...(['article', 'story', 'newsletter', 'poster'] as const),
] as const;
export type PublicationKind = (typeof PUBLICATION_KINDS)[number];

export const TONGUES = ['fi', 'sv', 'en'] as const;
export type Tongue = (typeof TONGUES)[number];
export const isTongue = (value: unknown): value is Tongue => TONGUES.includes(value as Tongue);

export const PART_KINDS = ['introduction', 'text', 'picture', 'key-results', 'annexes', 'links', 'item'] as const;
export type PartKind = (typeof PART_KINDS)[number];

export interface Part {
  id: string;
  kind: PartKind;
  picture_id?: string;
  /** Where an item of a newsletter leads. */
  href?: string;
}

export interface PartWords {
  heading: string;
  /** Markdown. */
  body: string;
  /** What a picture shows. */
  alt?: string;
}

export interface Words {
  title: string;
  summary: string;
  parts: Record<string, PartWords>;
  /** The version in which these words last changed. */
  changed: number;
  /** For a translation: the `changed` of the original when it was last looked through. */
  follows?: number;
}

/** All that a version says, in all its languages; parts are the same in each. */
export interface Texts {
  parts: Part[];
  words: Partial<Record<Tongue, Words>>;
}

/** Kinds that are published only when their core group has approved the version. */
export const APPROVED_KINDS: readonly PublicationKind[] = ['handbook', 'action-plan', 'principles', 'statement'];

export const firstTexts = (language: Tongue, title: string, summary: string, kind: PublicationKind): Texts => {
  const kinds: PartKind[] = FIRST_PARTS[kind] ?? ['introduction'];
  const parts = kinds.map((one, at) => ({ id: `p${at + 1}`, kind: one }));
  const words = Object.fromEntries(parts.map(({ id }) => [id, { heading: '', body: '' }]));
  return { parts, words: { [language]: { title, summary, parts: words, changed: 1 } } };
};

const FIRST_PARTS: Partial<Record<PublicationKind, PartKind[]>> = {
  handbook: ['introduction', 'text', 'annexes', 'links'],
  'action-plan': ['introduction', 'key-results', 'annexes'],
  roadmap: ['introduction', 'text', 'key-results', 'annexes', 'links'],
  newsletter: ['introduction'],
};

/** The languages that there are words in, the original first. */
export const languagesOf = (texts: Texts, original: Tongue): Tongue[] => [
  original,
  ...TONGUES.filter((one) => one !== original && texts.words[one]),
];

/** Whether the original has changed since this language was last written. */
export function mayBeOutOfDate(texts: Texts, original: Tongue, language: Tongue): boolean {
  if (language === original) return false;
  return (texts.words[language]?.follows ?? 0) < (texts.words[original]?.changed ?? 0);
}

/** The words in this language, or the original's. */
export const wordsIn = (texts: Texts, original: Tongue, language: Tongue): Words =>
  texts.words[language] ?? (texts.words[original] as Words);

/** SHA-256 of all that a version says, whatever order its keys are kept in. */
export const hashOf = (texts: Texts): string => createHash('sha256').update(canonical(texts)).digest('hex');

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`;
}

/** The whole as plain lines, for showing what changed. */
export function plainOf(texts: Texts, language: Tongue): string {
  const words = texts.words[language];
  if (!words) return '';
  const parts = texts.parts.map(({ id }) => words.parts[id]);
  const lines = parts.flatMap((part) => (part ? [part.heading, part.body, part.alt ?? ''] : []));
  return [words.title, words.summary, ...lines].filter(Boolean).join('\n\n');
}
