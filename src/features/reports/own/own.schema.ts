import { z } from 'zod';
import { message } from '../../../lib/forms';
import { ENDINGS } from '../files/report-formats';

const name = z
  .string(message('own.name.missing'))
  .trim()
  .min(1, message('own.name.missing'))
  .max(120, message('own.name.long'));

/** A report to be saved: its name, and what was chosen as the query of its preview. */
export const SaveForm = z.object({
  name,
  query: z.string().max(3000),
  form_key: z.uuid().optional().catch(undefined),
});

export const ReaderForm = z.object({ person: z.uuid(message('own.share.missing')) });

export const ScheduleForm = z.object({
  every: z.enum(['never', 'week', 'month'], message('own.schedule.missing')),
  format: z.enum(ENDINGS, message('own.schedule.missing')),
});

/** The query of an address as an object; a name that comes several times is a list. */
export function parsedQuery(query: string): Record<string, string | string[]> {
  const params = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(params.keys())].map((key) => {
      const all = params.getAll(key);
      return [key, all.length > 1 ? all : (all[0] ?? '')];
    }),
  );
}
