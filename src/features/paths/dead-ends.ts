import type { MessageKey } from '../../lib/i18n';
import { ABOUT_A_STEP, type Condition, type StepKind } from './step-states';

/** A step as far as its conditions go. */
export interface Wired {
  id: string;
  kind: StepKind;
  /** Whether it gives a result in per cent: questions do. */
  hasResult: boolean;
  /** How many tries its questions give; null for any number. */
  attempts_allowed: number | null;
  group_key: number | null;
  conditions: readonly Condition[];
}

export interface DeadEnd {
  step_id: string;
  message: MessageKey;
}

/**
 * Places of a path where somebody would be stuck: a step that waits for itself, for a result that never comes or can not be
 * tried again, for two results that nobody has at once, or a group that has fewer steps than are needed. Empty for a good path.
 */
export function deadEnds(steps: readonly Wired[], groups: ReadonlyMap<number, number>): DeadEnd[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  return steps.flatMap((step): DeadEnd[] => {
    const message = waitsForItself(step, byId)
      ? 'paths.dead.circle'
      : (resultFault(step, byId) ?? contradiction(step) ?? groupFault(step, steps, groups));
    return message ? [{ step_id: step.id, message }] : [];
  });
}

const aboutSteps = ({ conditions }: Wired) => conditions.filter(({ kind }) => ABOUT_A_STEP.includes(kind));

function waitsForItself(start: Wired, byId: ReadonlyMap<string, Wired>): boolean {
  const seen = new Set<string>();
  const ahead = [start];
  for (let step = ahead.pop(); step; step = ahead.pop())
    for (const { other_step_id } of aboutSteps(step)) {
      if (other_step_id === start.id) return true;
      const other = byId.get(other_step_id ?? '');
      if (other && !seen.has(other.id)) {
        seen.add(other.id);
        ahead.push(other);
      }
    }
  return false;
}

function resultFault(step: Wired, byId: ReadonlyMap<string, Wired>): MessageKey | undefined {
  for (const { kind, other_step_id } of aboutSteps(step)) {
    const other = byId.get(other_step_id ?? '');
    if (!other || kind === 'finished') continue;
    if (!other.hasResult) return 'paths.dead.noResult';
    // Placement is one test: a poor result is a fork, not a lock.
    if (kind === 'result' && (other.attempts_allowed !== null || other.kind === 'placement'))
      return 'paths.dead.noRetry';
  }
  return undefined;
}

/** Two forks, teams or profiles at once that no one is in. */
function contradiction({ conditions }: Wired): MessageKey | undefined {
  const different = (kind: Condition['kind']) =>
    new Set(conditions.filter((one) => one.kind === kind).map(({ code }) => code)).size > 1;
  if (different('relation') || different('profile')) return 'paths.dead.twoAtOnce';
  const isTorn = conditions.some(
    (one) =>
      one.kind === 'went_less' &&
      conditions.some(
        (other) =>
          (other.kind === 'went_well' || other.kind === 'result') &&
          other.other_step_id === one.other_step_id &&
          (other.share ?? 0) >= (one.share ?? 0),
      ),
  );
  return isTorn ? 'paths.dead.twoAtOnce' : undefined;
}

function groupFault(
  { group_key }: Wired,
  steps: readonly Wired[],
  groups: ReadonlyMap<number, number>,
): MessageKey | undefined {
  if (group_key === null) return undefined;
  const members = steps.filter((step) => step.group_key === group_key).length;
  return (groups.get(group_key) ?? 1) > members ? 'paths.dead.group' : undefined;
}
