import { atomically } from '../../lib/db';
import { hashPassword, oneTimePassword, passwordFits } from '../../lib/passwords';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import { type Actor, findActor, selectOwnOrganisations } from '../organisations/organisations.model';
import { deleteOtherSessions, findOwnPasswordHash, findSignIn, putCredential, setPasswordHash } from './accounts.model';

/**
 * The id of the person with this user name or e-mail and password. Undefined for a wrong password, an absent user and a
 * suspended one, all after the same work.
 */
export async function whoHasPassword(username: string, password: string): Promise<string | undefined> {
  const known = await findSignIn(username);
  const fits = await passwordFits(known?.password_hash, password);
  return fits ? known?.person_id : undefined;
}

/** The person as a member of the organisation, or of their first one; undefined when of none. Their coming in is recorded. */
export async function openAccount(
  personId: string,
  organisationId: string | undefined,
  by: string,
): Promise<Actor | undefined> {
  const [first] = organisationId ? [{ organisation_id: organisationId }] : await selectOwnOrganisations(personId);
  const actor = first && (await findActor(first.organisation_id, personId));
  if (actor)
    await withScope({ organisationId: actor.organisation_id, personId: actor.id }, () =>
      recordAudit(actor, 'account.signed-in', { type: 'person', id: actor.id }, { by }),
    );
  return actor;
}

/** Changes the actor's own password and ends their other sessions. False when the current one is wrong. */
export async function changePassword(actor: Actor, current: string, next: string, sid: string): Promise<boolean> {
  if (!(await passwordFits(await findOwnPasswordHash(), current))) return false;
  await keepNewPassword(actor, next, sid);
  return true;
}

/** At the first sign-in: the password from the paper gives way to the person's own. False when there is none to change. */
export async function choosePassword(actor: Actor, next: string, sid: string): Promise<boolean> {
  if (!actor.must_change || (await passwordFits(await findOwnPasswordHash(), next))) return false;
  await keepNewPassword(actor, next, sid);
  return true;
}

async function keepNewPassword(actor: Actor, next: string, sid: string): Promise<void> {
  const hash = await hashPassword(next);
  await atomically(async () => {
    await setPasswordHash(actor.id, hash, false);
    await deleteOtherSessions(actor.id, sid);
    await recordAudit(actor, 'account.password-changed', { type: 'person', id: actor.id });
  });
}

/**
 * Gives the person a password that opens the account once, ends all their sessions and returns it; nobody can read it
 * again. Stands in the caller's transaction.
 */
export async function giveOneTimePassword(personId: string): Promise<string> {
  const password = oneTimePassword();
  await putCredential(personId, await hashPassword(password), true);
  await deleteOtherSessions(personId, null);
  return password;
}

/** A first password of their own for somebody who came in by another way; their other sessions end. */
export async function giveOwnPassword(actor: Actor, password: string, sid: string): Promise<void> {
  const hash = await hashPassword(password);
  await atomically(async () => {
    await putCredential(actor.id, hash, false);
    await deleteOtherSessions(actor.id, sid);
    await recordAudit(actor, 'account.way-added', { type: 'person', id: actor.id }, { way: 'password' });
  });
}
