import type { Language } from '../../lib/i18n';
import { type Block, hasWords, sameWords, type Variants, type Words } from './block';
import { kindOf } from './registry';

/**
 * The block with these words in a language. A changed original makes its followers late, and each of them keeps the
 * original that it was written for; the first words of a new block make no follower late: there was nothing to follow.
 * `isRead`: the writer says that an unchanged follower still fits.
 */
export function withWords(block: Block, original: Language, language: Language, words: Words, isRead = false): Block {
  const before = block.texts[language];
  const isSame = sameWords(before, words);
  if (language !== original) {
    if (isSame && !(isRead && before)) return block;
    return { ...block, texts: { ...block.texts, [language]: { ...cleaned(words), follows: block.version } } };
  }
  if (isSame) return block;
  if (!before || !hasWords(before)) {
    return { ...block, texts: { ...block.texts, [language]: { ...cleaned(words), follows: block.version } } };
  }
  const version = block.version + 1;
  const was = cleaned(before);
  const followers: Variants = Object.fromEntries(
    Object.entries(block.texts).map(([code, variant]) => [
      code,
      variant.was || variant.follows !== block.version ? variant : { ...variant, was },
    ]),
  );
  return { ...block, version, texts: { ...followers, [language]: { ...cleaned(words), follows: version } } };
}

/** Only the words: empty parts are not kept. */
function cleaned({ text, parts = {} }: Words): Words {
  const some = Object.entries(parts).filter(([, part]) => part !== '');
  return { text, ...(some.length > 0 && { parts: Object.fromEntries(some) }) };
}

export type VariantState = 'original' | 'missing' | 'current' | 'behind';

/** Whether the text of a language was written for the original as it stands. A block without words is always current. */
export function stateOf(block: Block, original: Language, language: Language): VariantState {
  if (language === original) return 'original';
  const asksWords = kindOf(block.kind).text !== undefined && !block.decorative;
  if (!asksWords || !hasWords(block.texts[original])) return 'current';
  const variant = block.texts[language];
  if (!variant || !hasWords(variant)) return 'missing';
  return variant.follows === block.version ? 'current' : 'behind';
}
