import { dayOf } from '../../lib/calendar';
import { type MessageKey, translator } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';
import { estimateAt } from '../skills/estimate';
import { type FrameworkWords, frameworkWords, wordsLanguage } from '../skills/skills.model';
import { type OwnPath, type OwnStep, readOwnPaths } from './paths.queries';
import { isReady, type JudgedStep, judgeSteps, type Person, type StepState, stepNow } from './step-states';
import type { ShownCondition } from './steps.queries';

/** Why a step waits, and what opens it, as a message with its words. */
export interface Reason {
  key: MessageKey;
  params: Record<string, string | number>;
  /** What to do: an address, with a message for its link. */
  action?: { key: MessageKey; href: string };
}

export interface ShownStep extends OwnStep, Omit<JudgedStep, 'waitsFor'> {
  state: StepState;
  href: string | undefined;
  isNow: boolean;
  reasons: Reason[];
}

export interface ShownPath extends OwnPath {
  steps: ShownStep[];
  now: ShownStep | undefined;
  done: number;
  total: number;
  isReady: boolean;
  started: boolean;
}

/** The paths that the person sees, those agreed with them first and ready ones last. A handful of statements for any number. */
export async function ownPaths(actor: Actor): Promise<ShownPath[]> {
  const shown = await showPaths(actor, null);
  const order = (path: ShownPath) => (path.is_assigned ? 0 : 2) + Number(path.isReady);
  return shown.toSorted((a, b) => order(a) - order(b));
}

/** One path with its steps as they are for this person; undefined when there is none. */
export async function ownPath(actor: Actor, slug: string): Promise<ShownPath | undefined> {
  return (await showPaths(actor, slug))[0];
}

async function showPaths(actor: Actor, slug: string | null): Promise<ShownPath[]> {
  const now = new Date();
  const words = await frameworkWords(wordsLanguage(actor));
  const t = translator(actor.language);
  const { paths, steps: rows, levels } = await readOwnPaths(actor, slug);
  const skillOf = ({ kind, competence_codes }: OwnStep) =>
    kind === 'task' ? words.competences.get(competence_codes[0] ?? '')?.plain_name : undefined;
  const steps = rows.map((row) => ({ ...row, title: row.title || (skillOf(row) ?? t(`paths.kind.${row.kind}`)) }));
  const sure = levels.flatMap(({ observed_at, competence_code, ...sums }): [string, number][] => {
    const { level, confidence } = estimateAt({ ...sums, at: observed_at }, now);
    return level !== null && (confidence === 'medium' || confidence === 'high') ? [[competence_code, level]] : [];
  });
  const person = { today: dayOf(now), ...actor, levels: new Map(sure) };
  return paths.map((path) =>
    showPath(
      path,
      steps.filter(({ path_id }) => path_id === path.id),
      { ...person, teams: path.teams },
      words,
    ),
  );
}

function showPath(path: OwnPath, steps: OwnStep[], person: Person, words: FrameworkWords): ShownPath {
  const groups = new Map(Object.entries(path.groups).map(([key, needed]) => [Number(key), needed]));
  const judged = judgeSteps(steps, groups, person);
  const next = stepNow(steps, judged);
  const shown = steps.flatMap((step): ShownStep[] => {
    const verdict = judged.get(step.id);
    if (!verdict || verdict.state === 'other') return [];
    const { waitsFor, ...rest } = verdict;
    return [
      {
        ...step,
        ...rest,
        href: rest.state === 'locked' ? undefined : stepAddress(path, step),
        isNow: step === next,
        reasons: (waitsFor as ShownCondition[]).map((one) => reasonOf(one, path, steps, words)),
      },
    ];
  });
  return {
    ...path,
    ...countSteps(shown, groups),
    steps: shown,
    now: shown.find(({ isNow }) => isNow),
    isReady: isReady(judged),
    started: shown.some(({ started, finish }) => started || finish),
  };
}

/**
 * How much of what is needed is done: required steps, of each group as many as are enough, and of a fork that is still ahead
 * its longer way only: nobody walks both.
 */
function countSteps(steps: readonly ShownStep[], groups: ReadonlyMap<number, number>): { done: number; total: number } {
  const required = steps.filter(({ is_required, group_key }) => is_required && group_key === null);
  const counts = {
    done: required.filter(({ finish }) => finish).length,
    total: required.length - shorterWays(required),
  };
  for (const [key, needed] of groups) {
    const members = steps.filter(({ group_key }) => group_key === key);
    const enough = Math.min(needed, members.length);
    counts.total += enough;
    counts.done += Math.min(enough, members.filter(({ finish }) => finish).length);
  }
  return counts;
}

/** How many locked steps are on the shorter way of forks that have not been reached. */
function shorterWays(steps: readonly ShownStep[]): number {
  const forks = new Map<string, { went_well: number; went_less: number }>();
  for (const { state, conditions } of steps) {
    const fork = state === 'locked' && conditions.find(({ kind }) => kind === 'went_well' || kind === 'went_less');
    if (!fork) continue;
    const key = `${fork.other_step_id} ${fork.share}`;
    const ways = forks.get(key) ?? { went_well: 0, went_less: 0 };
    ways[fork.kind as keyof typeof ways] += 1;
    forks.set(key, ways);
  }
  return [...forks.values()].reduce((sum, { went_well, went_less }) => sum + Math.min(went_well, went_less), 0);
}

/** Where a step is done. */
export function stepAddress(path: Pick<OwnPath, 'slug'>, step: OwnStep): string | undefined {
  switch (step.kind) {
    case 'course':
      return `/learn/${step.course}`;
    case 'lesson':
      return `/learn/${step.course}/${step.lesson}${step.lesson_kind === 'quiz' ? '/questions' : ''}`;
    case 'placement':
      return `/paths/${path.slug}/placement/${step.id}`;
    case 'task':
      return '/skills/tasks';
    case 'talk':
      return '/talks';
    default:
      return step.link || undefined;
  }
}

function reasonOf(condition: ShownCondition, path: OwnPath, steps: readonly OwnStep[], words: FrameworkWords): Reason {
  const { kind, other_step_id, share, competence_code, level, day } = condition;
  const other = steps.find(({ id }) => id === other_step_id);
  const href = other && stepAddress(path, other);
  const action = href ? { action: { key: 'paths.lock.goThere', href } } : {};
  if (kind === 'level') {
    const skill = words.competences.get(competence_code ?? '')?.plain_name ?? competence_code ?? '';
    return {
      key: 'paths.lock.level',
      params: { skill, level: words.levels.get(level ?? 1) ?? String(level) },
      action: { key: 'paths.lock.toSkill', href: `/skills/${competence_code}` },
    };
  }
  if (kind === 'date') return { key: 'paths.lock.date', params: { day: day ?? '' } };
  const params = { step: other?.title ?? '', share: share ?? 0 };
  if (kind === 'finished') return { key: 'paths.lock.finished', params, ...action };
  return { key: kind === 'result' ? 'paths.lock.result' : 'paths.lock.fork', params, ...action };
}
