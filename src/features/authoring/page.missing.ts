import type { Language, Translate } from '../../lib/i18n';
import type { Fault } from './drafts.check';
import type { DraftContent } from './drafts.document';
import type { Draft } from './drafts.model';
import { languageOf, placeOf } from './fault-place';

/** What is to be mended before a lesson can be sent to be signed, with the way to its place on the page that is written on. */
export function missingOf({ id, content }: Draft, faults: readonly Fault[], language: Language, t: Translate) {
  return faults.map(({ field, key }) => {
    const place = placeOf(content, field).map((word) => t(word.key, word.values));
    return {
      text: [t(key), place.join(', ')].filter(Boolean).join(': '),
      href: addressOf(id, content, field, languageOf(field) ?? language),
    };
  });
}

function addressOf(draft: string, content: DraftContent, field: string, language: Language): string {
  const page = `/write/drafts/${draft}/page?language=${language}`;
  const [kind, id] = field.split('_');
  if (kind === 'title') return `${page}#page-title`;
  if (kind === 'b' || kind === 'f') return `${page}#piece-${id}`;
  const block = kind === 'q' && content.blocks.find(({ question_id }) => question_id === id);
  return block ? `${page}#${field}` : `/write/drafts/${draft}#${field}`;
}
