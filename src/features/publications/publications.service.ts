import { atomically, db } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { rememberObject } from '../loop/loop.service';
import type { Actor } from '../organisations/organisations.model';
import {
  findPublication,
  findVersion,
  freezeVersion,
  insertPublication,
  insertVersion,
  lockPublication,
  type Publication,
  selectApprovals,
  updatePublication,
} from './publications.model';
import { APPROVED_KINDS, firstTexts, hashOf, type PublicationKind, type Texts, type Tongue, wordsIn } from './texts';

export const subject = (publication: { id: string }) => ({ type: 'publication', id: publication.id });

type Beginner = Pick<Actor, 'id' | 'name' | 'organisation_id'>;

interface Begun extends Pick<Publication, 'id' | 'shown_to' | 'space_id' | 'comments'> {
  kind: PublicationKind;
  language: Tongue;
  title: string;
  summary: string;
}

/** A draft is for the people of its space, or of the organisation where there is none. */
const whileDraft = (space: string | null) => (space ? 'members' : 'organisation') as Publication['visibility'];

/** Begins a publication, once for an id. `texts` when it comes with its words. Returns its id. */
export function createPublication(actor: Beginner, begun: Begun, texts?: Texts): Promise<string> {
  const { title, summary, ...row } = begun;
  const { id, organisation_id } = { ...row, organisation_id: actor.organisation_id };
  return atomically(async () => {
    const owner = { owner_id: actor.id, owner_name: actor.name };
    const isNew = await insertPublication({ ...row, ...owner, organisation_id, visibility: whileDraft(row.space_id) });
    if (!isNew) return id;
    await insertVersion({
      ...{ organisation_id, publication_id: id, number: 1, made_by: actor.id, made_by_name: actor.name },
      texts: texts ?? firstTexts(row.language, title, summary, row.kind),
    });
    await tellLoop(id);
    await recordAudit(actor, 'publication.made', subject({ id }), { kind: row.kind });
    return id;
  });
}

/** Keeps the words as a new version. False when somebody saved one after `seen`: nothing of theirs is written over. */
export function saveTexts(actor: Actor, publication: Publication, seen: number, texts: Texts, note: string) {
  return atomically(async () => {
    const locked = await lockPublication(publication);
    if (locked?.latest_number !== seen) return false;
    const before = await findVersion(publication.id, seen);
    if (before && hashOf(before.texts) === hashOf(texts)) return true;
    const number = seen + 1;
    const { organisation_id, id } = publication;
    await insertVersion({
      ...{ organisation_id, publication_id: id, number, texts, note },
      ...{ made_by: actor.id, made_by_name: actor.name },
    });
    // What the core group was asked about is no longer what would be published.
    const state = locked.state === 'approval' ? 'draft' : locked.state;
    await updatePublication(publication, { latest_number: number, state });
    await tellLoop(id);
    await recordAudit(actor, 'publication.saved', subject(publication), { number });
    return true;
  });
}

/** Whether the latest version may be published as it is; else what is missing, as a key of words. */
export async function missingForPublishing(publication: Publication): Promise<string | undefined> {
  if (!APPROVED_KINDS.includes(publication.kind)) return undefined;
  const approvals = await selectApprovals(publication.id);
  const asked = approvals.filter(({ number }) => number === publication.latest_number);
  if (asked.length === 0) return 'publications.fault.notAsked';
  return asked.every(({ approved_at }) => approved_at) ? undefined : 'publications.fault.notApproved';
}

/** Publishes the latest version and freezes it. Returns what is missing, when something is. */
export function publish(actor: Actor, publication: Publication): Promise<string | undefined> {
  return atomically(async () => {
    const missing = await missingForPublishing(publication);
    if (missing) return missing;
    const { id, latest_number } = publication;
    const version = await findVersion(id, latest_number);
    if (!version) return 'errors.invalid';
    await freezeVersion(id, latest_number, hashOf(version.texts));
    await updatePublication(publication, {
      ...{ state: 'published', visibility: publication.shown_to, shown_number: latest_number },
      published_at: publication.published_at ?? new Date(),
    });
    await tellLoop(id);
    await recordAudit(actor, 'publication.published', subject(publication), { number: latest_number });
    return undefined;
  });
}

/** Opens a draft for comments, brings it back to its writers, or takes a published one away from its readers. */
export function moveTo(actor: Actor, publication: Publication, state: 'comments' | 'draft' | 'withdrawn') {
  return atomically(async () => {
    const isShown = state === 'comments';
    const visibility = isShown ? publication.shown_to : whileDraft(publication.space_id);
    const comments = isShown && publication.comments === 'none' ? 'members' : publication.comments;
    await updatePublication(publication, { state, visibility, comments });
    await tellLoop(publication.id);
    await recordAudit(actor, `publication.${state}`, subject(publication));
  });
}

type Settings = Pick<Publication, 'shown_to' | 'space_id' | 'comments' | 'is_opening' | 'review_on'>;

export function saveSettings(actor: Actor, publication: Publication, settings: Settings): Promise<void> {
  return atomically(async () => {
    const isOut = publication.state === 'comments' || publication.state === 'published';
    const visibility = isOut ? settings.shown_to : whileDraft(settings.space_id);
    const reminded_on = settings.review_on === publication.review_on ? publication.reminded_on : null;
    await updatePublication(publication, { ...settings, visibility, reminded_on });
    await tellLoop(publication.id);
    await recordAudit(actor, 'publication.settings', subject(publication), { shown_to: settings.shown_to });
  });
}

/** What the loop knows of it, as it is now. */
export async function tellLoop(id: string): Promise<void> {
  const publication = await findPublication(id);
  const version = publication && (await findVersion(id, publication.shown_number ?? publication.latest_number));
  if (!publication || !version) return;
  const { organisation_id, space_id, visibility, language, state } = publication;
  await rememberObject({
    ...{ kind: 'publication', id, organisation_id, space_id, visibility, language, status: state },
    ...{ title: wordsIn(version.texts, language, language).title, href: `/publications/${id}` },
    dated_on: publication.published_at ?? publication.created_at,
  });
}

/** Notes what an authority or another answered to a statement, and what followed. */
export function addResponse(
  actor: Actor,
  publication: Publication,
  row: { from_whom: string; answered_on: string; answer: string; followed: string },
): Promise<void> {
  const { organisation_id, id: publication_id } = publication;
  return atomically(async () => {
    await db()
      .table('publication_responses')
      .insert({ ...row, organisation_id, publication_id });
    await recordAudit(actor, 'publication.response', subject(publication));
  });
}
