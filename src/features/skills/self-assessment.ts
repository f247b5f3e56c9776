import { mean } from '../../lib/statistics';

export type SatBand = 'low' | 'foundation' | 'intermediate' | 'advanced';
export type ItemKind = 'knowledge' | 'skill' | 'attitude';

/** The help scale: how a task went, or how a skill item was answered. */
export const HELP_ANSWERS = ['could_not', 'with_help', 'on_my_own', 'can_guide'] as const;
export type HelpAnswer = (typeof HELP_ANSWERS)[number];

/** An answer of 0..3 on the item's own scale; null when it was skipped, which counts neither for nor against. */
export interface ItemAnswer {
  kind: ItemKind;
  value: number | null;
}

/** DigComp's ladder of autonomy: 0 is "below level 1". */
const HELP_LEVEL: Record<HelpAnswer, number> = { could_not: 0, with_help: 1, on_my_own: 3, can_guide: 5 };

/** Upper ends in whole percent: DigCompSAT's four intervals (Annex 8), each but the lowest split in two to reach levels 0..6. */
const LEVEL_UP_TO = [29, 38, 47, 64, 80, 90, 100];

/** The level that an answer on the help scale stands for: below 1 (as 0), 1, 3 or 5. */
export function helpLevel(answer: HelpAnswer): number {
  return HELP_LEVEL[answer];
}

/** Share of the most that could be answered, in percent. Throws a RangeError for no answers or ones outside 0..3. */
export function satPercent(answers: readonly number[]): number {
  if (!answers.every((answer) => Number.isInteger(answer) && answer >= 0 && answer <= 3)) {
    throw new RangeError('Answers are 0, 1, 2 or 3');
  }
  return (100 * mean(answers)) / 3;
}

/** DigCompSAT's band of a percentage (Annex 8): low to 29, foundation to 47, intermediate to 80, advanced above. */
export function satBand(percent: number): SatBand {
  const whole = wholePercent(percent);
  if (whole <= 29) return 'low';
  if (whole <= 47) return 'foundation';
  return whole <= 80 ? 'intermediate' : 'advanced';
}

/** The level 0..6 of a percentage. */
export function satLevel(percent: number): number {
  const whole = wholePercent(percent);
  return LEVEL_UP_TO.findIndex((upTo) => whole <= upTo);
}

/**
 * The level that a person's own answers on one competence stand for; null when every item was skipped.
 *
 * A competence's score is the mean of its answered items, whatever their kind, as DigCompSAT counts it, and `satLevel` turns
 * it into a level: knowledge and attitude have no ladder of their own ("I agree" is not a level). When only skill items
 * were answered the help scale is the whole story, so its own ladder is used, which anyone can follow without a percentage;
 * it says 3 for "on my own" where the percentages of a pilot would say 4.
 */
export function selfAssessedLevel(items: readonly ItemAnswer[]): number | null {
  const answered = items.filter((item): item is { kind: ItemKind; value: number } => item.value !== null);
  if (answered.length === 0) return null;

  const percent = satPercent(answered.map((item) => item.value));
  if (answered.some((item) => item.kind !== 'skill')) return satLevel(percent);
  return mean(answered.map((item) => helpLevel(HELP_ANSWERS[item.value]!)));
}

/** Half up, as the intervals are in whole percent. */
function wholePercent(percent: number): number {
  if (!(percent >= 0 && percent <= 100)) throw new RangeError('A percentage lies between 0 and 100');
  return Math.floor(percent + 0.5);
}

type Scale = { value: number | null; label: string }[];

/** The answers to choose from for a kind of item. A skill item is answered on the help scale; each kind may be skipped in the same words. */
export function optionsOf(answers: ReadonlyMap<string, Scale>, kind: string) {
  const help = answers.get('help') ?? [];
  const scale = kind === 'skill' ? help.filter(({ value }) => value !== null) : (answers.get(kind) ?? []);
  const skip = help.filter(({ value }) => value === null);
  return [...scale, ...skip].map(({ value, label }) => ({
    value: value ?? 'skip',
    text: label,
    isDontKnow: value === null,
  }));
}
