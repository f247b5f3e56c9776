import { together } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import type { SkillEstimate } from './observations.model';
import { standingOf } from './responses.model';
import { selectOpenResults } from './results.queries';
import { selectShares } from './shares.model';
import { type ShownLevel, showLevel } from './shown-level';
import { estimateNow, tellSkill } from './skill-story';
import { type Competence, type FrameworkWords, frameworkWords, wordsLanguage } from './skills.model';
import { nextLesson, ownEstimates, ownObservations } from './skills.queries';

/** The person's own page: one skill in full, the others in short, and what to do next. Undefined for an unknown code. */
export async function ownSkillsPage(actor: Actor, code: string | undefined, now = new Date()) {
  const words = await frameworkWords(wordsLanguage(actor));
  if (code !== undefined && !words.competences.has(code)) return undefined;
  const targets = words.targets.get(actor.target_profile ?? '') ?? new Map<string, number>();
  const [estimates, seen, lesson, open, shares] = await together(
    ownEstimates(actor),
    ownObservations(actor, code),
    nextLesson(actor, targets.size > 0 ? targets : withoutProfile(words, code), code),
    selectOpenResults(actor),
    selectShares(actor.organisation_id, actor.id),
  );
  const shown = code ?? seen.rows[0]?.competence_code;
  const competence = shown === undefined ? undefined : words.competences.get(shown);
  const goal = shown === undefined ? undefined : targets.get(shown);
  const story = tellSkill(seen.rows, goal, now);
  const next = lesson.rows[0];
  return {
    words,
    competence,
    story,
    goal,
    profile: words.profiles.get(actor.target_profile ?? ''),
    canDo: competence ? canDoOf(words, competence, story.now?.shown) : [],
    others: otherSkills(words, estimates, shown, now),
    hasAny: estimates.length > 0,
    observes: actor.roles.includes('reviewer'),
    newResults: open.rows.filter(({ is_new }) => is_new).length,
    uncounted: open.rows.filter((one) => one.competence_code === shown && standingOf(one) !== 'counts'),
    standingOf,
    shares,
    next: next && {
      ...next,
      hasGoal: targets.size > 0,
      skill: words.competences.get(next.competence_code)?.plain_name ?? '',
    },
  };
}

const TOP_LEVEL = 8;

/** Nobody has agreed on a profile: every starter skill may grow to the top, so that the weakest is suggested first. */
function withoutProfile({ competences }: FrameworkWords, code: string | undefined): Map<string, number> {
  const wanted = [...competences.values()].filter((skill) => skill.starter || skill.code === code);
  return new Map(wanted.map((skill) => [skill.code, TOP_LEVEL]));
}

/** What people on the band of this level can typically do; the lowest band when nothing is known. */
function canDoOf(words: FrameworkWords, competence: Competence, shown: ShownLevel | undefined): string[] {
  const band = words.bands.find(({ levels }) => levels.includes(Math.max(1, shown?.level ?? 1)));
  return competence.canDo.filter((line) => line.band === band?.code).map(({ text }) => text);
}

function otherSkills(words: FrameworkWords, estimates: SkillEstimate[], shown: string | undefined, now: Date) {
  const byCode = new Map(estimates.map((row) => [row.competence_code, row]));
  const others = [...words.competences.values()].filter(({ code }) => code !== shown);
  const all = others.map(({ code, plain_name, starter }) => {
    const row = byCode.get(code);
    const estimate = row && estimateNow(row, now);
    const known = estimate !== undefined && estimate.level !== null;
    return {
      code,
      plain_name,
      starter,
      known,
      confidence: estimate?.confidence ?? 'none',
      ...showLevel(estimate?.level),
    };
  });
  return {
    known: all.filter(({ known }) => known),
    unknown: all.filter(({ known, starter }) => !known && starter),
    rest: all.filter(({ known, starter }) => !known && !starter),
  };
}
