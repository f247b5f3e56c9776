import { z } from 'zod';
import { message } from '../../lib/forms';
import type { MessageKey } from '../../lib/i18n';
import { VISIBILITIES } from '../loop/kinds';
import { THEMES } from '../loop/themes';
import { isMunicipality } from './areas';
import { type Hours, readExceptions, readSpans, WrongHours } from './hours';
import { ACCESS, FORMS, PLACE_LANGUAGES } from './places.model';

const FAULTS: Record<string, MessageKey> = {
  unreadable: 'places.fault.hours',
  'ends-before': 'places.fault.endsBefore',
  overlap: 'places.fault.overlap',
};

const text = (longest: number) => z.string().trim().max(longest, message('places.fault.long')).default('');
const some = <T extends readonly [string, ...string[]]>(values: T) =>
  z
    .preprocess(
      (value) => (value === undefined || value === '' ? [] : [value].flat()),
      z.array(z.enum(values, message('places.fault.choice'))).max(values.length * 2),
    )
    .transform((list) => [...new Set(list)]);

/** A part of the earth as it is typed: 60.17 or 60,17. */
const degrees = (least: number, most: number) =>
  z.preprocess(
    (value) => (value === '' || value === undefined || value === null ? null : Number(String(value).replace(',', '.'))),
    z
      .number(message('places.fault.map'))
      .min(least, message('places.fault.map'))
      .max(most, message('places.fault.map'))
      .nullable(),
  );

function timed<T>(read: (value: string) => T) {
  return z
    .string()
    .max(2000, message('places.fault.long'))
    .default('')
    .transform((value, context) => {
      try {
        return read(value);
      } catch (error) {
        if (!(error instanceof WrongHours)) throw error;
        context.addIssue({ code: 'custom', message: FAULTS[error.fault] ?? 'places.fault.hours' });
        return z.NEVER;
      }
    });
}

const PlaceFields = z.object({
  name: z
    .string(message('places.fault.name'))
    .trim()
    .min(1, message('places.fault.name'))
    .max(200, message('places.fault.long')),
  address: text(300),
  directions: text(1000),
  area_code: z.string(message('places.fault.area')).refine(isMunicipality, message('places.fault.area')),
  lat: degrees(59, 71),
  lon: degrees(19, 32),
  day1: timed(readSpans),
  day2: timed(readSpans),
  day3: timed(readSpans),
  day4: timed(readSpans),
  day5: timed(readSpans),
  day6: timed(readSpans),
  day7: timed(readSpans),
  exceptions: timed(readExceptions),
  languages: some(PLACE_LANGUAGES),
  services: some(THEMES),
  forms: some(FORMS).refine((list) => list.length > 0, message('places.fault.form')),
  access: some(ACCESS),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[\d\s()-]{0,40}$/, message('places.fault.phone'))
    .default(''),
  remote_link: z
    .string()
    .trim()
    .max(500, message('places.fault.long'))
    .refine((value) => value === '' || /^https:\/\/[^\s<>"]+$/.test(value), message('places.fault.link'))
    .default(''),
  supporters: text(300),
  visibility: z.enum(VISIBILITIES, message('places.fault.choice')).default('organisation'),
  space_id: z.preprocess((value) => value || null, z.uuid(message('places.fault.choice')).nullable()),
});

const reachable = (place: { phone: string; address: string; remote_link: string }) =>
  place.phone !== '' || place.address !== '' || place.remote_link !== '';

const hasHours = (place: Record<string, unknown>) =>
  [1, 2, 3, 4, 5, 6, 7].some((day) => (place[`day${day}`] as unknown[]).length > 0);

/** A place as its form gives it, hours together. Without hours it is shown as "call first", so it must then have a phone. */
export const PlaceForm = PlaceFields.refine(reachable, { path: ['phone'], ...message('places.fault.reach') })
  .refine(({ lat, lon }) => (lat === null) === (lon === null), { path: ['lat'], ...message('places.fault.map') })
  .refine(({ visibility, space_id }) => space_id !== null || visibility === 'organisation' || visibility === 'public', {
    ...{ path: ['visibility'], ...message('places.fault.space') },
  })
  .refine((place) => place.phone !== '' || hasHours(place), { path: ['phone'], ...message('places.fault.callFirst') })
  .transform(({ day1, day2, day3, day4, day5, day6, day7, exceptions, ...place }) => {
    const week = [day1, day2, day3, day4, day5, day6, day7].flatMap((spans, index) =>
      spans.map((span) => ({ ...span, day: index + 1 })),
    );
    return { ...place, hours: { week, exceptions } satisfies Hours };
  });

export const NewPlace = z.object({ id: z.uuid(message('places.fault.choice')) });
