import { z } from 'zod';
import { message } from '../../lib/forms';
import { RETENTION_KINDS, type RetentionKind } from './kinds';

export const ErasureForm = z.object({ sure: z.literal('yes', message('privacy.erasure.sure.missing')) });

const Months = z.coerce
  .number(message('privacy.retention.months'))
  .int(message('privacy.retention.months'))
  .min(1, message('privacy.retention.months'))
  .max(120, message('privacy.retention.months'));

/** Months by kind. */
export const RetentionForm = z.object(
  Object.fromEntries(RETENTION_KINDS.map((kind) => [kind, Months])) as Record<RetentionKind, typeof Months>,
);
