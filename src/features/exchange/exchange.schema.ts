import { z } from 'zod';

const yes = z
  .literal('yes')
  .optional()
  .catch(undefined)
  .transform((value) => value === 'yes');

export const ExportQuery = z.object({ drafts: yes, names: yes });

export const SendForm = z.object({ id: z.uuid() });

export const TakeForm = z.object({ how: z.enum(['same', 'apart']).catch('same') });
