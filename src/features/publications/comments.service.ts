import { atomically, db } from '../../lib/db';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import type { Publication } from './publications.model';
import { subject } from './publications.service';

export interface Comment {
  id: string;
  organisation_id: string;
  version_number: number;
  part_id: string | null;
  quote: string;
  body: string;
  person_id: string | null;
  shown_name: string;
  state: 'waiting' | 'shown' | 'hidden';
  made_at: Date;
  reply: string;
  changed: 'changed' | 'noted' | 'kept' | null;
  changed_number: number | null;
  replied_at: Date | null;
}

/** Comments that the reader in scope may see: those shown, their organisation's own, all for the keeper. */
export function selectComments(publicationId: string): Promise<Comment[]> {
  return db()
    .table('publication_comments')
    .where({ publication_id: publicationId })
    .orderBy(['made_at', 'id'])
    .limit(500);
}

/** How many comments of one publication may wait at once: a flood stops here, and nobody has to read it. */
export const MOST_WAITING = 200;

type Said = Pick<Comment, 'id' | 'part_id' | 'quote' | 'body' | 'shown_name'>;

/**
 * Keeps a comment, once for an id. A member's is shown at once; a visitor's waits until the keeper has read it. False when
 * too many wait already.
 */
export async function addComment(actor: Actor | undefined, publication: Publication, said: Said): Promise<boolean> {
  const { id: publication_id, organisation_id: host_organisation_id } = publication;
  const work = () =>
    atomically(async () => {
      if (!actor) {
        const [row] = await db()
          .table('publication_comments')
          .where({ publication_id, state: 'waiting' })
          .count({ waiting: '*' });
        if (Number(row?.waiting) >= MOST_WAITING) return false;
      }
      await db()
        .table('publication_comments')
        .insert({
          ...said,
          ...{ publication_id, host_organisation_id, organisation_id: actor?.organisation_id ?? host_organisation_id },
          ...{ version_number: publication.shown_number ?? publication.latest_number, person_id: actor?.id ?? null },
          state: actor ? 'shown' : 'waiting',
        })
        .onConflict('id')
        .ignore();
      await tellOwner(publication, said.id);
      return true;
    });
  return actor ? work() : withScope({ organisationId: host_organisation_id, personId: null }, work);
}

async function tellOwner({ organisation_id, owner_id, id }: Publication, comment: string): Promise<void> {
  if (!owner_id) return;
  await notify({
    ...{ organisation_id, person_id: owner_id, kind: 'publication.comment', params: {} },
    ...{ href: `/publications/${id}#comments`, key: `comment ${comment} ${owner_id}` },
  });
}

/** The keeper shows or hides a comment, and answers it: what changed because of it, in which version. */
export function answerComment(
  actor: Actor,
  publication: Publication,
  commentId: string,
  answer: Pick<Comment, 'state' | 'reply' | 'changed'>,
): Promise<boolean> {
  return atomically(async () => {
    const count = await db()
      .table('publication_comments')
      .where({ publication_id: publication.id, host_organisation_id: actor.organisation_id })
      .whereRaw('id::text = ?', [commentId])
      .update({
        ...answer,
        changed_number: answer.changed === 'changed' ? publication.latest_number : null,
        replied_at: answer.reply ? new Date() : null,
      });
    if (count > 0)
      await recordAudit(actor, 'publication.comment-answered', subject(publication), { state: answer.state });
    return count > 0;
  });
}
