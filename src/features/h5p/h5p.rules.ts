import { z } from 'zod';
import { ENDING_POINT, type IncomingStatement } from './h5p.statements';

/** When a content counts as done. Chosen for each content, because many types never say that they are completed. */
export const CompletionRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('completed-statement') }),
  z.object({ kind: z.literal('score-at-least'), share: z.number().gt(0).max(1) }),
  z.object({ kind: z.literal('last-slide'), slides: z.number().int().min(1) }),
  z.object({ kind: z.literal('opened') }),
  z.object({ kind: z.literal('self-declared') }),
]);
export type CompletionRule = z.infer<typeof CompletionRule>;

/** Verbs that say a person got through the whole. `consumed` is not one: an accordion sends it by itself when it loads. */
const FINISHING: ReadonlySet<string> = new Set(['completed', 'answered', 'passed', 'mastered']);

/** `answered` of `http://adlnet.gov/expapi/verbs/answered`. */
export function verbOf(statement: IncomingStatement): string {
  return statement.verb.id.slice(statement.verb.id.lastIndexOf('/') + 1);
}

/** Only a statement about the whole counts for the total; parts of it (a question of a set) name a parent. */
export function countsForTotal(statement: IncomingStatement): boolean {
  return (statement.context?.contextActivities?.parent ?? []).length === 0;
}

/**
 * The share of points in a statement about the whole, 0 to 1; undefined when it tells none.
 * Taken from raw points where it can be, because `scaled` comes rounded.
 */
export function scoreShare(statement: IncomingStatement): number | undefined {
  const score = statement.result?.score;
  if (!score || !countsForTotal(statement)) return undefined;
  const { raw, min = 0, max, scaled } = score;
  if (raw !== undefined && max !== undefined && max > min) return clamp((raw - min) / (max - min));
  return scaled === undefined ? undefined : clamp(scaled);
}

/** Whether this statement by itself completes the content under its rule. `opened` is met by any statement at all. */
export function completes(rule: CompletionRule, statement: IncomingStatement): boolean {
  switch (rule.kind) {
    case 'opened':
      return true;
    case 'self-declared':
      return false;
    case 'completed-statement':
      return countsForTotal(statement) && FINISHING.has(verbOf(statement));
    case 'score-at-least':
      return (scoreShare(statement) ?? -1) >= rule.share - ROUNDING;
    case 'last-slide':
      return slideOf(statement) >= rule.slides;
  }
}

/** Some types send no statement at all, so opening the player has to be enough by itself. */
export function completesByOpening(rule: CompletionRule): boolean {
  return rule.kind === 'opened';
}

/** Whether the person may say so: only where the rule leaves it to them. */
export function completesByDeclaring(rule: CompletionRule): boolean {
  return rule.kind === 'self-declared';
}

/** 0.7 of 10 points must be met by 7 points. */
const ROUNDING = 1e-9;

const clamp = (share: number) => Math.min(1, Math.max(0, share));

/** The number, from 1, of the slide that a person came to; 0 when the statement tells none. */
function slideOf(statement: IncomingStatement): number {
  if (verbOf(statement) !== 'progressed' || !countsForTotal(statement)) return 0;
  const slide = Number(statement.object?.definition?.extensions?.[ENDING_POINT] ?? 0);
  return Number.isInteger(slide) ? slide : 0;
}

/** Types that say at the end that they are done (seen with real content). */
const SAY_WHEN_DONE: ReadonlySet<string> = new Set(
  (
    'MultiChoice TrueFalse Blanks DragText DragQuestion MarkTheWords Summary SingleChoiceSet Essay QuestionSet ' +
    'Questionnaire Crossword Flashcards FindTheWords SortParagraphs'
  )
    .split(' ')
    .map((name) => `H5P.${name}`),
);

/** The rule to offer first for a content. A presentation has as many slides as its parameters list. */
export function suggestRule(machineName: string, params: unknown): CompletionRule {
  if (SAY_WHEN_DONE.has(machineName)) return { kind: 'completed-statement' };
  const slides = machineName === 'H5P.CoursePresentation' ? Slides.safeParse(params).data : undefined;
  return slides ? { kind: 'last-slide', slides: slides.presentation.slides.length } : { kind: 'self-declared' };
}

const Slides = z.object({ presentation: z.object({ slides: z.array(z.unknown()).min(1) }) });

/** The shares of points that an author may ask for. */
const SHARES = [0.5, 0.7, 0.8, 1];

/** The rules that an author may choose from for a content, the one that is suggested among them. */
export function rulesFor(machineName: string, params: unknown): CompletionRule[] {
  const suggested = suggestRule(machineName, params);
  return [
    { kind: 'completed-statement' },
    ...SHARES.map((share) => ({ kind: 'score-at-least' as const, share })),
    ...(suggested.kind === 'last-slide' ? [suggested] : []),
    { kind: 'opened' },
    { kind: 'self-declared' },
  ];
}

/** A rule as the value of a form's option. */
export function ruleValue(rule: CompletionRule): string {
  return rule.kind === 'score-at-least' ? `${rule.kind}-${Math.round(rule.share * 100)}` : rule.kind;
}
