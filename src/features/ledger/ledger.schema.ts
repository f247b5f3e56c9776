import { z } from 'zod';
import { dayOf, readDay } from '../../lib/calendar';
import { message } from '../../lib/forms';
import { oneLine, severalLines } from '../../lib/text';
import { WORK_KINDS } from './ledger.model';

/** Day, month, year, a sign of the century, three digits and a letter or digit: a Finnish personal identity code. */
const IDENTITY_CODE = /\d{6}\s?[-+A-FU-Y]\s?\d{3}\s?[0-9A-Z](?![0-9A-Z])/i;

/** Nobody who was supported is told of: what looks like an identity code is refused. */
const withoutPeople = (schema: z.ZodType<string, string>) =>
  schema.refine((text) => !IDENTITY_CODE.test(text), message('ledger.identity'));

const day = (missing: string) =>
  z.string(message(missing)).transform((text, context) => {
    const read = readDay(text);
    if (!read) context.addIssue({ code: 'custom', message: missing });
    return read ?? '';
  });

const minutes = z.coerce
  .number(message('ledger.minutes.wrong'))
  .int(message('ledger.minutes.wrong'))
  .max(960, message('ledger.minutes.wrong'));
const note = withoutPeople(
  z
    .string()
    .default('')
    .transform(severalLines)
    .pipe(z.string().max(300, message('ledger.note.long'))) as never,
);

export const EntryForm = z.object({
  id: z.uuid(message('errors.invalid')),
  done_on: day('ledger.day.missing')
    .refine((given) => given <= dayOf(new Date()), message('ledger.day.future'))
    .refine((given) => given === '' || given >= '2000-01-01', message('ledger.day.missing')),
  minutes: minutes.min(5, message('ledger.minutes.wrong')),
  kind: z.enum(WORK_KINDS, message('ledger.kind.missing')),
  topic: withoutPeople(
    z
      .string(message('ledger.topic.missing'))
      .transform(oneLine)
      .pipe(z.string().min(1, message('ledger.topic.missing')).max(100, message('ledger.topic.long'))) as never,
  ),
  note,
});
export type EntryForm = z.output<typeof EntryForm>;

export const CheckForm = z.object({
  minutes: minutes.min(0, message('ledger.minutes.wrong')),
  kind: z.enum(WORK_KINDS, message('ledger.kind.missing')),
  note,
});

export const RequestForm = z
  .object({
    id: z.uuid(message('errors.invalid')),
    from_on: day('ledger.from.missing'),
    to_on: day('ledger.to.missing').refine((given) => given <= dayOf(new Date()), message('ledger.day.future')),
    skills: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .transform((given) => [given ?? []].flat().slice(0, 12)),
  })
  .refine(({ from_on, to_on }) => from_on <= to_on, { path: ['to_on'], error: 'ledger.to.before' });

export const SignForm = z.object({
  role: z
    .string()
    .default('')
    .transform(oneLine)
    .pipe(z.string().max(100, message('ledger.role.long'))),
});
