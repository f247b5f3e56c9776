import { z } from 'zod';
import { dayOf } from '../../lib/calendar';
import { message } from '../../lib/forms';
import { inLanguages, Key, line, lines, MaybeDay, someLanguage, wordsOf } from './form-fields';
import { VISIBILITIES } from './processes.model';

const thisYear = () => Number(dayOf(new Date()).slice(0, 4));

const TargetYear = z.coerce
  .number(message('processes.year.none'))
  .int(message('processes.year.none'))
  .refine((year) => year >= thisYear() - 20 && year <= thisYear() + 30, message('processes.year.far'));

const fields = {
  ...inLanguages('title', 120),
  ...inLanguages('question', 400),
  target_year: TargetYear,
  visibility: z.enum(VISIBILITIES, message('processes.visibility.missing')),
  review_on: MaybeDay,
};

type Form = Record<string, unknown>;
function needWords(form: Form, context: z.RefinementCtx): void {
  someLanguage('title', 'processes.title.missing')(form, context);
  someLanguage('question', 'processes.question.missing')(form, context);
}

export const StartForm = z
  .object({ key: Key, ...fields })
  .superRefine(needWords)
  .transform(({ key, target_year, visibility, review_on, ...words }) => ({
    ...{ id: key, target_year, visibility, review_on },
    ...{ title: wordsOf(words, 'title'), question: wordsOf(words, 'question') },
  }));

export const ChangeForm = z
  .object({ ...fields, ...inLanguages('answer', 4000, true), comments_open: z.string().optional() })
  .superRefine(needWords)
  .transform(({ target_year, visibility, review_on, comments_open, ...words }) => ({
    ...{ target_year, visibility, review_on, comments_open: comments_open === 'yes' },
    ...{ title: wordsOf(words, 'title'), question: wordsOf(words, 'question'), answer: wordsOf(words, 'answer') },
  }));
export type Change = z.output<typeof ChangeForm>;
export type Start = z.output<typeof StartForm>;

export const ReviewForm = z.object({
  key: Key,
  note: lines(2000, 'processes.review.missing'),
  next_on: MaybeDay.refine((day) => day === null || day > dayOf(new Date()), message('processes.review.past')),
});

export const PhaseForm = z.object({
  methods: z
    .preprocess(
      (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
      z.array(z.string().max(60)).max(20),
    )
    .default([]),
  learned: lines(1000, 'processes.phase.missing'),
});

export const PARTY_KINDS = [
  'municipality',
  'region',
  'state',
  'association',
  'education',
  'company',
  'residents',
  'other',
] as const;

export const PartyForm = z.object({
  key: Key,
  party: line(160, 'processes.party.missing'),
  kind: z.enum(PARTY_KINDS, message('processes.choose')),
  level: z.enum(['lab', 'studio', 'arena', 'agora'], message('processes.choose')),
  people: z.coerce
    .number(message('processes.number'))
    .int(message('processes.number'))
    .min(0, message('processes.number'))
    .max(100_000, message('processes.number'))
    .default(0),
});

/** Only addresses of the web: nothing that a browser would run. */
const Address = line(500, 'processes.discussion.address.missing').refine((text) => {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}, message('processes.discussion.address.wrong'));

export const DiscussionForm = z.object({
  key: Key,
  title: line(160, 'processes.discussion.title.missing'),
  address: Address,
  summary: lines(3000, 'processes.discussion.summary.missing'),
});
