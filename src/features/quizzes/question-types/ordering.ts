import { z } from 'zod';
import { textIn } from './sent';
import type { QuestionType, Seal, Sent } from './type';
import { Key, words } from './words';

const MOST_STEPS = 10;

const Content = z.strictObject({
  /** In the right order. */
  steps: z.array(z.strictObject({ key: Key, text: words(300) })).max(MOST_STEPS),
});
type OrderingContent = z.output<typeof Content>;

const Response = z.strictObject({ order: z.array(Key).max(MOST_STEPS) });
type OrderingResponse = z.output<typeof Response>;

/** Things to put in order. Each has its number in a list and buttons for up and down; without JavaScript a press sends the form. */
export const ordering: QuestionType<OrderingContent, OrderingResponse> = {
  content: Content,
  response: Response,
  blank: () => ({ steps: ['a', 'b', 'c'].map((key) => ({ key, text: {} })) }),
  rows: { steps: { most: MOST_STEPS, blank: (key) => ({ key, text: {} }) } },
  needs: ['text'],
  judged: () => true,
  /**
   * How much of the order is right: (length of the longest run of steps that stand in the right order, others left out − 1) /
   * (steps − 1). One step in a wrong place costs the same wherever it stands; the order turned round gives 0.
   */
  score({ steps }, { order }) {
    const places = [...new Set(order)]
      .map((key) => steps.findIndex((step) => step.key === key))
      .filter((at) => at >= 0);
    if (steps.length < 2) return places.length === steps.length && steps.length > 0 ? 1 : 0;
    return Math.max(0, longestRising(places) - 1) / (steps.length - 1);
  },
  tally: (_content, { order }) => order.map((key, index) => `${key}@${index + 1}`),
  labelOf(told, label) {
    const [key, place] = label.split('@');
    return `${place}. ${told.steps.find((step) => step.key === key)?.text ?? key}`;
  },
  read(content, sent, seal) {
    const order = orderSent(content, sent, seal);
    if (!order) return { kind: 'fault', field: 'answer', key: 'quizzes.answer.changed' };
    const [move, token = ''] = textIn(sent, 'move').split(':');
    const at = order.findIndex((key) => seal.token(`step:${key}`) === token);
    const to = move === 'up' ? at - 1 : at + 1;
    if (move !== 'up' && move !== 'down') return { kind: 'answer', response: { order } };
    const [moved] = at >= 0 && to >= 0 && to < order.length ? order.splice(at, 1) : [];
    if (moved) order.splice(to, 0, moved);
    const tokens = order.map((key) => seal.token(`step:${key}`));
    return { kind: 'again', fields: { order: tokens.join('.') }, place: `place_${token}` };
  },
  ask(told, { response, sent }, seal) {
    const steps = startOf(told.steps, seal);
    const order = (sent && orderSent(told, sent, seal)) ?? response?.order ?? [];
    const place = (key: string) => order.indexOf(key);
    const shown = order.length === steps.length ? steps.toSorted((a, b) => place(a.key) - place(b.key)) : steps;
    return {
      order: shown.map(({ token }) => token).join('.'),
      steps: shown.map(({ token, text }, index) => ({ token, text, place: index + 1 })),
    };
  },
  feedback(told, response) {
    return {
      rows: told.steps.map(({ key, text }, index) => {
        const place = response ? response.order.indexOf(key) + 1 : 0;
        return { text, place: index + 1, yours: place, isRight: place === index + 1 };
      }),
    };
  },
  faults: ({ steps }) => (steps.length < 2 ? [{ path: 'steps', key: 'authoring.fault.twoSteps' }] : []),
};

/** Shuffled, but never in the right order: that would be answered by pressing on. */
function startOf<T extends { key: string }>(steps: readonly T[], seal: Seal) {
  const shown = seal.shuffled(steps, 'step');
  const isRight = shown.every(({ key }, index) => key === steps[index]?.key);
  return isRight ? [...shown.slice(1), ...shown.slice(0, 1)] : shown;
}

/**
 * The order of a form: as it was shown (`order`), with the numbers that were changed since (`place_…`). A changed one goes to
 * its number, before the one that had it when it moves up and after it when it moves down. Undefined for steps of another question.
 */
function orderSent({ steps }: { steps: readonly { key: string }[] }, sent: Sent, seal: Seal): string[] | undefined {
  const tokens = textIn(sent, 'order').split('.');
  const keys = steps.map(({ key }) => key);
  const shown = tokens.slice(0, MOST_STEPS).map((token) => seal.keyOf(token, keys, 'step'));
  const known = new Set(shown.filter((key) => key !== undefined));
  if (tokens.length !== steps.length || known.size !== steps.length) return undefined;
  const wanted = [...known].map((key, index) => {
    const place = Number(textIn(sent, `place_${seal.token(`step:${key}`)}`) || index + 1);
    const inside = Number.isInteger(place) && place >= 1 && place <= steps.length ? place : index + 1;
    return { key, at: inside + Math.sign(inside - 1 - index) / 2 };
  });
  return wanted.toSorted((a, b) => a.at - b.at).map(({ key }) => key);
}

function longestRising(numbers: readonly number[]): number {
  const longest = numbers.map(() => 1);
  for (const [at, number] of numbers.entries())
    for (let before = 0; before < at; before += 1)
      if ((numbers[before] as number) < number)
        longest[at] = Math.max(longest[at] as number, (longest[before] as number) + 1);
  return Math.max(0, ...longest);
}
