import { z } from 'zod';
import { type Day, dayOf, momentOf, readDay } from '../../../lib/calendar';
import { message } from '../../../lib/forms';
import { oneLine, severalLines } from '../../../lib/text';
import { COURSE_ROLES, PUBLISH_MODES, SIGNATURES } from '../drafts.model';
import { CREDIT_KINDS, SHOWN } from './credits.model';

const LONGEST_WORDS = 2000;
const LONGEST_NAME = 60;

const Words = z
  .string()
  .transform(severalLines)
  .pipe(z.string().max(LONGEST_WORDS, message('authoring.note.long')));

/** A pen name is asked for when it is what is shown. */
const wish = {
  shown: z.enum(SHOWN, message('authoring.shown.missing')),
  pen_name: z
    .string()
    .transform(oneLine)
    .pipe(z.string().max(LONGEST_NAME, message('together.pen.long')))
    .default(''),
};
const hasPenName = (form: { shown: string; pen_name: string }) => form.shown !== 'pen' || form.pen_name !== '';
const noPenName = { error: 'together.pen.missing', path: ['pen_name'] };

export const SignatureForm = z
  .object({
    kind: z.enum(SIGNATURES, message('errors.invalid')),
    version: z.coerce.number(message('errors.invalid')).int(message('errors.invalid')),
    ...wish,
  })
  .refine(hasPenName, noPenName);

export const CreditForm = z.object({ ...wish, kind: z.enum(CREDIT_KINDS) }).refine(hasPenName, noPenName);

export const NoteForm = z.object({
  text: z.string(message('authoring.note.missing')).pipe(Words).refine(Boolean, message('authoring.note.missing')),
});

export const BackForm = z.object({ text: Words.catch('') });

/** When the lesson goes out; a moment of Finnish time that is still ahead. */
export const PlanForm = z
  .object({
    mode: z.enum(PUBLISH_MODES, message('together.plan.missing')),
    day: z.string().catch(''),
    time: z.string().catch(''),
  })
  .transform((form, context) => {
    if (form.mode !== 'at_time') return { mode: form.mode, at: null };
    const day = readDay(form.day);
    const at = day && momentOf(day, form.time.trim());
    const fault = (path: string, key: string) => {
      context.addIssue({ code: 'custom', path: [path], message: key });
      return z.NEVER;
    };
    if (!day) return fault('day', 'together.plan.noDay');
    if (!at) return fault('time', 'together.plan.noTime');
    if (at.getTime() <= Date.now()) return fault('day', 'together.plan.past');
    if (at.getTime() > Date.now() + 2 * 366 * 86_400_000) return fault('day', 'together.plan.far');
    return { mode: form.mode, at };
  });

/** The day by which a text is read again; none takes it away. */
export const CheckForm = z
  .object({ check_by: z.string(message('together.check.bad')) })
  .transform(({ check_by }, context): { check_by: Day | null } => {
    if (check_by.trim() === '') return { check_by: null };
    const day = readDay(check_by);
    if (day && day > dayOf(new Date()) && day < '2100') return { check_by: day };
    context.addIssue({ code: 'custom', path: ['check_by'], message: 'together.check.bad' });
    return z.NEVER;
  });

export const PartForm = z.object({
  person: z.uuid(message('together.people.missing')),
  role: z.enum(COURSE_ROLES, message('together.people.noRole')),
});

export const PairForm = z.object({
  expert_id: z.union([z.uuid(), z.literal('')], message('errors.invalid')),
  professional_id: z.union([z.uuid(), z.literal('')], message('errors.invalid')),
});
