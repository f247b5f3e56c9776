import { atomically } from '../../lib/db';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { type Look, setPerson } from '../people/people.model';
import type { SimpleMember } from './look.model';

/** Keeps what the person chose for themself. Whoever chose need not be asked. */
export function chooseLook(actor: Actor, look: Partial<Look>): Promise<void> {
  return setPerson(actor.id, { ...look, ...(look.simple_mode !== undefined && { simple_offered_at: new Date() }) });
}

/** The answer to the offer at the beginning: yes, or not now. It is not offered again. */
export function answerOffer(actor: Actor, wanted: boolean): Promise<void> {
  return setPerson(actor.id, { ...(wanted && { simple_mode: true }), simple_offered_at: new Date() });
}

/** Turns simple mode on or off for another who asked for it. They are told, and can turn it themself. Safe to repeat. */
export async function setSimpleFor(actor: Actor, member: SimpleMember, simple: boolean): Promise<void> {
  if (member.simple_mode === simple) return;
  const { person_id } = member;
  await atomically(async () => {
    // The account may be another organisation's: only its person may change it there.
    await withScope({ organisationId: actor.organisation_id, personId: person_id }, () =>
      setPerson(person_id, { simple_mode: simple, simple_offered_at: new Date() }),
    );
    await recordAudit(actor, simple ? 'simple.on' : 'simple.off', { type: 'person', id: person_id });
    await notify({
      organisation_id: actor.organisation_id,
      person_id,
      kind: simple ? 'simple-on' : 'simple-off',
      params: { name: actor.name },
      href: '/account/look',
    });
  });
}
