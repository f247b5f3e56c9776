import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { rememberObject } from '../loop/loop.service';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import {
  type Belonging,
  deleteMember,
  giveSpace,
  insertSpace,
  insertSpaceMember,
  insertSpaceOrganisation,
  type Space,
  type SpaceMember,
  type SpaceRole,
  updateMember,
  updateOrganisation,
  updateSpace,
} from './spaces.model';

/**
 * Begins a space that the actor's organisation keeps, once for an id; the actor coordinates it. Levels of a process have a
 * `parent_id`. Returns its id.
 */
export function createSpace(
  actor: Pick<Actor, 'id' | 'name' | 'organisation_id'>,
  space: Pick<Space, 'id' | 'kind' | 'name'> & Partial<Space>,
): Promise<string> {
  return atomically(async () => {
    const organisation_id = actor.organisation_id;
    const isNew = await insertSpace({ owner_id: actor.id, ...space, organisation_id });
    if (!isNew) return space.id;
    await insertSpaceOrganisation({ space_id: space.id, organisation_id, role: 'owner' });
    await insertSpaceMember({
      ...{ space_id: space.id, person_id: actor.id, organisation_id, host_organisation_id: organisation_id },
      ...{ role: 'coordinator', shown_name: actor.name },
    });
    await rememberObject({
      ...{ kind: 'space', id: space.id, organisation_id, space_id: space.id, title: space.name },
      ...{ href: `/spaces/${space.id}`, visibility: space.visibility ?? 'network', language: space.language ?? 'fi' },
    });
    await recordAudit(actor, 'space.made', { type: 'space', id: space.id }, { kind: space.kind });
    return space.id;
  });
}

/** Changes what the keeper may change of a space, and how it is called everywhere. */
export function changeSpace(actor: Actor, space: Space, words: Partial<Space>): Promise<void> {
  return atomically(async () => {
    await updateSpace(space.id, words);
    await rememberSpace({ ...space, ...words });
    await recordAudit(actor, 'space.changed', { type: 'space', id: space.id }, { fields: Object.keys(words) });
  });
}

/**
 * The actor comes in, or asks to: an open space takes at once, an invitation is answered with yes. Their organisation comes in with
 * them when it is not there yet. Returns how they stand afterwards.
 */
export function joinSpace(actor: Actor, space: Space, member: SpaceMember | undefined): Promise<Belonging> {
  return atomically(async () => {
    const state =
      space.joining === 'open' || member?.state === 'invited' || member?.state === 'member' ? 'member' : 'asked';
    const row = { space_id: space.id, organisation_id: actor.organisation_id };
    await insertSpaceOrganisation({ ...row, state });
    if (member) await updateMember(member.id, { state });
    else
      await insertSpaceMember({
        ...{ ...row, person_id: actor.id, host_organisation_id: space.organisation_id },
        ...{ role: 'member', state, shown_name: actor.name },
      });
    await recordAudit(actor, 'space.joined', { type: 'space', id: space.id }, { state });
    return state;
  });
}

/** The person goes; what they did stays. */
export function leaveSpace(actor: Actor, space: Space, member: SpaceMember): Promise<void> {
  return atomically(async () => {
    await deleteMember(member.id);
    await recordAudit(actor, 'space.left', { type: 'space', id: space.id }, { member: member.id });
  });
}

/** Takes in somebody who asked, with their organisation, or gives a member another role. By those who keep the space. */
export function admitMember(actor: Actor, space: Space, member: SpaceMember, role: SpaceRole): Promise<void> {
  return atomically(async () => {
    await updateMember(member.id, { state: 'member', role });
    await updateOrganisation(space.id, member.organisation_id, { state: 'member' });
    await notify({
      ...{ organisation_id: member.organisation_id, person_id: member.person_id, kind: 'spaces.admitted' },
      ...{ params: { space: space.name }, href: `/spaces/${space.id}` },
    });
    await recordAudit(actor, 'space.admitted', { type: 'space', id: space.id }, { member: member.id, role });
  });
}

/** Says that the space has ended, or that it goes on after all. What it holds stays and can be read. */
export function endSpace(actor: Actor, space: Space, continuity_plan: string, isEnded = true): Promise<void> {
  return atomically(async () => {
    const ended_at = isEnded ? new Date() : null;
    await updateSpace(space.id, { continuity_plan, ended_at });
    await rememberSpace({ ...space, ended_at });
    await recordAudit(actor, isEnded ? 'space.ended' : 'space.reopened', { type: 'space', id: space.id });
  });
}

/** Gives the space to another organisation that belongs to it. Done by the database: no organisation gives itself another's space. */
export function handOver(actor: Actor, space: Space, heirId: string): Promise<boolean> {
  return atomically(async () => {
    const isGiven = await giveSpace(space.id, heirId);
    if (isGiven) await recordAudit(actor, 'space.given', { type: 'space', id: space.id }, { to: heirId });
    return isGiven;
  });
}

const rememberSpace = (space: Space) =>
  rememberObject({
    ...{ kind: 'space', id: space.id, organisation_id: space.organisation_id, space_id: space.id, title: space.name },
    ...{ href: `/spaces/${space.id}`, visibility: space.visibility, language: space.language },
    ended_on: space.ended_at,
  });
