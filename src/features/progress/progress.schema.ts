import { z } from 'zod';
import { LANGUAGES } from '../../lib/i18n';

/** The id of a place on a lesson's page. */
const Spot = z.string().regex(/^[a-z][\w-]{0,60}$/);

export const SpotForm = z.object({ spot: Spot });

export const VariantForm = z.object({
  language: z.enum(LANGUAGES),
  spot: Spot.optional().catch(undefined),
});
