import { together } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import { estimateAt } from '../skills/estimate';
import type { SkillEstimate } from '../skills/observations.model';
import { showLevel } from '../skills/shown-level';
import { frameworkWords, wordsLanguage } from '../skills/skills.model';
import { type LessonChoice, selectCandidates, selectLevels } from './goals.queries';
import { selectOwnPath } from './personal-paths.model';
import { type Goal, inOrder, ladderOf, MOST_BY_SKILL, makePath, standingOf, stepsTo } from './suggestions';
import { rangesOf } from './target-levels';

/** The person's goals, what is known of each, and the lessons that lead on, for the page and for making a path. */
export async function readGoals(actor: Actor, now = new Date()) {
  const words = await frameworkWords(wordsLanguage(actor));
  const code = actor.target_profile ?? '';
  // A skill that the framework in use does not have can be neither named nor learnt here.
  const ranges = [...rangesOf(words.targets.get(code), words.aims.get(code))].filter(([skill]) =>
    words.competences.has(skill),
  );
  const codes = ranges.map(([skill]) => skill);
  const [estimates, lessons, path] = await together(
    selectLevels(actor),
    selectCandidates(actor, codes),
    selectOwnPath(actor),
  );
  const known = new Map(estimates.map((row) => [row.competence_code, estimateOf(row, now)]));
  const goals = ranges.map(([skill, range]) => {
    const estimate = known.get(skill);
    return { code: skill, ...range, level: estimate?.level ?? null, confidence: estimate?.confidence ?? 'none' };
  });
  return {
    words,
    profile: words.profiles.get(code),
    goals: inOrder(goals).map((goal) => shownGoal(goal, lessons.rows)),
    plan: makePath(goals, lessons.rows),
    path: path.rows,
  };
}

const estimateOf = ({ observed_at, ...sums }: SkillEstimate, now: Date) =>
  estimateAt({ ...sums, at: observed_at }, now);

function shownGoal<G extends Goal>(goal: G, lessons: readonly LessonChoice[]) {
  const ladder = ladderOf(goal, lessons);
  return {
    ...goal,
    shown: goal.level === null ? undefined : showLevel(goal.level),
    standing: standingOf(goal),
    steps: stepsTo(goal),
    suggested: ladder.slice(0, MOST_BY_SKILL),
    more: Math.max(0, ladder.length - MOST_BY_SKILL),
  };
}
