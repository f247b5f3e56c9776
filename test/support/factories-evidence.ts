import { randomUUID } from 'node:crypto';
import { invitationToken } from '../../src/features/evidence/token';
import { invite, type NewInvitation } from '../../src/features/evidence/views.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { dayOf } from '../../src/lib/calendar';
import { inScope } from './factories';

/** An open invitation of the person: for an outsider with a link, unless a rater is named. */
export async function anInvitation(person: Actor, values: Partial<NewInvitation> = {}) {
  const id = values.id ?? randomUUID();
  const invitation = { id, rater_id: null, shown_name: 'Aino', competence_codes: ['4.2'], message: '', ...values };
  await inScope(person, () => invite(person, invitation));
  return { id, token: invitationToken(id), address: `/view/${invitationToken(id)}` };
}

/** What a rater sends: lines of 4.2 ticked, done today. */
export const anAnswer = (values: object = {}) => ({
  key: randomUUID(),
  'seen-4.2': ['4.2-o-1', '4.2-o-3'],
  'help-4.2': '2',
  'note-4.2': 'Vaihtoi salasanan itse.',
  done_on: dayOf(new Date()),
  source: 'peer',
  knows_from: 'Samassa ryhmässä',
  rater_name: 'Ulla',
  ...values,
});
