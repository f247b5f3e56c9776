import { atomically } from '../../lib/db';
import type { Question } from './question';
import { lockTallies, type QuestionTally, saveTallies, selectTallies, selectWaiting } from './question-figures.model';
import { withGroup } from './question-tally';
import { isChoice } from './question-types/registry';

/** Counts the groups that have grown large enough, and gives what is counted then. Two at once count them once. */
export function countWaiting(
  organisationId: string,
  quizId: string,
  questions: readonly Question[],
): Promise<QuestionTally[]> {
  return atomically(async () => {
    await lockTallies(quizId);
    const { rows: known } = await selectTallies(organisationId, quizId);
    const { rows: waiting } = await selectWaiting(quizId);
    const byId = new Map(known.map((tally) => [tally.question_id, tally]));
    for (const group of waiting) {
      const question = questions.find(({ id }) => id === group.question_id);
      const tally = withGroup(byId.get(group.question_id), group, question ? rightLabels(question) : []);
      const { question_id, version, counted_until } = group;
      byId.set(group.question_id, { ...tally, question_id, version, counted_until });
    }
    await saveTallies(organisationId, [...byId.values()]);
    return [...byId.values()];
  });
}

const rightLabels = ({ type, options }: Question): string[] =>
  isChoice(type) ? options.filter(({ is_correct }) => is_correct).map(({ key }) => key) : [];
