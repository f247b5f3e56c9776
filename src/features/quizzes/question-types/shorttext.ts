import { z } from 'zod';
import { textIn } from './sent';
import { compared } from './spelling';
import type { ContentFault, QuestionType } from './type';
import { linesIn, linesOf, words } from './words';

const LONGEST_ANSWER = 2000;

const Content = z.strictObject({
  /** By what it is judged: the accepted answers, the person's own word after the model answer, or nothing. */
  judged_by: z.enum(['accepted', 'self', 'nobody']),
  /** One on a line; `*` stands for any letters. */
  accepted: words(2000),
  /** What is shown after answering. */
  model: words(2000),
  /** One slip of the finger is right too, and told of. */
  almost: z.boolean(),
});
type ShortTextContent = z.output<typeof Content>;

export const SAME = ['yes', 'partly', 'no'] as const;
const SAME_POINTS = { yes: 1, partly: 0.5, no: 0 };

const Response = z.strictObject({
  text: z.string().max(LONGEST_ANSWER),
  /** The person's own word, given after seeing the model answer. */
  same: z.enum(SAME).optional(),
});
type ShortTextResponse = z.output<typeof Response>;

const all = (text: ShortTextContent['accepted'] | string) => (typeof text === 'string' ? linesIn(text) : linesOf(text));

/**
 * An answer in one's own words. Points by the author's choice: 1 for an accepted answer; or by "did you say the same thing?"
 * 1, 0.5 or 0 (0 until it is told); or 1 for writing something, where nobody judges.
 */
export const shorttext: QuestionType<ShortTextContent, ShortTextResponse> = {
  content: Content,
  response: Response,
  blank: () => ({ judged_by: 'accepted', accepted: {}, model: {}, almost: true }),
  rows: {},
  needs: [],
  judged: ({ judged_by }) => judged_by === 'accepted',
  score(content, { text, same }) {
    if (text.trim() === '') return 0;
    if (content.judged_by === 'nobody') return 1;
    if (content.judged_by === 'self') return same ? SAME_POINTS[same] : 0;
    return ['right', 'almost'].includes(compared(all(content.accepted), text, content.almost)) ? 1 : 0;
  },
  /** Never what was written: that may be anything. */
  tally(content, { text, same }) {
    if (content.judged_by === 'nobody') return ['written'];
    if (content.judged_by === 'self') return [`same:${same ?? '-'}`];
    return [compared(all(content.accepted), text, content.almost)];
  },
  labelOf: (_told, label) => label,
  read(content, sent) {
    const text = textIn(sent, 'text').trim();
    const same = SAME.find((word) => word === textIn(sent, 'same'));
    if (text === '') return { kind: 'fault', field: 'text', key: 'quizzes.shorttext.missing' };
    if (text.length > LONGEST_ANSWER) return { kind: 'fault', field: 'text', key: 'quizzes.answer.long' };
    return { kind: 'answer', response: { text, ...(content.judged_by === 'self' && same && { same }) } };
  },
  ask(told, { response, sent }) {
    return { text: sent ? textIn(sent, 'text') : (response?.text ?? ''), isLong: told.judged_by !== 'accepted' };
  },
  feedback(told, response) {
    const accepted = all(told.accepted).filter((answer) => !answer.includes('*'));
    const model = told.model.trim() || accepted[0] || '';
    const spelling = response && compared(all(told.accepted), response.text, told.almost);
    return {
      model,
      modelLines: linesIn(model),
      text: response?.text,
      isAlmost: told.judged_by === 'accepted' && spelling === 'almost',
      others: told.judged_by === 'accepted' ? accepted.filter((answer) => answer !== model) : [],
      asksSame: told.judged_by === 'self' && response !== undefined,
      same: response?.same,
      unjudged: told.judged_by === 'nobody' || (told.judged_by === 'self' && response?.same === undefined),
    };
  },
  faults(content, languages) {
    const faults: ContentFault[] = [];
    for (const language of languages) {
      if (content.judged_by === 'accepted' && linesIn(content.accepted[language] ?? '').length === 0)
        faults.push({ path: `accepted_${language}`, key: 'authoring.fault.noAccepted' });
      const hasWhole = linesIn(content.accepted[language] ?? '').some((line) => !line.includes('*'));
      const needsModel = content.judged_by !== 'accepted' || !hasWhole;
      if (needsModel && !content.model[language]?.trim())
        faults.push({ path: `model_${language}`, key: 'authoring.fault.noModel' });
    }
    return faults;
  },
};
