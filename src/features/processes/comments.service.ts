import type { z } from 'zod';
import { limit } from '../../lib/limits';
import type { Actor } from '../organisations/organisations.model';
import type { CommentForm, ModerationForm } from './comments.schema';
import { insertContent, updateContent } from './content.model';
import { audit, inKeepersScope, type Outcome } from './content.service';
import type { Process } from './processes.model';

/** From one address in ten minutes; and to one process in an hour: a flood waits for nobody to read it. */
const perAddress = limit('process-comments', 10, 600);
const perProcess = limit('process-comments-of', 240, 3600);

type Posted = z.output<typeof CommentForm> & { about: string; language: string };

/**
 * Keeps a comment for the moderators; nobody else sees it before they have read it. What fills the field that people do not
 * see is thanked and thrown away. Throws 429 when one address or everybody together sends too many.
 */
export async function postComment(process: Process, address: string, posted: Posted): Promise<void> {
  if (posted.website !== '') return;
  await perAddress.count(`${process.id} ${address}`);
  await perProcess.count(process.id);
  const { key: id, text_id, name, body, about, language } = posted;
  await inKeepersScope(null, process, () =>
    insertContent('process_comments', process, { id, text_id, name, body, about, language }),
  );
}

/** Shows, answers or declines a comment, and says what changed because of it. */
export function moderateComment(
  actor: Actor,
  process: Process,
  id: string,
  { state, reply, changed }: z.output<typeof ModerationForm>,
): Promise<Outcome> {
  return inKeepersScope(actor, process, async () => {
    const now = new Date();
    const values = { state, reply, changed, moderated_at: now, replied_at: reply === '' ? null : now };
    if ((await updateContent('process_comments', process, { id }, values)) === 0) return 'gone';
    await audit(actor, process, `comment-${state}`, 'process_comments', id);
    return 'ok';
  });
}
