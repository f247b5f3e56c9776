import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { addFigures, addSupporter } from './figures.model';
import { deleteContact, insertContact, lockContact, type SupportContact, updateContact } from './visits.model';

const subject = ({ id }: Pick<SupportContact, 'id'>) => ({ type: 'support_contact', id });
export type ContactWords = Omit<SupportContact, 'id' | 'organisation_id' | 'supporter_id'>;

/** Keeps what was done, once however often it is sent. Returns whether it was new. */
export function keepContact(actor: Actor, id: string, words: ContactWords): Promise<boolean> {
  return atomically(async () => {
    const row: SupportContact = { ...words, id, organisation_id: actor.organisation_id, supporter_id: actor.id };
    if (!(await insertContact(row))) return false;
    await count(row, 1);
    await recordAudit(actor, 'contact.kept', subject(row));
    return true;
  });
}

/** Corrects a contact: figures count it as it stands now. */
export function saveContact(actor: Actor, given: SupportContact, words: ContactWords): Promise<void> {
  return atomically(async () => {
    const contact = await lockContact(given);
    if (!contact) return;
    await count(contact, -1);
    await updateContact(contact, words);
    await count({ ...contact, ...words }, 1);
    await recordAudit(actor, 'contact.changed', subject(contact));
  });
}

export function removeContact(actor: Actor, given: SupportContact): Promise<void> {
  return atomically(async () => {
    const contact = await lockContact(given);
    if (!contact) return;
    await count(contact, -1);
    await deleteContact(contact);
    await recordAudit(actor, 'contact.removed', subject(contact));
  });
}

async function count(contact: SupportContact, times: 1 | -1): Promise<void> {
  const at = { ...contact, day: contact.held_on };
  const did_self = contact.did_self ? times : 0;
  await addFigures(at, { contacts: times, minutes: times * contact.minutes, did_self, blocked: contact.blocked });
  if (contact.supporter_id) await addSupporter(at, contact.supporter_id, times);
}
