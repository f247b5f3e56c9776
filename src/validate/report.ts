import { Chance } from '../demo/chance';
import { LEAST_ANSWERS, MOST_ANSWERS } from '../features/practice/adaptive';
import type { Kind } from './histories';
import { ASSUMED } from './learner';
import { type Errors, fixedLengthAs, growthVerdicts, profileErrors, testErrors } from './measures';

/** What the product promises. More false "grew" than this, or less coverage, and it says more than it knows. */
export const PROMISES = { mostFalseGrew: 0.05, leastCovered: 0.93 };

const LENGTHS = [LEAST_ANSWERS, 8, MOST_ANSWERS];
const LONGEST_FIXED = 40;
/** Where fewer stand, chance alone could break the limit. */
const ENOUGH = 100;

const PLANS: Kind[][] = [
  ['self'],
  ['quiz'],
  ['practice'],
  ['peer'],
  ['supervisor'],
  ['demonstration'],
  ['self', 'quiz'],
  ['self', 'practice'],
  ['self', 'demonstration'],
  ['quiz', 'practice', 'demonstration'],
  ['self', 'quiz', 'practice', 'demonstration', 'supervisor', 'peer'],
];

/**
 * Simulates learners whose true level is known, seeded, so that the same seed prints the same. `faults` are the promises
 * that did not hold.
 */
export function validateSkills(seed: string, learners: number, promises = PROMISES): Validation {
  const faults: string[] = [];
  const noted = (holds: boolean, fault: string) => {
    if (!holds) faults.push(fault);
    return holds ? '' : '  <- fault';
  };
  const check: Check = {
    covers: ({ covered }, what) => noted(covered >= promises.leastCovered, `the range of ${what}`),
    doubts: (grew, what) => noted(grew <= promises.mostFalseGrew, `"grew" of ${what}`),
  };
  const lines = [
    `Simulated learners, seed "${seed}", ${learners} in each row. Levels 0-8; assumptions: ${JSON.stringify(ASSUMED)}`,
    ...practiceLines(new Chance(`${seed} practice`), learners, check),
    ...profileLines(new Chance(`${seed} profiles`), learners, check),
    ...growthLines(new Chance(`${seed} growth`), Math.ceil(learners / 2), check),
  ];
  const verdict =
    faults.length === 0
      ? `All hold: false "grew" at most ${percent(promises.mostFalseGrew)}, 95 % ranges cover at least ${percent(promises.leastCovered)}.`
      : `${faults.length} do not hold: ${faults.join('; ')}`;
  return { lines: [...lines, '', verdict], faults };
}

export interface Validation {
  lines: string[];
  faults: string[];
}

/** Both return what is written at the end of a line: nothing, or that the promise does not hold. */
interface Check {
  covers(errors: Errors, what: string): string;
  doubts(grew: number, what: string): string;
}

function practiceLines(chance: Chance, learners: number, check: Check): string[] {
  const lines = ['', 'Adaptive practice against a fixed test (error: root mean square, in levels)'];
  for (const questions of LENGTHS) {
    const { adaptive, fixed } = testErrors(chance, learners, questions);
    const fault = check.covers(adaptive, `${questions} questions`);
    const same = fixedLengthAs(chance, learners, questions, LONGEST_FIXED);
    lines.push(
      `${pad(`${questions} questions`)} ${errors(adaptive)} | fixed ${fixed.rmse.toFixed(2)}, the same error with ${same ?? `over ${LONGEST_FIXED}`} fixed questions${fault}`,
    );
  }
  return lines;
}

function profileLines(chance: Chance, learners: number, check: Check): string[] {
  const lines = ['', 'Levels of a profile after two years of evidence'];
  for (const kinds of PLANS) {
    for (const [confidence, found] of profileErrors(chance, learners, kinds)) {
      const counts = found.n >= ENOUGH;
      const fault = counts ? check.covers(found, `${kinds.join('+')}, ${confidence}`) : '';
      lines.push(`${pad(kinds.join('+'))} ${confidence.padEnd(9)} ${errors(found)} (${found.n})${fault}`);
    }
  }
  return lines;
}

function growthLines(chance: Chance, teams: number, check: Check): string[] {
  const lines = ['', 'Verdicts on teams of 5-25 people when nobody changed, and when all grew by one level'];
  for (const kinds of PLANS) {
    const none = growthVerdicts(chance, teams, { kinds, gain: 0 });
    const one = growthVerdicts(chance, teams, { kinds, gain: 1 });
    const faults = [
      check.doubts(none.grew, `teams by ${kinds.join('+')}`),
      check.doubts(none.personGrew, `persons by ${kinds.join('+')}`),
    ];
    lines.push(
      `${pad(kinds.join('+'))} falsely grew ${percent(none.grew)}, fell ${percent(none.fell)}, persons ${percent(none.personGrew)} | found grown ${percent(one.grew)}${faults.join('')}`,
    );
  }
  return [...lines, ...harderQuizzes(chance, Math.ceil(teams / 5), check)];
}

/** A course quiz says "at least this", so harder and harder ones lift a level: no reason to say that anybody grew. */
function harderQuizzes(chance: Chance, teams: number, check: Check): string[] {
  const targetOf = (_: unknown, month: number) => (month < 6 ? 2 : month < 12 ? 3 : 5);
  const kinds: Kind[][] = [['quiz'], ['quiz', 'demonstration'], PLANS.at(-1) as Kind[]];
  return [
    '',
    'Nobody changed, but course quizzes aimed at level 2, then 3, then 5',
    ...kinds.map((alike) => {
      const { grew } = growthVerdicts(chance, teams, { kinds: alike, gain: 0, targetOf });
      const fault = check.doubts(grew, `teams whose quizzes got harder, by ${alike.join('+')}`);
      return `${pad(alike.join('+'))} falsely grew ${percent(grew)}${fault}`;
    }),
  ];
}

const errors = ({ rmse, bias, covered }: Errors) =>
  `error ${rmse.toFixed(2)}, bias ${bias.toFixed(2)}, covered ${percent(covered)}`;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const pad = (text: string) => text.padEnd(58);
