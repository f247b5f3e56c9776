import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { momentOf, readDay } from '../../lib/calendar';
import { message } from '../../lib/forms';
import { oneLine, severalLines } from '../../lib/text';
import { VISIBILITIES } from '../loop/kinds';
import { isTheme } from '../loop/themes';
import { EVENT_KINDS, OUTCOMES, PART_KINDS } from './events.model';
import { methodOf } from './kit';

/** Made with the page: a form sent twice is done once. */
const Key = z.uuid().catch(() => randomUUID());
const line = (most: number, missing?: string) => {
  const text = z
    .string()
    .default('')
    .transform(oneLine)
    .pipe(z.string().max(most, message('events.error.long')));
  return missing ? text.pipe(z.string().min(1, message(missing))) : text;
};
const lines = (most: number) =>
  z
    .string()
    .default('')
    .transform(severalLines)
    .pipe(z.string().max(most, message('events.error.long')));
const Maybe = z
  .union([z.literal('').transform(() => null), z.uuid()])
  .nullish()
  .transform((id) => id ?? null)
  .catch(null);
const yes = z
  .string()
  .optional()
  .transform((value) => value === 'yes');
const link = (schemes: readonly string[], wrong: string) =>
  line(500).refine(
    (text) => text === '' || schemes.some((one) => text.startsWith(one) && URL.canParse(text)),
    message(wrong),
  );

const Capacity = line(10)
  .refine(
    (text) => text === '' || (/^\d{1,4}$/.test(text) && Number(text) > 0 && Number(text) <= 5000),
    message('events.error.capacity'),
  )
  .transform((text) => (text === '' ? null : Number(text)));

const fields = {
  kind: z.enum(EVENT_KINDS, message('events.error.kind')),
  title: line(200, 'events.error.title'),
  about: lines(5000),
  day: line(20, 'events.error.day'),
  starts: line(10, 'events.error.clock'),
  ends: line(10, 'events.error.clock'),
  place_text: line(200),
  remote_link: link(['https://'], 'events.error.remote'),
  takes_signups: yes,
  capacity: Capacity,
  method: line(60).transform((key) => (methodOf(key) ? key : '')),
  theme: line(60).transform((key) => (isTheme(key) ? key : null)),
  visibility: z.enum(VISIBILITIES, message('events.error.visibility')),
  space_id: Maybe,
  path_step_id: Maybe,
  anyway: yes,
};

const REPEATS = ['none', 'week', 'two-weeks', 'month'] as const;
export type Repeat = (typeof REPEATS)[number];

/** The clock times of a form as moments in Helsinki; faults stand by their own fields. */
function withTimes<
  T extends { day: string; starts: string; ends: string; visibility: string; space_id: string | null },
>({ day: typed, starts, ends, ...rest }: T, context: z.RefinementCtx) {
  const fault = (path: string, text: string) => context.addIssue({ code: 'custom', path: [path], message: text });
  const day = readDay(typed);
  if (!day) fault('day', 'events.error.day');
  const [from, to] = [starts, ends].map((clock) => momentOf(day ?? '2026-01-01', clock));
  if (!from) fault('starts', 'events.error.clock');
  if (!to) fault('ends', 'events.error.clock');
  if (from && to && to <= from) fault('ends', 'events.error.order');
  if ((rest.visibility === 'members' || rest.visibility === 'network') && !rest.space_id)
    fault('space_id', 'events.error.space');
  return { ...rest, day: day ?? '', starts, ends, starts_at: from ?? new Date(0), ends_at: to ?? new Date(0) };
}

export const NewForm = z
  .object({
    key: Key,
    ...fields,
    repeat: z.enum(REPEATS).catch('none'),
    times: z.coerce
      .number()
      .int()
      .min(1, message('events.error.times'))
      .max(24, message('events.error.times'))
      .catch(1),
    series_id: Maybe,
  })
  .transform(withTimes);
/** `later`: the events of the series that come after this one, too. */
export const ChangeForm = z.object({ ...fields, later: yes }).transform(withTimes);
export const CallOffForm = z.object({ later: yes });
export type NewEvent = z.output<typeof NewForm>;
export type ChangedEvent = z.output<typeof ChangeForm>;

export const PartForm = z
  .object({
    key: Key,
    kind: z.enum(PART_KINDS, message('events.error.part')),
    outcome: z.enum(OUTCOMES).nullish().catch(null),
    clock: line(20),
    title: line(300, 'events.error.partTitle'),
    body: lines(5000),
    speaker: line(200),
    link: link(['https://', 'http://'], 'events.error.link'),
    anyway: yes,
  })
  .superRefine(({ kind, link: address, speaker, outcome }, context) => {
    const fault = (path: string, text: string) => context.addIssue({ code: 'custom', path: [path], message: text });
    if (kind === 'material' && address === '') fault('link', 'events.error.link');
    if (kind === 'talk' && speaker === '') fault('speaker', 'events.error.speaker');
    if (kind === 'outcome' && !outcome) fault('outcome', 'events.error.outcome');
  });
export type NewPart = z.output<typeof PartForm>;

export const MaterialForm = z.object({ key: Key, title: line(300) });

export const NotesForm = z.object({
  notes: lines(20_000),
  groups: lines(2000),
  ...{ expected: lines(3000), happened: lines(3000), why: lines(3000), next: lines(3000) },
});

export const SignUpForm = z.object({ needs: lines(1000) });
export const VisitorForm = z.object({
  name: line(100, 'events.error.name'),
  email: line(254, 'events.error.email').pipe(z.email(message('events.error.email'))),
  needs: lines(1000),
  consent: z.literal('yes', message('events.error.consent')),
  /** Seen by programs only. */
  website: z.string().max(2000).default(''),
});

const Answer = z.coerce
  .number(message('events.error.answer'))
  .int()
  .min(1, message('events.error.answer'))
  .max(4, message('events.error.answer'));
export const AnswerForm = z.object({ useful: Answer, easy: Answer, heard: Answer });

export const ExpertForm = z.object({
  key: Key,
  name: line(200, 'events.error.name'),
  part: line(500),
  fee: line(10)
    .refine((text) => text === '' || /^\d{1,4}([.,]\d{1,2})?$/.test(text), message('events.error.fee'))
    .transform((text) => (text === '' ? null : Math.round(Number(text.replace(',', '.')) * 100))),
  agreement: lines(1000),
  state: z.enum(['invited', 'agreed', 'declined'], message('events.error.expert')),
});
export type NewExpert = z.output<typeof ExpertForm>;
