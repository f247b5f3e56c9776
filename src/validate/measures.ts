import type { Chance } from '../demo/chance';
import { placement } from '../features/practice/adaptive';
import { type Confidence, eitherLevelAt, estimate, estimatePoints } from '../features/skills/estimate';
import { pairedGrowth, reliableChange } from '../features/skills/growth';
import type { ItemResponse } from '../features/skills/item-response';
import { likelyRange, standardError } from '../features/skills/likely-range';
import { adaptiveAnswers, fixedAnswers, history, type Kind, month, type TargetOf } from './histories';
import { Learner } from './learner';

/** Error of a stated level, in levels, and how often the stated 95 % range held the true one. */
export interface Errors {
  n: number;
  /** Root mean square. */
  rmse: number;
  /** Mean of stated minus true: below 0 is too low. */
  bias: number;
  /** Share, 0..1. */
  covered: number;
}

interface Guess {
  truth: number;
  level: number;
  low: number;
  high: number;
}

function errorsOf(guesses: readonly Guess[]): Errors {
  const n = guesses.length;
  const sum = (of: (guess: Guess) => number) => guesses.reduce((total, guess) => total + of(guess), 0);
  return {
    n,
    rmse: Math.sqrt(sum(({ level, truth }) => (level - truth) ** 2) / n),
    bias: sum(({ level, truth }) => level - truth) / n,
    covered: sum(({ truth, low, high }) => Number(low <= truth && truth <= high)) / n,
  };
}

/** What adaptive practice and a fixed test of equal length find out about learners. */
export function testErrors(chance: Chance, learners: number, questions: number): { adaptive: Errors; fixed: Errors } {
  const people = Array.from({ length: learners }, () => Learner.drawn(chance));
  const found = (answersOf: (learner: Learner) => ItemResponse[]) =>
    errorsOf(
      people.flatMap((learner) => {
        const result = placement(answersOf(learner));
        return result ? [{ truth: learner.level, ...result }] : [];
      }),
    );
  return {
    adaptive: found((learner) => adaptiveAnswers(chance, learner, questions)),
    fixed: found((learner) => fixedAnswers(chance, learner, questions)),
  };
}

/** How many questions a fixed test needs to err as little as an adaptive one of `questions`; undefined when over `most`. */
export function fixedLengthAs(chance: Chance, learners: number, questions: number, most: number): number | undefined {
  const goal = testErrors(chance, learners, questions).adaptive.rmse;
  for (let length = questions; length <= most; length += 1) {
    if (testErrors(chance, learners, length).fixed.rmse <= goal) return length;
  }
  return undefined;
}

/** Errors of profiles after two years of such evidence, by the word of confidence that stands beside the level. */
export function profileErrors(chance: Chance, learners: number, kinds: readonly Kind[]): Map<Confidence, Errors> {
  const guesses = new Map<Confidence, Guess[]>();
  for (let index = 0; index < learners; index += 1) {
    const learner = Learner.drawn(chance);
    const now = estimate(history(chance, learner, kinds, [0, 24]), month(24));
    const range = likelyRange(now);
    if (now.level === null || !range) continue;
    const alike = guesses.get(now.confidence) ?? [];
    guesses.set(now.confidence, [...alike, { truth: learner.level, level: now.level, ...range }]);
  }
  return new Map([...guesses].map(([confidence, alike]) => [confidence, errorsOf(alike)]));
}

/** Shares of verdicts, 0..1: of teams by `pairedGrowth`, and of persons called grown by `reliableChange`. */
export interface Verdicts {
  teams: number;
  grew: number;
  fell: number;
  personGrew: number;
}

interface GrowthAsked {
  kinds: readonly Kind[];
  /** True change of everyone between the two dates, in levels. */
  gain: number;
  targetOf?: TargetOf;
}

/** Teams of 5 to 25 people, known for a year before the first date and half a year between the two. */
export function growthVerdicts(chance: Chance, teams: number, { kinds, gain, targetOf }: GrowthAsked): Verdicts {
  const said = { grew: 0, fell: 0, 'cannot-tell': 0 };
  const persons = { all: 0, grew: 0 };
  for (let team = 0; team < teams; team += 1) {
    const pairs = [];
    for (let size = chance.whole(5, 25); size > 0; size -= 1) {
      const learner = Learner.drawn(chance);
      const first = history(chance, learner, kinds, [0, 12], targetOf);
      const later = history(chance, learner.changedBy(gain), kinds, [12, 18], targetOf);
      const [before, after] = [estimate(first, month(12)), estimate([...first, ...later], month(18))];
      if (before.level === null || after.level === null) continue;
      pairs.push({
        ...{ before: before.level, after: after.level },
        either_before: eitherLevelAt(estimatePoints(first).at(-1), month(12)),
        either_after: eitherLevelAt(estimatePoints([...first, ...later]).at(-1), month(18)),
      });
      const { change, reliable } = reliableChange(withError(before), withError(after));
      persons.all += 1;
      persons.grew += Number(reliable && change > 0);
    }
    const growth = pairedGrowth(pairs);
    if (growth.shown) said[growth.verdict] += 1;
  }
  const shown = said.grew + said.fell + said['cannot-tell'];
  return {
    teams: shown,
    grew: said.grew / shown,
    fell: said.fell / shown,
    personGrew: persons.grew / persons.all,
  };
}

const withError = (known: ReturnType<typeof estimate>) => ({
  level: known.level ?? 0,
  se: standardError(known) ?? 0,
});
