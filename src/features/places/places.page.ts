import type { Request, Response } from 'express';
import type { FieldErrors } from '../../lib/forms';
import { THEMES } from '../loop/themes';
import { selectMySpaces } from '../spaces/spaces.model';
import { areaName, MUNICIPALITIES } from './areas';
import { exceptionsText, exceptionToday, openState, spansText, weekLines } from './hours';
import { ACCESS, FORMS, PLACE_LANGUAGES, type ShownPlace, type SupportPlace } from './places.model';

/** A place with what its card says of today. */
export const shownNow = <P extends ShownPlace>(place: P, lang: string, now = new Date()) => ({
  ...place,
  open: openState(place.hours, now, place.closed_on),
  today: exceptionToday(place.hours, now),
  week: weekLines(place.hours),
  exceptionLines: exceptionsText(place.hours, '–').split('\n').filter(Boolean),
  area: areaName(place.area_code, lang),
});

/** What the form of a place begins with. */
export function valuesOf(place: SupportPlace, closed: string): Record<string, unknown> {
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => [
    `day${day}`,
    spansText(place.hours.week.filter((span) => span.day === day)),
  ]);
  return { ...place, ...Object.fromEntries(days), exceptions: exceptionsText(place.hours, closed) };
}

export async function renderForm(
  req: Request,
  res: Response,
  values: Record<string, unknown>,
  { place, errors = {} }: { place?: SupportPlace; errors?: FieldErrors } = {},
): Promise<void> {
  const lang = String(res.locals.lang);
  res.render('places/form', {
    ...{ place, values, errors, spaces: await selectMySpaces(req.actor) },
    ...{ themes: THEMES, accesses: ACCESS, forms: FORMS, languages: PLACE_LANGUAGES },
    areas: MUNICIPALITIES.map(({ code }) => ({ value: code, text: areaName(code, lang) })),
  });
}
