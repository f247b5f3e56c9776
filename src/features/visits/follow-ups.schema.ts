import { z } from 'zod';
import { boxesField, FormKey, lineField } from '../../lib/fields';
import { message } from '../../lib/forms';
import { isForbidden } from '../../lib/sensitive';
import { oneLine } from '../../lib/text';
import { THEMES } from '../loop/themes';
import { ABILITIES } from './follow-ups.model';
import { BLOCKS } from './kinds';

/** A word and a number, so that a bare name is no code. */
const CODE = /^[A-ZÅÄÖ]{2,12} \d{2,4}$/;
const code = z
  .string()
  .default('')
  .transform((text) =>
    oneLine(text)
      .toUpperCase()
      .replace(/[-_\s]+/g, ' '),
  )
  .pipe(z.string().regex(CODE, message('visits.follow.codeWrong')));
const own = (most: number, missing?: 'visits.follow.goalMissing') =>
  lineField(most, missing).refine((text) => !isForbidden(text), message('visits.holdsCode'));

export const FollowUpForm = z.object({
  id: FormKey,
  code,
  theme: z.enum(THEMES, message('visits.choose')),
  goal: own(300, 'visits.follow.goalMissing'),
  agreed: z.literal('yes', message('visits.follow.agreedMissing')),
  seen: z.string().default(''),
});
export const CheckForm = z.object({
  id: FormKey,
  ability: z.enum(ABILITIES, message('visits.choose')),
  can_now: own(300),
  barriers: boxesField.transform((keys) => BLOCKS.filter((block) => keys.includes(block))),
  seen: z.string().default(''),
});
export const EndFollowUpForm = z.object({
  reached: z.enum(['yes', 'no'], message('visits.choose')).transform((word) => word === 'yes'),
});
export const FindForm = z.object({ code });
