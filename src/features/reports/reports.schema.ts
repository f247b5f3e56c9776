import { z } from 'zod';
import { type Day, dayOf, readDay } from '../../lib/calendar';
import { message } from '../../lib/forms';
import { DIALOGUE_ITEMS } from './pages/dialogue.model';

const oneText = z.string().max(100).optional().catch(undefined);

/** What may stand in the address of a growth report. Days are read later, so that what was typed stays as it was. */
export const PeriodQuery = z.object({ team: oneText, from: oneText, to: oneText });
export type PeriodQuery = z.output<typeof PeriodQuery>;

const OLDEST_DAY = '2000-01-01';

/** A day that has been: not in the future, and not so old that it is a slip of the finger. */
const PastDay = z.string(message('reports.dialogue.day.missing')).transform((text, context): Day => {
  const day = readDay(text);
  const fault =
    text.trim() === ''
      ? 'reports.dialogue.day.missing'
      : day === undefined || day < OLDEST_DAY
        ? 'reports.dialogue.day.notADay'
        : day > dayOf(new Date())
          ? 'reports.dialogue.day.future'
          : undefined;
  if (fault) context.addIssue({ code: 'custom', ...message(fault) });
  return day ?? OLDEST_DAY;
});

/** That an item was handled with the staff. `id` comes with the form, so that it counts once however often it is sent. */
export const DialogueForm = z.object({
  id: z.uuid(message('errors.invalid')),
  item: z.enum(DIALOGUE_ITEMS, message('reports.dialogue.item.missing')),
  handled_on: PastDay,
});
