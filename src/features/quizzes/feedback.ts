import { htmlLang } from '../../lib/i18n';
import { type Kept, responseOf, toldOf } from './answers';
import type { Question } from './question';
import { isChoice, typeOf } from './question-types/registry';
import { sealOf } from './question-types/seal';

/** An answer that was given. */
type Given = Kept & { dont_know: boolean; points: number };

export type FeedbackKind = 'right' | 'partly' | 'missed' | 'unknown' | 'unjudged';

/**
 * What is said after an answer: of what was chosen if its author wrote something, else of the question. `view`: the folder
 * of the type's part of the page, which gets `said`.
 */
export function feedbackOn(question: Question, answer: Given, attemptId: string) {
  const { type, language } = question;
  const said = typeOf(type).feedback(toldOf(question), responseOf(question, answer), sealOf(attemptId, question.id));
  return {
    kind: kindOf(answer, said.unjudged ?? false),
    view: viewOf(type),
    lang: htmlLang(language),
    lines: (said.lines || question.feedback).split('\n').filter((line) => line !== ''),
    said,
  };
}

function kindOf({ dont_know, points }: Given, unjudged: boolean): FeedbackKind {
  if (dont_know) return 'unknown';
  if (unjudged) return 'unjudged';
  if (points === 1) return 'right';
  return points > 0 ? 'partly' : 'missed';
}

/** The folder in views/question-types. */
export const viewOf = (type: Question['type']): string => (isChoice(type) ? 'choice' : type);
