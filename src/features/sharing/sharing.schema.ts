import { z } from 'zod';
import { message } from '../../lib/forms';
import { REACHES } from './sharing.model';

const MOST_PARTNERS = 200;

export const ReachForm = z
  .object({
    reach: z.enum(REACHES, message('sharing.reach.missing')),
    partners: z
      .union(
        [z.uuid().transform((one) => [one]), z.array(z.uuid()).max(MOST_PARTNERS)],
        message('sharing.partners.missing'),
      )
      .default([]),
  })
  .refine(({ reach, partners }) => reach !== 'partners' || partners.length > 0, {
    error: 'sharing.partners.missing',
    path: ['partners'],
  });
