import { z } from 'zod';
import { scoreAnswer } from '../scoring';
import { textsIn } from './sent';
import type { QuestionType } from './type';

const MOST_OPTIONS = 50;

/** The options stand in tables of their own, read in the reader's language already. */
const Content = z.object({
  options: z.array(z.object({ key: z.string(), is_correct: z.boolean(), text: z.string(), feedback: z.string() })),
});
type ChoiceContent = z.output<typeof Content>;
const Chosen = z.array(z.string()).max(MOST_OPTIONS);

/** One of a few, or any of a few. An answer is the keys of the options chosen; points by scoring.ts. */
function choice(name: 'single' | 'multi' | 'truefalse'): QuestionType<ChoiceContent, string[]> {
  const many = name === 'multi';
  return {
    content: Content,
    response: Chosen,
    blank: () => ({ options: [] }),
    rows: {},
    needs: [],
    judged: () => true,
    score: ({ options }, chosen) => scoreAnswer({ type: name, options }, chosen),
    tally: (_content, chosen) => chosen,
    labelOf: ({ options }, label) => options.find(({ key }) => key === label)?.text ?? label,
    read({ options }, sent, seal) {
      const fault = (key: string) => ({ kind: 'fault' as const, field: 'answer', key });
      const sentTokens = textsIn(sent, 'answer');
      if (sentTokens.length === 0) return fault('quizzes.answer.missing');
      if (sentTokens.length > MOST_OPTIONS) return fault('errors.invalid');
      const keys = options.map(({ key }) => key);
      const chosen = [...new Set(sentTokens)].map((token) => seal.keyOf(token, keys, ''));
      if (!chosen.every((key) => key !== undefined)) return fault('quizzes.answer.changed');
      if (!many && chosen.length > 1) return fault('quizzes.answer.one');
      return { kind: 'answer', response: chosen };
    },
    ask({ options }, { response, sent }, seal) {
      const shown = seal.shuffled(options, '');
      const chosen = (response ?? []).flatMap((key) => shown.find((option) => option.key === key)?.token ?? []);
      return {
        isMulti: many,
        options: shown.map(({ token, text }) => ({ value: token, text })),
        values: sent ? textsIn(sent, 'answer') : chosen,
      };
    },
    feedback({ options }, chosen, seal) {
      const isYours = (key: string) => chosen?.includes(key) ?? false;
      const own = many ? undefined : options.find(({ key }) => isYours(key))?.feedback;
      return {
        lines: own || undefined,
        options: seal.shuffled(options, '').map(({ key, text, feedback, is_correct }) => ({
          text,
          isBest: is_correct,
          isYours: isYours(key),
          more: feedback === own ? undefined : feedback,
        })),
      };
    },
    faults: () => [],
  };
}

export const single = choice('single');
export const multi = choice('multi');
export const truefalse = choice('truefalse');
