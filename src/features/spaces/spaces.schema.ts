import { z } from 'zod';
import { message } from '../../lib/forms';
import { oneLine, severalLines } from '../../lib/text';
import { VISIBILITIES } from '../loop/kinds';
import { THEMES } from '../loop/themes';
import { JOININGS, SPACE_ROLES } from './spaces.model';

const line = (most: number) =>
  z
    .string()
    .default('')
    .transform(oneLine)
    .pipe(z.string().max(most, message('spaces.long')));
const needed = (most: number) => line(most).pipe(z.string().min(1, message('spaces.missing')));
const lines = (most: number) =>
  z
    .string()
    .default('')
    .transform(severalLines)
    .pipe(z.string().max(most, message('spaces.long')));
const day = z
  .union([z.literal(''), z.iso.date(message('spaces.day'))])
  .default('')
  .transform((text) => text || null);
const id = z.uuid(message('errors.invalid'));
const address = z
  .string()
  .default('')
  .transform(oneLine)
  .pipe(
    z
      .string()
      .max(500, message('spaces.long'))
      .regex(/^(https?:\/\/\S+|)$/, message('spaces.address')),
  );

export const SpaceForm = z.object({
  id,
  kind: z.enum(['partnership', 'network', 'group'], message('spaces.missing')),
  name: needed(200),
  purpose: lines(3000),
  parent_id: z
    .union([z.literal(''), z.uuid()])
    .catch('')
    .transform((text) => text || null),
  visibility: z.enum(VISIBILITIES, message('spaces.missing')),
  joining: z.enum(JOININGS, message('spaces.missing')),
  continuity_plan: lines(5000),
  ends_on: day,
});
export const TaskForm = z.object({
  id,
  kind: z.enum(['task', 'aim']).catch('task'),
  title: needed(200),
  target: line(500),
  who: line(200),
  due_on: day,
});
export const DoneForm = z.object({ result: line(1000) });
export const TopicForm = z.object({ id, title: needed(200), link: address });
export const MessageForm = z.object({ id, body: lines(3000).pipe(z.string().min(1, message('spaces.missing'))) });
export const SummaryForm = z.object({ summary: lines(3000) });
export const InterestForm = z.object({
  id,
  side: z.enum(['looks', 'offers'], message('spaces.missing')),
  theme: z.enum(THEMES, message('spaces.missing')),
  body: needed(500),
});
export const ContactForm = z.object({ id, name: needed(200), about: lines(1000), address, ends_on: day });
export const RoleForm = z.object({ role: z.enum(SPACE_ROLES).catch('member') });
export const EndForm = z.object({ continuity_plan: lines(5000), heir: z.union([z.literal(''), z.uuid()]).catch('') });
