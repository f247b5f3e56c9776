import { atomically, db } from '../../../lib/db';
import { enqueue } from '../../../lib/jobs';
import { withScope } from '../../../lib/scope';
import { type Actor, findActor } from '../../organisations/organisations.model';
import { MOST_ON_SCREEN } from '../documents/document-screen';
import { readCourses } from '../pages/courses.queries';
import { readOrganisationHeatMap } from '../pages/heat-map.queries';
import { readOnePage } from '../pages/one-page.queries';
import { readTraining, readTrainingToDo } from '../pages/training.queries';
import { usualPeriod } from '../period';
import { closeMonths } from './closings.service';
import { keepTwoYears } from './kept-figures.service';
import { isLarge } from './kept-rows';

/** The job of one organisation at the turn of a month. */
export async function closeOrganisation({ organisation_id }: { organisation_id: string }): Promise<void> {
  await closeMonths(organisation_id);
  await readAhead({ organisation_id });
}

/** Every night: a job for each large organisation, so that its first reader of the day does not wait. */
export const READ_AHEAD_ALL = 'read-ahead-all';
export const READ_AHEAD = 'read-ahead';

export function readAheadForAll(): Promise<void> {
  return atomically(async () => {
    const { rows } = await db().raw<{ rows: { id: string }[] }>('select id from organisations order by id');
    for (const { id } of rows) await enqueue(READ_AHEAD, { organisation_id: id }, { key: `${READ_AHEAD} ${id}` });
  });
}

/** Reads what is kept of a large organisation (see kept-rows.ts) as its administrators would, once in each language of theirs. */
export async function readAhead({ organisation_id }: { organisation_id: string }): Promise<void> {
  const nobody = { organisationId: organisation_id, personId: null };
  const readers = await withScope(nobody, async () =>
    (await isLarge(organisation_id)) ? await administratorsByLanguage(organisation_id) : [],
  );
  if (readers.length > 0) await keepTwoYears(organisation_id);
  for (const actor of readers)
    await withScope({ organisationId: organisation_id, personId: actor.id }, () => readAs(actor));
}

async function readAs(actor: Actor): Promise<void> {
  const period = usualPeriod();
  await readOrganisationHeatMap(actor, period, MOST_ON_SCREEN);
  await readCourses(actor, period);
  await readOnePage(actor, null, period);
  await readTraining(actor.organisation_id, actor.language, MOST_ON_SCREEN);
  await readTrainingToDo(actor.organisation_id, actor.language, MOST_ON_SCREEN);
}

async function administratorsByLanguage(organisationId: string): Promise<Actor[]> {
  const { rows } = await db().raw<{ rows: { person_id: string }[] }>(
    `select distinct on (p.language) m.person_id from memberships m join people p on p.id = m.person_id
     where m.organisation_id = ? and 'administrator' = any(m.roles) and m.ended_on is null order by p.language, m.person_id`,
    [organisationId],
  );
  const actors: Actor[] = [];
  for (const { person_id } of rows) {
    const actor = await findActor(organisationId, person_id);
    if (actor) actors.push(actor);
  }
  return actors;
}
