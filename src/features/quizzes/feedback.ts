import { htmlLang } from '../../lib/i18n';
import type { Question } from './question';
import { shuffled } from './scoring';

/** An answer that was given. */
type Given = { chosen: string[]; dont_know: boolean; points: number };

export type FeedbackKind = 'right' | 'partly' | 'missed' | 'unknown';

/**
 * What is said after an answer: of the chosen option if its author wrote something, else of the question. The other options'
 * words stand beside them; with several choices all do.
 */
export function feedbackOn(question: Question, { chosen, dont_know, points }: Given, attemptId: string) {
  const kind: FeedbackKind = dont_know ? 'unknown' : points === 1 ? 'right' : points > 0 ? 'partly' : 'missed';
  const mine = (key: string) => chosen.includes(key);
  const said = question.type === 'multi' ? undefined : question.options.find(({ key }) => mine(key))?.feedback;
  return {
    kind,
    lang: htmlLang(question.language),
    lines: (said || question.feedback).split('\n').filter((line) => line !== ''),
    options: shuffled(question.options, attemptId, question.id).map(({ key, text, feedback, is_correct }) => ({
      text,
      isBest: is_correct,
      isYours: mine(key),
      more: feedback === said ? undefined : feedback,
    })),
  };
}
