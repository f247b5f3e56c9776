import { randomUUID } from 'node:crypto';
import type { DraftContent } from '../../src/features/authoring/drafts.document';
import { type Draft, findDraft } from '../../src/features/authoring/drafts.model';
import { saveDraft } from '../../src/features/authoring/drafts.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as } from './browser';
import { anOrganisation, aPerson, asOwner, inScope } from './factories';
import { aDraft, aTextLesson } from './factories-authoring';

/** An expert and a professional of one organisation, somebody who learns there, and a writer of another one. */
export async function aPair() {
  const organisation = await anOrganisation();
  const expert = await aPerson({ organisation, name: 'Pekka Mäkinen', roles: ['learner', 'expert'] });
  const professional = await aPerson({ organisation, name: 'Sanna Niemi', roles: ['learner', 'reviewer', 'author'] });
  const learner = await aPerson({ organisation, name: 'Aino Koski' });
  const stranger = await aPerson({ roles: ['author', 'expert', 'reviewer'] });
  return { organisation, expert, professional, learner, stranger };
}

/** A lesson of these Finnish texts, one to a block. */
export function aLessonOf(...texts: string[]): DraftContent {
  const content = aTextLesson();
  const [block] = content.blocks;
  if (!block) throw new Error('the lesson has no block');
  const blocks = texts.map((text, index) => ({
    ...block,
    id: `part${index + 1}`,
    texts: { fi: { text, follows: 1 } },
  }));
  return { ...content, blocks };
}

export const aDraftOf = (author: Actor, texts: string[], values: Partial<Draft> = {}) =>
  aDraft(author, { content: aLessonOf(...texts), ...values });

export const stored = (actor: Actor, id: string): Promise<Draft> =>
  inScope(actor, () => findDraft(actor.organisation_id, id)) as Promise<Draft>;

/** Changes the Finnish text of blocks by their place, as the editor saves it. */
export async function rewrite(actor: Actor, draft: { id: string }, ...texts: (string | undefined)[]): Promise<Draft> {
  const now = await stored(actor, draft.id);
  const blocks = now.content.blocks.map((block, index) => {
    const text = texts[index];
    return text === undefined ? block : { ...block, texts: { ...block.texts, fi: { text, follows: 1 } } };
  });
  const isSaved = await inScope(actor, () =>
    saveDraft(actor, draft.id, now.version, { ...now.content, blocks: blocks.filter((_, i) => texts[i] !== '') }),
  );
  if (!isSaved) throw new Error('the text was not saved');
  return stored(actor, draft.id);
}

export async function sign(
  actor: Actor,
  draft: { id: string },
  kind: string,
  shown: Record<string, string> = { shown: 'full' },
) {
  const { version } = await stored(actor, draft.id);
  return as(actor).post(`/write/drafts/${draft.id}/signatures`, { kind, version: String(version), ...shown });
}

export const submit = async (actor: Actor, draft: { id: string }) => {
  const { version } = await stored(actor, draft.id);
  return as(actor).post(`/write/drafts/${draft.id}`, { version: String(version), do: 'submit' });
};

/** Kinds of what a person has been told, the oldest first. */
export const toldTo = (person: Actor): Promise<string[]> =>
  asOwner(() => db().table('notifications').where({ person_id: person.id }).orderBy('created_at').pluck('kind'));

export const newId = () => randomUUID();
