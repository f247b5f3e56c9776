import type { Rows } from './bulk';
import { type Calendar, later } from './calendar';
import type { Member } from './people';

/** Views by invitation: one that a colleague told and Aino has not read yet, and one that a colleague asks of Aino. */
export function addAsked(rows: Rows, calendar: Calendar, aino: Member, team: readonly Member[]): void {
  const [first, second] = team.filter(({ id, leftOn }) => id !== aino.id && leftOn === null);
  if (!first || !second) return;
  const { chance } = aino;
  const ours = { organisation_id: aino.organisationId };
  const asked_at = later(calendar.daysAgo(4), { minutes: 540 });
  const answered_at = later(calendar.daysAgo(2), { minutes: 840 });
  const id = chance.uuid();
  rows.add('view_invitations', {
    id,
    ...ours,
    person_id: aino.id,
    rater_id: first.id,
    shown_name: aino.name,
    competence_codes: ['2.1', '5.1'],
    message: 'Muistatko, kun autoin videopuhelussa?',
    created_at: asked_at,
    expires_at: later(asked_at, { days: 14 }),
    answered_at,
  });
  rows.add('invited_views', {
    id: chance.uuid(),
    ...ours,
    invitation_id: id,
    person_id: aino.id,
    rater_id: first.id,
    rater_name: first.name,
    source: 'peer',
    knows_from: 'Samassa työvuorossa',
    competence_code: '2.1',
    seen: [],
    help_level: 3,
    observed_at: later(calendar.daysAgo(9), { minutes: 600 }),
    note: 'Neuvoi asiakasta liittymään puheluun ja odotti rauhassa, kun ääni puuttui.',
    answered_at,
  });
  rows.add('notifications', {
    ...ours,
    person_id: aino.id,
    kind: 'view.told',
    params: '{}',
    href: `/skills/views/${id}`,
    key: null,
    created_at: answered_at,
  });
  const asked = chance.uuid();
  const since = later(calendar.daysAgo(1), { minutes: 500 });
  rows.add('view_invitations', {
    id: asked,
    ...ours,
    person_id: second.id,
    rater_id: aino.id,
    shown_name: second.name,
    competence_codes: ['4.2'],
    message: 'Katsoitko, kun vaihdoin salasanan?',
    created_at: since,
    expires_at: later(since, { days: 14 }),
    answered_at: null,
  });
  rows.add('notifications', {
    ...ours,
    person_id: aino.id,
    kind: 'view.asked',
    params: JSON.stringify({ name: second.name }),
    href: `/skills/views/asked/${asked}`,
    key: null,
    created_at: since,
  });
}
