import type { Language } from '../../lib/i18n';
import type { IconName } from '../../lib/icons';
import { BLOCK_KINDS, type Block, type BlockKind, sameWords, told, type Words } from '../blocks/block';
import type { Kind } from '../blocks/kinds/kind';
import { kindOf } from '../blocks/registry';
import { difference } from './difference';
import { type DraftContent, variantState } from './drafts.document';
import { readability } from './readability';

/** Every kind by name, as forms and the editor offer them. */
export const KINDS_OF_BLOCKS = Object.fromEntries(BLOCK_KINDS.map((name) => [name, kindOf(name)])) as Record<
  BlockKind,
  Kind
>;

export const ICONS: Record<BlockKind, IconName> = {
  text: 'pen',
  heading: 'heading',
  steps: 'list',
  image: 'image',
  video: 'video',
  audio: 'sound',
  file: 'download',
  callout: 'star',
  word: 'quote',
  limits: 'people',
  question: 'question',
  h5p: 'puzzle',
  try: 'search',
};

const WITH_FIELDS: readonly BlockKind[] = ['heading', 'callout', 'image', 'video', 'audio', 'file', 'h5p'];

/**
 * The blocks as the plain form shows them: each in these languages, with what is known of each text. `saved`: what another
 * kept while this was typed; each text that differs from it tells how.
 */
export function blocksOnForm(content: DraftContent, languages: readonly Language[], saved?: DraftContent) {
  return content.blocks.map((block) => ({
    ...block,
    icon: ICONS[block.kind],
    hasNeeds: WITH_FIELDS.includes(block.kind),
    columns: languages.map((language) => column(content, block, language, saved)),
  }));
}

function column(content: DraftContent, block: Block, language: Language, saved?: DraftContent) {
  const prose = kindOf(block.kind).prose(told(block, language));
  const variant = block.texts[language];
  const original = block.texts[content.original];
  const theirs = saved?.blocks.find(({ id }) => id === block.id)?.texts[language];
  return {
    language,
    /** What differs from what is saved, word by word. */
    others: saved && !sameWords(theirs, variant) ? difference(inOne(theirs), inOne(variant)) : undefined,
    text: variant?.text ?? '',
    parts: variant?.parts ?? {},
    state: variantState(content, block, language),
    reading: prose.trim() ? readability(prose, language) : undefined,
    changed: variant?.was && original && difference(inOne(variant.was), inOne(original)),
  };
}

const inOne = (words: Words | undefined) =>
  [words?.text, ...Object.values(words?.parts ?? {})].filter(Boolean).join('\n');
