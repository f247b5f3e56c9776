import { atomically } from '../../lib/db';
import { deleteSessionsIn } from '../accounts/accounts.model';
import { giveOneTimePassword } from '../accounts/accounts.service';
import { recordAudit } from '../audit/audit.model';
import { putInvitation, takeInvitation } from '../organisations/invitations.model';
import { membersChanged } from '../organisations/members-changed';
import {
  countOtherAdministrators,
  endMembership,
  isMember,
  lockOrganisation,
  type MembershipTerms,
  setMembership,
} from '../organisations/memberships.model';
import { type Actor, insertMembership } from '../organisations/organisations.model';
import { putTeamMember } from '../organisations/team-people.model';
import { selectTeamsOf } from '../organisations/teams.model';
import { insertPerson, isNameTaken, setPerson } from '../people/people.model';
import type { NewPersonForm } from './admin.schema';
import { findMember, type MemberPage } from './people.queries';
import { freeUsername } from './usernames';

type Member = Pick<MemberPage, 'person_id' | 'roles' | 'username' | 'email'>;
type Admin = Pick<Actor, 'id' | 'organisation_id'>;

export type Refusal = { refused: Record<string, string> };
const refuse = (field: string, key: string): Refusal => ({ refused: { [field]: key } });
const LAST = refuse('form', 'admin.last');

/**
 * Makes an account, a membership and a password to hand over on paper; the password is returned and kept nowhere.
 * Refuses a user name or an e-mail that is in use.
 */
export function addPerson(actor: Admin, form: NewPersonForm) {
  return atomically(async () => {
    await lockOrganisation(actor.organisation_id);
    const made = await findMember(actor.organisation_id, form.key);
    if (made) return handOverAgain(actor, made, form.name);
    if (form.username && (await isNameTaken(form.username))) return refuse('username', 'admin.username.taken');
    if (form.email && (await isNameTaken(form.email))) return refuse('email', 'admin.email.taken');
    const id = form.key;
    const username = form.username ?? (await freeUsername(form.name));
    await insertPerson({
      id,
      username,
      name: form.name,
      email: form.email,
      home_organisation_id: actor.organisation_id,
    });
    const { roles, relation, target_profile } = form;
    const organisation_id = actor.organisation_id;
    await insertMembership({ organisation_id, person_id: id, roles, relation, target_profile });
    for (const team of await selectTeamsOf(organisation_id, form.teams))
      await putTeamMember(organisation_id, team.id, id);
    await membersChanged(organisation_id);
    const password = await giveOneTimePassword(id);
    await recordAudit(actor, 'member.added', person(id), { roles });
    return { id, username, password };
  });
}

/** The form came twice, and only the second answer is seen: a new password is good, unless the account is in use already. */
async function handOverAgain(actor: Admin, made: MemberPage, name: string) {
  const { person_id: id, username, is_ours, is_waiting } = made;
  if (!is_ours || !is_waiting || made.name !== name) return refuse('form', 'admin.add.already');
  return { id, username, password: await resetPassword(actor, { person_id: id }) };
}

/** A new password to hand over on paper; the old one and all sessions end. */
export function resetPassword(actor: Admin, member: Pick<Member, 'person_id'>): Promise<string> {
  return atomically(async () => {
    const password = await giveOneTimePassword(member.person_id);
    await recordAudit(actor, 'member.password-reset', person(member.person_id));
    return password;
  });
}

/** Refuses a user name or an e-mail that somebody else has. */
export function changeNames(
  actor: Admin,
  member: Member,
  names: { name: string; username: string; email: string | null },
) {
  return atomically(async () => {
    const { name, username, email } = names;
    if (username !== member.username && (await isNameTaken(username)))
      return refuse('username', 'admin.username.taken');
    if (email && email !== member.email && (await isNameTaken(email))) return refuse('email', 'admin.email.taken');
    await setPerson(member.person_id, { name, username, email });
    await recordAudit(actor, 'member.names-changed', person(member.person_id));
  });
}

/** Roles, relation and target profile. Refuses to take the role of the last administrator. */
export function changeTerms(actor: Admin, member: Member, terms: MembershipTerms) {
  const keepsRole = terms.roles.includes('administrator');
  return changeInOrder(actor, member, keepsRole, async () => {
    await setMembership(actor.organisation_id, member.person_id, terms);
    await membersChanged(actor.organisation_id);
    const details = { before: member.roles, after: terms.roles };
    await recordAudit(actor, 'member.roles-changed', person(member.person_id), details);
  });
}

/** No way in for now: sessions here end at once, everything else stays. Refuses for the last administrator. */
export function suspend(actor: Admin, member: Member) {
  return changeInOrder(actor, member, false, async () => {
    await setMembership(actor.organisation_id, member.person_id, { suspended_at: new Date() });
    await deleteSessionsIn(actor.organisation_id, member.person_id);
    await recordAudit(actor, 'member.suspended', person(member.person_id));
  });
}

/** Ends a suspension, or makes one who left a member again. */
export function bringBack(actor: Admin, member: Member): Promise<void> {
  return atomically(async () => {
    await setMembership(actor.organisation_id, member.person_id, { suspended_at: null, ended_on: null });
    await membersChanged(actor.organisation_id);
    await recordAudit(actor, 'member.returned', person(member.person_id));
  });
}

/** Ends the membership with its teams and tasks today. What the person learnt stays theirs. Refuses for the last administrator. */
export function end(actor: Admin, member: Member) {
  return changeInOrder(actor, member, false, async () => {
    await endMembership(actor.organisation_id, member.person_id);
    await deleteSessionsIn(actor.organisation_id, member.person_id);
    await recordAudit(actor, 'member.ended', person(member.person_id));
  });
}

/** Asks an account of another organisation to join; its person answers. Says the same whether there is one or not. */
export function invite(actor: Admin, username: string, terms: MembershipTerms) {
  return atomically(async () => {
    const id = await putInvitation(actor.organisation_id, username, terms);
    await recordAudit(actor, 'invitation.made', { type: 'invitation', id }, { name: username, roles: terms.roles });
  });
}

/** False when it is gone: answered or taken back already. */
export function takeBackInvitation(actor: Admin, invitationId: string): Promise<boolean> {
  return atomically(async () => {
    const invitation = await takeInvitation(invitationId, { organisation_id: actor.organisation_id });
    if (!invitation) return false;
    const subject = { type: 'invitation', id: invitation.id };
    await recordAudit(actor, 'invitation.taken-back', subject, { name: invitation.username });
    return true;
  });
}

/** One change of administrators at a time, and never the last one's. */
function changeInOrder(actor: Admin, member: Member, staysAdministrator: boolean, change: () => Promise<void>) {
  return atomically(async () => {
    await lockOrganisation(actor.organisation_id);
    const others = staysAdministrator || (await countOtherAdministrators(actor.organisation_id, member.person_id)) > 0;
    const wasNeeded = !others && (await isMember(actor.organisation_id, member.person_id));
    if (wasNeeded) return LAST;
    await change();
  });
}

const person = (id: string) => ({ type: 'person', id });
