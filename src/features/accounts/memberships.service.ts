import { atomically } from '../../lib/db';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import { takeInvitation } from '../organisations/invitations.model';
import { membersChanged } from '../organisations/members-changed';
import { findMembership, isMember, lockOrganisation, setMembership } from '../organisations/memberships.model';
import { type Actor, insertMembership } from '../organisations/organisations.model';

/** The person's own yes: they become a member there. False when the invitation is gone. */
export function acceptInvitation(actor: Actor, invitationId: string): Promise<boolean> {
  return atomically(async () => {
    const invitation = await takeInvitation(invitationId, { person_id: actor.id });
    if (!invitation) return false;
    const { organisation_id, roles, relation, target_profile } = invitation;
    await withScope({ organisationId: organisation_id, personId: actor.id }, async () => {
      const terms = { roles, relation, target_profile };
      await lockOrganisation(organisation_id);
      // A member of today keeps the place they have: their roles are changed by the administrator, who minds the last one's.
      if (await isMember(organisation_id, actor.id)) return;
      if (await findMembership(organisation_id, actor.id)) {
        await setMembership(organisation_id, actor.id, { ...terms, ended_on: null });
      } else {
        await insertMembership({ organisation_id, person_id: actor.id, ...terms });
      }
      await membersChanged(organisation_id);
      const there = { id: actor.id, organisation_id };
      await recordAudit(there, 'invitation.accepted', { type: 'person', id: actor.id }, { roles });
    });
    return true;
  });
}

/** The person's own no. False when the invitation is gone. */
export function declineInvitation(actor: Actor, invitationId: string): Promise<boolean> {
  return atomically(async () => {
    const invitation = await takeInvitation(invitationId, { person_id: actor.id });
    if (!invitation) return false;
    const there = { id: actor.id, organisation_id: invitation.organisation_id };
    await withScope({ organisationId: there.organisation_id, personId: actor.id }, () =>
      recordAudit(there, 'invitation.declined', { type: 'invitation', id: invitation.id }),
    );
    return true;
  });
}

/** Whether others see that the person is an expert by experience, in this organisation. */
export function showRole(actor: Actor, shown: boolean): Promise<void> {
  return atomically(async () => {
    await setMembership(actor.organisation_id, actor.id, { shows_role: shown });
    await recordAudit(actor, 'member.role-shown', { type: 'person', id: actor.id }, { shown });
  });
}
