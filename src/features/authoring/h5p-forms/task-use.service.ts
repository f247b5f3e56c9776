import type { Actor } from '../../organisations/organisations.model';
import type { Draft } from '../drafts.model';
import { saveDraft } from '../drafts.service';

/** Puts a content into the lesson it is for. A new content has completion rules of its own. False when the lesson was saved meanwhile. */
export function useInDraft(actor: Actor, draft: Draft, contentId: string): Promise<boolean> {
  const { h5p_rule: _, ...content } = draft.content;
  return saveDraft(actor, draft.id, draft.version, { ...content, h5p_content_id: contentId });
}
