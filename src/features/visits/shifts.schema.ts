import { z } from 'zod';
import { momentOf } from '../../lib/calendar';
import { boxesField, dayField, FormKey, linesField } from '../../lib/fields';
import { message } from '../../lib/forms';
import { isForbidden } from '../../lib/sensitive';
import { PEER_TASKS } from './shifts.model';

const number = (least: number, most: number, wrong: 'visits.minutesWrong' | 'visits.shift.neededWrong') =>
  z.coerce.number(message(wrong)).int(message(wrong)).min(least, message(wrong)).max(most, message(wrong));
const A_YEAR = 366 * 24 * 3600 * 1000;

/** A shift to come, within a year. `anyway`: the place was told to be closed then, and the form was sent again. */
export const ShiftForm = z
  .object({
    id: FormKey,
    place: z.uuid(message('visits.choose')),
    day: dayField('visits.dayWrong').refine((day) => day !== null, message('visits.dayWrong')),
    clock: z.string().trim().default(''),
    minutes: number(30, 600, 'visits.minutesWrong'),
    needed: number(1, 20, 'visits.shift.neededWrong'),
    anyway: z.string().default(''),
  })
  .transform(({ day, clock, ...form }, context) => {
    const starts_at = day ? momentOf(day, clock) : undefined;
    const ahead = (starts_at?.getTime() ?? 0) - Date.now();
    if (day && !starts_at) context.addIssue({ code: 'custom', message: 'visits.clockWrong', path: ['clock'] });
    else if (starts_at && (ahead < 0 || ahead > A_YEAR))
      context.addIssue({ code: 'custom', message: 'visits.shift.dayPast', path: ['day'] });
    return { ...form, starts_at: starts_at as Date };
  });

export const ToldForm = z.object({ minutes: number(5, 960, 'visits.minutesWrong') });

/** What a digital peer may do, and what was agreed with the mentor. */
export const PeerForm = z.object({
  tasks: boxesField.transform((keys) => PEER_TASKS.filter((task) => keys.includes(task))),
  agreed: linesField(600).refine((text) => !isForbidden(text), message('visits.holdsCode')),
  meet_on: dayField('visits.dayWrong'),
});
