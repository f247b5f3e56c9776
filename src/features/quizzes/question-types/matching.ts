import { z } from 'zod';
import { textIn } from './sent';
import { plain } from './spelling';
import type { ContentFault, QuestionType } from './type';
import { Key, words } from './words';

const MOST_PAIRS = 10;
const MOST_EXTRAS = 4;
const Text = words(300);

const Content = z.strictObject({
  pairs: z.array(z.strictObject({ key: Key, left: Text, right: Text })).max(MOST_PAIRS),
  /** Right sides that belong to nothing. */
  extras: z.array(z.strictObject({ key: Key, right: Text })).max(MOST_EXTRAS),
});
type MatchingContent = z.output<typeof Content>;

/** The key of the right side chosen for each left side; what was left open is not there. */
const Response = z.strictObject({ pairs: z.record(Key, Key) });
type MatchingResponse = z.output<typeof Response>;

const rightsOf = <T>({ pairs, extras }: { pairs: readonly T[]; extras: readonly T[] }) => [...pairs, ...extras];

/** Pairs. Each left side has a list of all right sides. Points: right pairs / pairs. */
export const matching: QuestionType<MatchingContent, MatchingResponse> = {
  content: Content,
  response: Response,
  blank: () => ({ pairs: ['a', 'b', 'c'].map((key) => ({ key, left: {}, right: {} })), extras: [] }),
  rows: {
    pairs: { most: MOST_PAIRS, blank: (key) => ({ key, left: {}, right: {} }) },
    extras: { most: MOST_EXTRAS, blank: (key) => ({ key: `x${key}`.slice(0, 12), right: {} }) },
  },
  needs: ['left', 'right'],
  judged: () => true,
  score({ pairs }, response) {
    return pairs.length === 0 ? 0 : pairs.filter(({ key }) => response.pairs[key] === key).length / pairs.length;
  },
  tally: ({ pairs }, response) => pairs.map(({ key }) => `${key}:${response.pairs[key] ?? '-'}`),
  labelOf(told, label) {
    const [left, right] = label.split(':');
    const leftText = told.pairs.find(({ key }) => key === left)?.left ?? left;
    const rights = rightsOf<{ key: string; right: string }>(told);
    return `${leftText} → ${rights.find(({ key }) => key === right)?.right ?? '–'}`;
  },
  read(content, sent, seal) {
    const keys = rightsOf<{ key: string }>(content).map(({ key }) => key);
    const pairs: Record<string, string> = {};
    for (const { key } of content.pairs) {
      const token = textIn(sent, `pair_${seal.token(`left:${key}`)}`);
      const right = seal.keyOf(token, keys, 'right');
      if (token !== '' && !right) return { kind: 'fault', field: 'answer', key: 'quizzes.answer.changed' };
      if (right) pairs[key] = right;
    }
    if (Object.keys(pairs).length === 0) return { kind: 'fault', field: 'answer', key: 'quizzes.matching.missing' };
    return { kind: 'answer', response: { pairs } };
  },
  ask(told, { response, sent }, seal) {
    const rights = seal.shuffled(rightsOf<{ key: string; right: string }>(told), 'right');
    return {
      rights: rights.map(({ token, right }) => ({ value: token, text: right })),
      lefts: seal.shuffled(told.pairs, 'left').map(({ key, token, left }) => {
        const given = rights.find((right) => right.key === response?.pairs[key])?.token;
        const field = `pair_${token}`;
        return { field, text: left, value: sent ? textIn(sent, field) : (given ?? '') };
      }),
    };
  },
  feedback(told, response, seal) {
    const rights = rightsOf<{ key: string; right: string }>(told);
    return {
      rows: seal.shuffled(told.pairs, 'left').map(({ key, left, right }) => {
        const yours = response?.pairs[key];
        const isRight = yours === key;
        return { term: left, right, isRight, yours: isRight ? undefined : rights.find((r) => r.key === yours)?.right };
      }),
    };
  },
  faults(content, languages) {
    const faults: ContentFault[] = [];
    if (content.pairs.length < 2) faults.push({ path: 'pairs', key: 'authoring.fault.twoPairs' });
    for (const language of languages) {
      const seen = new Set<string>();
      for (const list of ['pairs', 'extras'] as const)
        for (const { key, right } of content[list]) {
          const text = plain(right[language] ?? '');
          if (text && seen.has(text))
            faults.push({ path: `${list}_${key}_right_${language}`, key: 'authoring.fault.twice' });
          seen.add(text);
        }
    }
    return faults;
  },
};
