import { z } from 'zod';
import { message } from '../../lib/forms';
import { Key, line, lines } from './form-fields';

export const CommentForm = z.object({
  key: Key,
  text_id: z.uuid().nullish().catch(null),
  name: line(80),
  body: lines(2000, 'processes.comment.missing'),
  /** Seen by programs only. */
  website: z.string().max(2000).default(''),
});

export const ModerationForm = z
  .object({
    state: z.enum(['waiting', 'shown', 'declined'], message('processes.choose')),
    reply: lines(2000),
    changed: lines(1000),
  })
  .superRefine(({ state, changed, reply }, context) => {
    if (state !== 'shown' && changed !== '')
      context.addIssue({ code: 'custom', path: ['changed'], message: 'processes.comment.changed.hidden' });
    if (state === 'declined' && reply === '')
      context.addIssue({ code: 'custom', path: ['reply'], message: 'processes.comment.reason' });
  });
