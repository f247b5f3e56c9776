import { z } from 'zod';

const oneText = z.string().max(100).optional().catch(undefined);

/** What may stand in the address of a growth report. Days are read later, so that what was typed stays as it was. */
export const PeriodQuery = z.object({ team: oneText, from: oneText, to: oneText });
export type PeriodQuery = z.output<typeof PeriodQuery>;
