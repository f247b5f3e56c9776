import { z } from 'zod';
import { dayOf } from '../../lib/calendar';
import { boxesField, dayField, FormKey, lineField, linesField, listField } from '../../lib/fields';
import { message } from '../../lib/forms';
import { isForbidden } from '../../lib/sensitive';
import { VISIBILITIES } from '../loop/kinds';
import { type Answers, QUESTION_KINDS, SURVEY_KINDS, type SurveyQuestion } from './surveys.model';

export const SurveyForm = z
  .object({
    key: FormKey,
    kind: z.enum(SURVEY_KINDS, message('surveys.kind.missing')),
    naming: z.enum(['anonymous', 'named'], message('surveys.naming.missing')),
    paging: z.enum(['one', 'all']).catch('all'),
    title: lineField(200, 'surveys.title.missing'),
    intro: linesField(3000),
    language: z.enum(['fi', 'fi-x-selko', 'sv', 'en']).catch('fi'),
    closes_on: dayField('surveys.day.wrong').refine(
      (day) => day === null || day >= dayOf(new Date()),
      message('surveys.day.past'),
    ),
    invited: z
      .string()
      .trim()
      .default('')
      .transform((text) => (text === '' ? null : Number(text)))
      .refine(
        (count) => count === null || (Number.isInteger(count) && count > 0 && count <= 1_000_000),
        message('surveys.number.wrong'),
      ),
    visibility: z.enum(VISIBILITIES, message('surveys.visibility.missing')),
    space_id: z
      .union([z.uuid(), z.literal('').transform(() => null)])
      .default(null)
      .catch(null),
  })
  .refine(({ visibility, space_id }) => space_id !== null || visibility === 'organisation' || visibility === 'public', {
    error: 'surveys.visibility.space',
    path: ['space_id'],
  });

export const QuestionForm = z
  .object({
    key: FormKey,
    kind: z.enum(QUESTION_KINDS, message('surveys.question.kindMissing')),
    label: lineField(300, 'surveys.question.missing'),
    options: listField(20),
  })
  .refine(({ kind, options }) => !['choice', 'several'].includes(kind) || options.length > 1, {
    path: ['options'],
    error: 'surveys.question.optionsMissing',
  });

export const OfferForm = z.object({
  key: FormKey,
  name: lineField(160, 'surveys.offer.nameMissing'),
  party: lineField(160, 'surveys.offer.partyMissing'),
  contact: lineField(200, 'surveys.offer.contactMissing'),
  topic: linesField(600, 'surveys.offer.topicMissing'),
  website: z.string().default(''),
});

export const SlotForm = z
  .object({
    state: z.enum(['accepted', 'declined'], message('surveys.offer.stateMissing')),
    event: z
      .union([z.uuid(), z.literal('').transform(() => null)])
      .default(null)
      .catch(null),
    slot: lineField(160),
  })
  .refine(({ state, slot }) => state === 'declined' || slot !== '', {
    path: ['slot'],
    error: 'surveys.offer.slotMissing',
  });

/** The form of answering, as the survey's questions make it. Nothing has to be answered. */
export function answerForm(questions: readonly SurveyQuestion[]) {
  return z.record(z.string(), z.unknown()).transform((body, context): Answers => {
    const answers: Answers = {};
    for (const question of questions) {
      const field = `q-${question.id}`;
      const outcome = ANSWER[question.kind](body[field], question);
      if (outcome === null) context.addIssue({ code: 'custom', path: [field], message: WRONG[question.kind] });
      else if (outcome !== undefined) answers[question.id] = outcome;
    }
    return answers;
  });
}

const WRONG: Record<SurveyQuestion['kind'], string> = {
  choice: 'surveys.answer.choice',
  several: 'surveys.answer.choice',
  scale: 'surveys.answer.choice',
  number: 'surveys.number.wrong',
  text: 'surveys.answer.secret',
};

/** Undefined is no answer, null one that cannot be taken. */
type Read = (value: unknown, question: SurveyQuestion) => Answers[string] | undefined | null;
const option: Read = (value, { options }) => {
  if (value === undefined || value === '' || value === 'skip') return undefined;
  const index = typeof value === 'string' && /^\d{1,2}$/.test(value) ? Number(value) : -1;
  return options[index] === undefined ? null : index;
};
const ANSWER: Record<SurveyQuestion['kind'], Read> = {
  choice: option,
  scale: option,
  several: (value, question) => {
    const boxes = boxesField.safeParse(value);
    const chosen = boxes.success ? [...new Set(boxes.data)].map((one) => option(one, question)) : [null];
    if (chosen.includes(null)) return null;
    return chosen.length === 0 ? undefined : chosen.filter((one) => typeof one === 'number');
  },
  number: (value) => {
    const text = typeof value === 'string' ? value.trim().replace(',', '.') : '';
    if (text === '') return value === undefined || value === '' || typeof value === 'string' ? undefined : null;
    return /^-?\d{1,9}(\.\d{1,3})?$/.test(text) ? Number(text) : null;
  },
  text: (value) => {
    const text = linesField(2000).safeParse(typeof value === 'string' ? value : '');
    if (!text.success || isForbidden(text.data)) return null;
    return text.data === '' ? undefined : text.data;
  },
};
