import { atomically } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import { recordAudit } from '../audit/audit.model';
import { findCard } from '../cards/cards.model';
import { beginLesson, keepCard } from '../cards/cards.service';
import { forgetObject, linkObjects, rememberObject } from '../loop/loop.service';
import type { Theme } from '../loop/themes';
import type { Actor } from '../organisations/organisations.model';
import type { Picture } from './picture';
import { deletePicture, insertPicture, type KeptPicture, replaceCosts, updatePicture } from './pictures.model';

const subject = (id: string) => ({ type: 'situation_picture', id });
type Words = Pick<KeptPicture, 'id' | 'title' | 'note' | 'visibility' | 'space_id'>;

const tell = (actor: Actor, { id, title, visibility, space_id }: Words, { area, day }: Picture) =>
  rememberObject({
    ...{ kind: 'situation', id, organisation_id: actor.organisation_id, space_id, visibility, title },
    ...{ href: `/situation/published/${id}`, area: area || null, dated_on: new Date(day), language: actor.language },
  });

/** Keeps today's picture as it is, once however often its form is sent. */
export function keepPicture(actor: Actor, words: Words, figures: Picture): Promise<void> {
  return atomically(async () => {
    const { organisation_id, id: made_by } = actor;
    if (!(await insertPicture({ ...words, organisation_id, made_by, figures }))) return;
    await tell(actor, words, figures);
    await recordAudit(actor, 'situation.kept', subject(words.id), { visibility: words.visibility });
  });
}

/** Shows a picture to others than before; its figures stay. */
export function showPicture(
  actor: Actor,
  picture: KeptPicture,
  seen: Pick<KeptPicture, 'visibility' | 'space_id'>,
): Promise<void> {
  return atomically(async () => {
    await updatePicture(picture, seen);
    await tell(actor, { ...picture, ...seen }, picture.figures);
    await recordAudit(actor, 'situation.shown', subject(picture.id), { visibility: seen.visibility });
  });
}

export function removePicture(actor: Actor, picture: KeptPicture): Promise<void> {
  return atomically(async () => {
    await deletePicture(picture);
    await forgetObject('situation', picture.id);
    await recordAudit(actor, 'situation.removed', subject(picture.id), { title: picture.title });
  });
}

/** Says what an hour of each form costs; a form without a number has none. */
export function sayCosts(actor: Actor, costs: Record<string, number>): Promise<void> {
  return atomically(async () => {
    await replaceCosts(actor.organisation_id, costs);
    await recordAudit(actor, 'situation.costs', { type: 'organisation', id: actor.organisation_id }, costs);
  });
}

/**
 * Begins a lesson for a gap: a need that says why, and a draft that answers it, so that the published lesson is linked to the need.
 * Returns the draft's id; the same form sent twice begins one.
 */
export function beginLessonForGap(
  actor: Actor,
  gap: { id: string; draft: string; theme: Theme; title: string; why: string; language: Language },
  picture?: KeptPicture,
): Promise<string> {
  return atomically(async () => {
    const { id, draft, theme, title, why, language } = gap;
    await keepCard(actor, {
      ...{ id, kind: 'need', title, theme, language, body: { what: why }, population_group: 'other' },
      ...{ happens_on: null, space_id: null, visibility: 'organisation' },
    });
    const card = await findCard(id);
    if (!card || card.organisation_id !== actor.organisation_id) throw new Error('the need was not kept');
    if (picture) await linkObjects(actor, { kind: 'situation', id: picture.id }, { kind: 'need', id }, 'came-of');
    return beginLesson(actor, card, draft);
  });
}
