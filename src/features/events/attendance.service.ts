import { atomically, db } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { deleteMark, insertMark } from '../paths/steps.model';
import { tellStepFinished } from '../paths/steps.service';
import type { Event, SignUp } from './events.model';

type OfStep = Pick<Event, 'id' | 'organisation_id' | 'path_step_id'>;
type Who = Pick<SignUp, 'person_id' | 'organisation_id'>;

/**
 * Who was there. A person of the keeper's who attended has done the step of the path that the event stands for. A tick taken
 * away takes back what it gave, unless another event of the same step stands for it.
 */
export function markAttendance(actor: Actor, event: Event, attended: ReadonlySet<string>): Promise<void> {
  return atomically(async () => {
    const rows: SignUp[] = await db().table('event_signups').where({ event_id: event.id, state: 'in' });
    for (const one of rows) {
      const was = attended.has(one.id);
      await db().table('event_signups').where({ id: one.id }).update({ attended: was });
      await (was ? giveStep(event, one) : takeBackStep(event, one));
    }
    const came = rows.filter(({ id }) => attended.has(id)).length;
    await recordAudit(actor, 'event.attendance', { type: 'event', id: event.id }, { came, signed: rows.length });
  });
}

/** The event stands for another step, or for none any more: so does what it gave. In the caller's transaction. */
export async function moveAttendance(before: OfStep, after: OfStep): Promise<void> {
  if (before.path_step_id === after.path_step_id) return;
  const rows: SignUp[] = await db().table('event_signups').where({ event_id: before.id, state: 'in', attended: true });
  for (const one of rows) {
    await takeBackStep(before, one);
    await giveStep(after, one);
  }
}

/** Takes back the step that the event gave to the person, unless they were at another event of it. In the caller's transaction. */
export async function takeBackStep(event: OfStep, who: Who): Promise<void> {
  const person = personOf(event, who);
  if (!person || !event.path_step_id || (await wasAtAnother(person, event))) return;
  await deleteMark(person, event.path_step_id, 'attended');
}

async function giveStep(event: OfStep, who: Who): Promise<void> {
  const person = personOf(event, who);
  if (!person || !event.path_step_id) return;
  await insertMark(person, [event.path_step_id], 'attended');
  await tellStepFinished(person);
}

/** Paths are of one organisation: guests of another have none here. */
const personOf = (event: OfStep, { person_id, organisation_id }: Who) =>
  person_id !== null && organisation_id === event.organisation_id ? { id: person_id, organisation_id } : undefined;

async function wasAtAnother(person: { id: string; organisation_id: string }, event: OfStep): Promise<boolean> {
  const one = await db()
    .table('event_signups as s')
    .join('events as e', 'e.id', 's.event_id')
    .where({ 's.organisation_id': person.organisation_id, 's.person_id': person.id, 's.attended': true })
    .where({ 'e.path_step_id': event.path_step_id })
    .whereNot({ 'e.id': event.id })
    .first('s.id');
  return one !== undefined;
}
