import type { Block } from '../../src/features/blocks/block';
import { check } from '../../src/features/quality/check';
import type { FileFacts, Finding } from '../../src/features/quality/finding';
import type { Language } from '../../src/lib/i18n';

let number = 0;

/** A block of a kind in one language. */
export function aBlock(
  kind: Block['kind'],
  text: string,
  more: Partial<Block> & { parts?: Record<string, string> } = {},
  language: Language = 'fi',
): Block {
  number += 1;
  const { parts, ...needs } = more;
  return {
    id: `b${number}`,
    kind,
    version: 1,
    texts: { [language]: { text, follows: 1, ...(parts && { parts }) } },
    ...needs,
  };
}

/** What is found in these blocks. */
export const findings = (
  blocks: readonly Block[],
  language: Language = 'fi',
  files: Record<string, FileFacts> = {},
  explained: string[] = [],
): Finding[] =>
  check({ blocks, original: 'fi', questions: [], files: new Map(Object.entries(files)), explained }, language);

/** The rules that a text breaks. */
export const rulesOf = (text: string, language: Language = 'fi'): string[] => [
  ...new Set(findings([aBlock('text', text, {}, language)], language).map(({ rule }) => rule)),
];
