import { z } from 'zod';
import { message } from '../../lib/forms';
import { oneLine, severalLines } from '../../lib/text';
import { THEMES } from '../loop/themes';

const VISIBLE = ['organisation', 'network', 'public'] as const;
const seen = {
  space_id: z
    .union([z.literal(''), z.uuid()], message('errors.invalid'))
    .default('')
    .transform((id) => id || null),
  visibility: z.enum(VISIBLE, message('situation.fault.visibility')),
};
const needsSpace = ({ visibility, space_id }: { visibility: string; space_id: string | null }) =>
  visibility !== 'network' || space_id !== null;
const NEEDS_SPACE = { error: 'situation.fault.space', path: ['space_id'] };

/** A picture to keep: its name, what is said beside it, and who sees it. */
export const KeepForm = z
  .object({
    id: z.uuid(message('errors.invalid')),
    title: z
      .string(message('situation.fault.title'))
      .transform(oneLine)
      .pipe(z.string().min(1, message('situation.fault.title')).max(200, message('situation.fault.long'))),
    note: z
      .string()
      .default('')
      .transform(severalLines)
      .pipe(z.string().max(2000, message('situation.fault.long'))),
    coverage: z.string().optional(),
    ...seen,
  })
  .refine(needsSpace, NEEDS_SPACE);

export const SeenForm = z.object(seen).refine(needsSpace, NEEDS_SPACE);

const euros = z
  .string()
  .default('')
  .transform((text) => text.trim().replace(',', '.'))
  .pipe(z.string().regex(/^(\d{1,3}(\.\d{1,2})?)?$/, message('situation.fault.euros')));

/** Euros of an hour by form, as people type them; empty: not said. */
export const CostForm = z.object({ near: euros, remote: euros, home: euros, training: euros });

export const LessonForm = z.object({
  id: z.uuid(message('errors.invalid')),
  draft: z.uuid(message('errors.invalid')),
  theme: z.enum(THEMES, message('errors.invalid')),
  why: z.string().transform(oneLine).pipe(z.string().min(1).max(500)),
});
