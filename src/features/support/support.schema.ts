import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { message } from '../../lib/forms';

const LONGEST = 2000;

/** `request` names the request, so that the same form sent twice asks once. */
export const AskForm = z.object({
  message: z
    .string(message('support.message.missing'))
    .trim()
    .min(1, message('support.message.missing'))
    .max(LONGEST, message('support.message.long')),
  lesson: z.uuid().optional().catch(undefined),
  request: z.uuid().catch(() => randomUUID()),
});
