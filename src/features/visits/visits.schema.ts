import { z } from 'zod';
import { dayOf, momentOf } from '../../lib/calendar';
import { boxesField, dayField, FormKey, lineField, linesField } from '../../lib/fields';
import { message } from '../../lib/forms';
import { isForbidden } from '../../lib/sensitive';
import { THEMES } from '../loop/themes';
import { isMunicipality } from '../places/areas';
import { ASKED_LANGUAGES, BLOCKS, FOLLOW_UPS, SUPPORT_FORMS, UNMET_REASONS } from './kinds';

const choice = <T extends readonly [string, ...string[]]>(options: T) => z.enum(options, message('visits.choose'));
const area = z.string(message('visits.chooseArea')).refine(isMunicipality, message('visits.chooseArea'));
const orNone = z
  .union([z.literal(''), z.uuid()])
  .catch('')
  .transform((id) => id || null);
const withoutCodes = <S extends z.ZodType<string, unknown>>(schema: S) =>
  schema.refine((text) => !isForbidden(text), message('visits.holdsCode'));

const asked = {
  id: FormKey,
  area_code: area,
  theme: choice(THEMES),
  form: choice(SUPPORT_FORMS),
  language: z.enum(ASKED_LANGUAGES).catch('fi'),
  body: withoutCodes(linesField(2000)),
  suits: withoutCodes(lineField(300)),
  name: withoutCodes(lineField(120)),
  reach: withoutCodes(lineField(200, 'visits.reachMissing')),
  address: withoutCodes(lineField(300)),
};
/** A request that somebody of the organisation writes for who asked. */
export const RequestForm = z.object(asked);
/** A request from anybody. `website` is for machines only: people do not see it. */
export const AskForm = z.object({
  ...asked,
  organisation: z.uuid(message('visits.choose')),
  website: z.string().default(''),
});
export const CodeForm = z.object({ code: lineField(60, 'visits.codeUnknown') });
export const OfferForm = z.object({ supporter: z.uuid(message('visits.choose')) });
export const EndForm = z
  .object({
    end: z.enum(['met', ...UNMET_REASONS.map((reason) => `unmet-${reason}` as const)], message('visits.choose')),
  })
  .transform(({ end }) =>
    end === 'met' ? { state: 'met' as const } : { state: 'unmet' as const, reason: end.slice('unmet-'.length) },
  );

const time = {
  day: dayField('visits.dayWrong').refine((day) => day !== null, message('visits.dayWrong')),
  clock: z.string().trim().default(''),
  minutes: z.coerce
    .number(message('visits.minutesWrong'))
    .int(message('visits.minutesWrong'))
    .min(15, message('visits.minutesWrong'))
    .max(480, message('visits.minutesWrong')),
};
/** A quarter past nine is 9.15, 9:15 or 09:15. */
const starts = ({ day, clock }: { day: string | null; clock: string }): Date | undefined => {
  const [, hours = '', minutes = '00'] = /^(\d{1,2})(?:[.:](\d{2}))?$/.exec(clock) ?? [];
  return day && hours ? momentOf(day, `${hours.padStart(2, '0')}:${minutes}`) : undefined;
};
const A_YEAR = 366 * 24 * 3600 * 1000;
/** A visit is agreed for a day to come: what was done is told in the record. */
const asMoment = <T extends { day: string | null; clock: string }>(form: T, context: z.RefinementCtx) => {
  const starts_at = starts(form);
  if (!starts_at) context.addIssue({ code: 'custom', message: 'visits.clockWrong', path: ['clock'] });
  else if (Math.abs(starts_at.getTime() - Date.now()) > A_YEAR)
    context.addIssue({ code: 'custom', message: 'visits.dayWrong', path: ['day'] });
  else if (dayOf(starts_at) < dayOf(new Date()))
    context.addIssue({ code: 'custom', message: 'visits.dayGone', path: ['day'] });
  const { day: _, clock: __, ...rest } = form;
  return { ...rest, starts_at: starts_at as Date };
};
export const VisitForm = z.object({ id: FormKey, second_name: lineField(120), ...time }).transform(asMoment);
export const MoveForm = z.object(time).transform(asMoment);
export const SafetyForm = z.object({ checked: boxesField });
export const DoneForm = z
  .object({ follow_up: choice(FOLLOW_UPS), follow_up_on: dayField('visits.dayWrong') })
  .refine(({ follow_up, follow_up_on }) => follow_up === 'none' || follow_up === 'referred' || follow_up_on !== null, {
    ...{ path: ['follow_up_on'], error: 'visits.dayWrong' },
  })
  .refine(({ follow_up_on }) => !follow_up_on || follow_up_on >= dayOf(new Date()), {
    ...{ path: ['follow_up_on'], error: 'visits.followGone' },
  });

const MINUTES = z.coerce
  .number(message('visits.minutesWrong'))
  .int(message('visits.minutesWrong'))
  .min(1, message('visits.minutesWrong'))
  .max(600, message('visits.minutesWrong'));

/** What was done, of nobody in particular. An empty day is the day on which the form was filled in. */
export const ContactForm = z
  .object({
    contact_id: FormKey,
    form: choice(SUPPORT_FORMS),
    minutes: z.string().default(''),
    minutes_other: z.string().trim().default(''),
    theme: choice(THEMES),
    did_self: choice(['yes', 'no']).transform((word) => word === 'yes'),
    help_level: z.enum(['0', '1', '2', '3'], message('visits.choose')).transform(Number),
    blocked: z.enum(['none', ...BLOCKS], message('visits.choose')).transform((key) => (key === 'none' ? null : key)),
    codes: z.literal('yes', message('visits.codesNeeded')),
    held_on: dayField('visits.dayWrong').refine((day) => !day || day <= dayOf(new Date()), message('visits.dayAhead')),
    place_id: orNone,
    request_id: orNone,
    visit_id: orNone,
    area_code: z.union([z.literal(''), area]).default(''),
    referred_to: lineField(200),
    note: linesField(1000),
    seen: z.string().default(''),
  })
  .transform(({ minutes, minutes_other, codes: _, ...form }, context) => {
    const read = MINUTES.safeParse(minutes === 'other' || minutes === '' ? minutes_other || undefined : minutes);
    if (!read.success)
      context.addIssue({
        code: 'custom',
        message: 'visits.minutesWrong',
        path: [minutes === 'other' ? 'minutes_other' : 'minutes'],
      });
    return { ...form, minutes: read.data ?? 0 };
  });
export type ContactForm = z.output<typeof ContactForm>;
