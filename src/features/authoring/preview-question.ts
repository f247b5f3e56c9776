import { htmlLang, type Language } from '../../lib/i18n';
import { feedbackOn } from '../quizzes/feedback';
import type { Question } from '../quizzes/question';
import { isJudged } from '../quizzes/question-types/registry';
import { filledOptions } from './drafts.check';
import { type DraftContent, type DraftQuestion, writtenLanguages } from './drafts.document';

/** A question of a draft as learners will have it in a language. */
export function asLearned(content: DraftContent, question: DraftQuestion, language: Language): Question {
  const { id, type, competence, level } = question;
  const text = question.texts[language] ?? question.texts[content.original];
  return {
    id,
    version: question.version ?? 1,
    quiz_id: id,
    number: content.questions.indexOf(question) + 1,
    type,
    judged: isJudged(type, question.content ?? null),
    competence_code: competence || null,
    level,
    language,
    languages: writtenLanguages(content),
    // A heading is never empty, also of a question whose words are not written yet.
    prompt: text?.prompt.trim() || '…',
    feedback: text?.feedback ?? '',
    options: filledOptions(question, content.original).map((option) => ({
      key: option.key,
      is_correct: option.correct,
      ...(option.texts[language] ?? { text: '', feedback: '' }),
    })),
    content: question.content ?? null,
  };
}

/** The question with its right answer, for those who look a draft over. */
export function withAnswer(content: DraftContent, written: DraftQuestion, language: Language) {
  const question = asLearned(content, written, language);
  const feedback = feedbackOn(question, { chosen: [], dont_know: true, points: 0 }, content.original);
  return { question, feedback, lang: htmlLang(language) };
}
