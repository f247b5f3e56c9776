import type { Language } from '../../../lib/i18n';
import { bodyOf, practiceOf } from '../../blocks/published';
import type { PublishedQuestion } from '../../courses/publication.service';
import { filledOptions } from '../drafts.check';
import { type DraftContent, type DraftQuestion, isDrawnBy } from '../drafts.document';
import { publishedBlocks } from '../published-blocks';

/** What readers get of a draft in one language. */
export function lessonText(content: DraftContent, language: Language) {
  return {
    language,
    title: content.title[language] ?? '',
    body: bodyOf(content.blocks, language),
    practice: practiceOf(content.blocks, language),
    blocks: publishedBlocks(content, language),
    follows_version: 1,
  };
}

/** The draft's own questions, and the piles of the bank's that attempts draw from. */
export function publishedQuestions(content: DraftContent, languages: Language[]): PublishedQuestion[] {
  const own = content.questions.map((question) => ({
    ...publishedQuestion(question, content.original, languages),
    draw: content.draws?.find((draw) => isDrawnBy(question, draw))?.id ?? null,
  }));
  const piles = (content.draws ?? []).flatMap(({ id, pile }) =>
    pile.map((question) => {
      const spoken = (Object.keys(question.texts) as Language[]).filter((known) =>
        question.texts[known]?.prompt.trim(),
      );
      return { ...publishedQuestion(question, spoken[0] ?? content.original, spoken), draw: id };
    }),
  );
  return [...own, ...piles];
}

function publishedQuestion(question: DraftQuestion, original: Language, languages: Language[]) {
  return {
    exchange_id: question.id,
    type: question.type,
    competence_code: question.competence || null,
    level: question.level,
    content: question.content ?? null,
    texts: languages.map((language) => ({ language, prompt: '', feedback: '', ...question.texts[language] })),
    options: filledOptions(question, original).map((option) => ({
      key: option.key,
      is_correct: option.correct,
      texts: languages.map((language) => ({ language, text: '', feedback: '', ...option.texts[language] })),
    })),
  };
}
