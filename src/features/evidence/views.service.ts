import { addDays } from '../../lib/dates';
import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { findByOrigin } from '../skills/observations.model';
import { recordObservation } from '../skills/skills.service';

import { invitationToken, tokenHash } from './token';
import {
  countOpen,
  insertInvitation,
  insertViews,
  lockInviter,
  ownInvitations,
  ownViews,
  setInvitation,
  stateOf,
  type ViewInvitation,
} from './views.model';
import type { Answer } from './views.schema';

/** How long an invitation is good, in days. */
export const GOOD_FOR_DAYS = 14;
/** How many of a person's invitations may wait at once. */
export const MOST_OPEN = 10;

export interface NewInvitation {
  id: string;
  rater_id: string | null;
  shown_name: string;
  competence_codes: string[];
  message: string;
}

/**
 * Asks a colleague, or makes a link for an outsider (no rater). Safe to call twice with the same id. 'full' when too many wait
 * already.
 */
export function invite(actor: Actor, invitation: NewInvitation): Promise<'made' | 'full'> {
  return atomically(async () => {
    await lockInviter(actor);
    const known = await ownInvitations(actor).where({ id: invitation.id }).first();
    if (known) return 'made';
    if ((await countOpen(actor)) >= MOST_OPEN) return 'full';
    const token_hash = invitation.rater_id ? null : tokenHash(invitationToken(invitation.id));
    const expires_at = addDays(new Date(), GOOD_FOR_DAYS);
    const row = { ...invitation, organisation_id: actor.organisation_id, person_id: actor.id, token_hash, expires_at };
    // The id of somebody else's invitation: nothing is made, and nothing is told of it.
    if (!(await insertInvitation(row))) return 'made';
    await recordAudit(actor, 'evidence.view-asked', { type: 'person', id: actor.id });
    if (invitation.rater_id)
      await notify({
        organisation_id: actor.organisation_id,
        person_id: invitation.rater_id,
        kind: 'view.asked',
        params: { name: actor.name },
        href: `/skills/views/asked/${invitation.id}`,
      });
    return 'made';
  });
}

/** Takes an open invitation back: its link opens nothing any more. False when it is not there or was answered. */
export function withdrawInvitation(actor: Actor, id: string): Promise<boolean> {
  return atomically(async () => {
    const invitation = await ownInvitations(actor).where({ id }).forUpdate().first();
    if (!invitation || invitation.answered_at) return false;
    if (!invitation.withdrawn_at) await setInvitation(id, { withdrawn_at: new Date() });
    return true;
  });
}

/**
 * Keeps what the rater told, for the person to read first. In the scope of the invitation's organisation. 'gone' when the
 * invitation was withdrawn, has expired or was answered by another form; the same form again is 'kept'.
 */
export function answerInvitation(
  invitation: ViewInvitation,
  { key, told, rater_name, source, knows_from, done_on }: Answer,
  lock: (id: string) => Promise<ViewInvitation | undefined>,
): Promise<'kept' | 'gone'> {
  return atomically(async () => {
    const now = await lock(invitation.id);
    if (now?.answered_at && now.answer_key === key) return 'kept';
    if (!now || stateOf(now) !== 'open') return 'gone';
    const { organisation_id, id, person_id, rater_id } = now;
    const base = { organisation_id, invitation_id: id, person_id, rater_id, rater_name, source, knows_from };
    await insertViews(told.map((view) => ({ ...base, ...view, observed_at: done_on })));
    await setInvitation(id, { answered_at: new Date(), answer_key: key });
    await notify({ organisation_id, person_id, kind: 'view.told', params: {}, href: `/skills/views/${id}` });
    return 'kept';
  });
}

/**
 * Takes one view into the person's profile: from now on it is an observation, dated to the work. Returns the observation's id;
 * the same again when it was taken before, undefined when there is no such view.
 */
export function acceptView(actor: Actor, viewId: string): Promise<string | undefined> {
  return atomically(async () => {
    const view = await ownViews(actor).where({ id: viewId }).forUpdate().first();
    if (!view) return undefined;
    if (view.observation_id) return view.observation_id;
    const origin = { origin_type: 'invited-view', origin_id: view.id };
    await recordObservation(actor, {
      ...origin,
      person_id: actor.id,
      competence_code: view.competence_code,
      source: view.source,
      level: view.level,
      help_level: view.help_level,
      observed_at: view.observed_at,
      note: view.note,
      seen_by: { id: view.rater_id, name: view.rater_id ? '' : view.rater_name },
    });
    const observation_id = (await findByOrigin(actor, origin))?.id;
    await ownViews(actor)
      .where({ id: viewId })
      .update({ accepted_at: new Date(), observation_id: observation_id ?? null });
    return observation_id;
  });
}

/** Leaves a view out: it is deleted, as if it had not been told. False when there is none that waits. */
export async function leaveOut(actor: Actor, viewId: string): Promise<boolean> {
  const gone = await ownViews(actor).where({ id: viewId }).whereNull('accepted_at').delete();
  return gone > 0;
}
