import type { Language } from '../../lib/i18n';
import { type PublishedBlock, published } from '../blocks/published';
import type { DraftContent } from './drafts.document';
import { asLearned } from './preview-question';

/** The blocks of a document as its readers see them in a language. A block whose question is gone or not written is left out. */
export function publishedBlocks(content: DraftContent, language: Language): PublishedBlock[] {
  return published(content.blocks, language).flatMap((block) => {
    if (block.kind !== 'question') return [block];
    const question = content.questions.find(({ id }) => id === block.question_id);
    const written = question?.texts[language]?.prompt.trim() ? question : undefined;
    return written ? [{ ...block, question: asLearned(content, written, language) }] : [];
  });
}
