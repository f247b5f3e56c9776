import { addCalendarDays, dayOf } from '../../lib/calendar';
import { db } from '../../lib/db';
import { enqueue } from '../../lib/jobs';
import { withScope } from '../../lib/scope';
import { remindOfChecks } from '../authoring/review/checks.service';
import { remindOfViews } from '../evidence/view-reminders.service';
import { notify } from '../notifications/notifications.service';
import { selectOrganisations } from '../organisations/organisations.model';
import { remindOfLearning } from '../progress/reminders.service';
import { remindOfRenewals } from '../progress/renewal.service';
import { selectReminders } from './cycles.queries';

export const REMINDERS_JOB = 'talks.reminders';
export const ORGANISATION_REMINDERS_JOB = 'talks.organisation-reminders';

/** How long before a talk its two are told that it is near. */
const TALK_DAYS = 7;

/** The daily job: one for each organisation, so that what fails in one is tried again there alone. */
export async function remindAll(): Promise<void> {
  const day = dayOf(new Date());
  for (const { id } of await selectOrganisations())
    await enqueue(ORGANISATION_REMINDERS_JOB, { organisation_id: id }, { key: `reminders ${id} ${day}` });
}

/** Reminds the people of one organisation: steps of their team's year, talks that are near, training that ends, agreed days, requests that wait for an answer, texts to read again; each matter once. */
export async function remindOrganisation({ organisation_id }: { organisation_id: string }): Promise<void> {
  await remindOfTalks(organisation_id);
  await remindOfRenewals(organisation_id);
  await remindOfLearning(organisation_id);
  await remindOfViews(organisation_id);
  await remindOfChecks(organisation_id);
}

function remindOfTalks(organisation_id: string): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: null }, async () => {
    for (const { cycle_id, team_id, team_name, step, due_on, person_id } of await selectReminders(organisation_id))
      await notify({
        organisation_id,
        person_id,
        kind: `cycle.${step}`,
        params: { team: team_name, date: due_on },
        href: `/team/${team_id}/cycle`,
        key: `cycle ${cycle_id} ${step} ${due_on}`,
      });
    for (const { id, person_id, supervisor_id, planned_on } of await selectNearTalks())
      for (const two of [person_id, supervisor_id].filter((one) => one !== null))
        await notify({
          organisation_id,
          person_id: two,
          kind: 'talk.soon',
          params: { date: planned_on },
          href: `/talks/${id}`,
          key: `talk ${id} soon ${planned_on}`,
        });
  });
}

interface NearTalk {
  id: string;
  person_id: string;
  supervisor_id: string | null;
  planned_on: string;
}

/** Talks of the organisation in scope within the coming days: whose and when, nothing else. */
async function selectNearTalks(): Promise<NearTalk[]> {
  const today = dayOf(new Date());
  const { rows } = await db().raw(
    "select id, person_id, supervisor_id, to_char(planned_on, 'YYYY-MM-DD') as planned_on from talks_due(?, ?)",
    [today, addCalendarDays(today, TALK_DAYS)],
  );
  return rows;
}
