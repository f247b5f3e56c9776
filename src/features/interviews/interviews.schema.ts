import { z } from 'zod';
import { addCalendarDays, dayOf } from '../../lib/calendar';
import { boxesField, dayField, FormKey, lineField, linesField, listField } from '../../lib/fields';
import { message } from '../../lib/forms';
import { isForbidden, sensitiveHits } from '../../lib/sensitive';
import { POPULATION_GROUPS } from '../cards/kinds';
import { VISIBILITIES } from '../loop/kinds';
import { THEMES } from '../loop/themes';

const today = () => dayOf(new Date());
const missing = message('interviews.day.missing');

export const RoundForm = z.object({
  key: FormKey,
  title: lineField(200, 'interviews.title.missing'),
  purpose: linesField(2000, 'interviews.purpose.missing'),
  own_questions: listField(17),
  groups: listField(20).refine((groups) => groups.length > 0, message('interviews.groups.missing')),
  delete_on: dayField('interviews.day.missing')
    .refine((day) => day !== null, missing)
    .refine(
      (day) => day === null || (day > today() && day <= addCalendarDays(today(), 731)),
      message('interviews.day.far'),
    ),
  language: z.enum(['fi', 'fi-x-selko', 'sv', 'en']).catch('fi'),
});

/** Notes of an interview. Without consent nothing is kept; what may tell of a person is asked about once more. */
export const InterviewForm = z
  .object({
    key: FormKey,
    population_group: lineField(200, 'interviews.groups.missing'),
    consent: z.literal('yes', message('interviews.consent.missing')),
    held_on: dayField('interviews.day.missing')
      .refine((day) => day !== null, missing)
      .refine((day) => day === null || day <= today(), message('interviews.day.ahead')),
    notes: boxesLong(),
    is_checked: z.string().optional(),
  })
  .superRefine(({ notes, is_checked }, context) => {
    const add = (text: string) => context.addIssue({ code: 'custom', path: ['notes'], message: text });
    if (notes.every((note) => note.trim() === '')) add('interviews.notes.missing');
    if (notes.some(isForbidden)) add('interviews.notes.secret');
    else if (is_checked !== 'yes' && notes.some((note) => sensitiveHits(note).length > 0))
      add('interviews.notes.check');
  });

function boxesLong() {
  return z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.string().trim().max(8000, message('errors.invalid'))).max(20),
  );
}

export const PassageForm = z.object({
  key: FormKey,
  themes: boxesField.pipe(
    z.array(z.enum(THEMES, message('interviews.theme.missing'))).min(1, message('interviews.theme.missing')),
  ),
  body: linesField(2000, 'interviews.passage.missing').refine(
    (text) => !isForbidden(text),
    message('interviews.notes.secret'),
  ),
});

export const ContactForm = z.object({
  name: lineField(160, 'interviews.contact.nameMissing'),
  contact: lineField(200, 'interviews.contact.missing').pipe(z.string().min(3, message('interviews.contact.missing'))),
  consent: z.literal('yes', message('interviews.contact.consentMissing')),
});

export const FindingForm = z
  .object({
    key: FormKey,
    from: z.string().max(80).default(''),
    title: lineField(200, 'interviews.title.missing'),
    summary: linesField(3000, 'interviews.summary.missing').refine(
      (text) => sensitiveHits(text).length === 0,
      message('interviews.summary.personal'),
    ),
    theme: z.enum(THEMES, message('interviews.theme.missing')),
    population_group: z.enum(POPULATION_GROUPS, message('interviews.groups.missing')),
    visibility: z.enum(VISIBILITIES, message('interviews.visibility.missing')),
    space_id: z
      .union([z.uuid(), z.literal('').transform(() => null)])
      .default(null)
      .catch(null),
  })
  .refine(({ visibility, space_id }) => space_id !== null || visibility === 'organisation' || visibility === 'public', {
    error: 'interviews.visibility.space',
    path: ['space_id'],
  });
