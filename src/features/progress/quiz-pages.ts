import { htmlLang } from '../../lib/i18n';
import type { Answer } from '../quizzes/attempts.model';
import type { Question } from '../quizzes/quizzes.model';
import { countingAttempt } from '../quizzes/scoring';
import type { QuizPage } from './progress.quiz.queries';

export type QuestionState = 'atFirst' | 'later' | 'practise' | 'unanswered';

/** The result in words: what went well, what to practise, and each competence. A share of right ones is only told with its parts. */
export function resultOf(
  { questions, newest, attempts, quiz }: QuizPage,
  first: Map<string, Answer>,
  names: Map<string, { plain_name: string }>,
  recorded: { competence_code: string; level: number }[],
) {
  const nameOf = (code: string) => names.get(code)?.plain_name ?? code;
  const shown = questions.map(({ id, number, prompt, language }) => {
    const answer = newest.get(id);
    const state: QuestionState =
      first.get(id)?.points === 1 ? 'atFirst' : answer?.points === 1 ? 'later' : answer ? 'practise' : 'unanswered';
    return { number, prompt, lang: htmlLang(language), state };
  });
  const handedIn = attempts.filter(({ submitted_at }) => submitted_at);
  return {
    wentWell: shown.filter(({ state }) => state === 'atFirst' || state === 'later'),
    practise: shown.filter(({ state }) => state === 'practise' || state === 'unanswered'),
    competences: competencesOf(questions, newest, quiz.pass_share).map(({ code, word }) => ({
      name: nameOf(code),
      word,
    })),
    recorded: recorded.map(({ competence_code, level }) => ({ name: nameOf(competence_code), level })),
    counting: handedIn.length > 1 ? countingAttempt(handedIn, quiz.counts)?.number : undefined,
    left: quiz.attempts_allowed === null ? null : Math.max(0, quiz.attempts_allowed - attempts.length),
  };
}

/** Each competence of the questions: well from the quiz's pass share up, begun with any points, else to practise. */
function competencesOf(questions: Question[], newest: Map<string, Answer>, passShare: number) {
  const named = questions.filter(({ competence_code }) => competence_code !== null);
  return [...Map.groupBy(named, ({ competence_code }) => competence_code as string)].sort().map(([code, group]) => {
    const share = group.reduce((sum, { id }) => sum + (newest.get(id)?.points ?? 0), 0) / group.length;
    const word: 'well' | 'begun' | 'practise' = share >= passShare ? 'well' : share > 0 ? 'begun' : 'practise';
    return { code, word };
  });
}
