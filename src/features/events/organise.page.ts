import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { clockOf, dayOf } from '../../lib/calendar';
import { db } from '../../lib/db';
import type { FieldErrors } from '../../lib/forms';
import { isAuthor } from '../organisations/organisations.policy';
import { type Clash, OUTCOMES, PART_KINDS, REVIEW_FIELDS, type SignUp, selectParts } from './events.model';
import { answersOf } from './events.queries';
import { loadKept } from './load';

/** The page of those who organise an event, with what was typed and what is wrong with it. */
export async function renderOrganise(
  req: Request,
  res: Response,
  typed: Record<string, unknown> = {},
  errors: FieldErrors = {},
  clashes: Clash[] = [],
) {
  const event = await loadKept(req);
  const { organisation_id, id: event_id } = event;
  const people: SignUp[] = await db()
    .table('event_signups')
    .where({ event_id })
    .whereNot({ state: 'cancelled' })
    .orderBy('queued_at');
  const answers = await answersOf(event_id);
  res.render('events/organise', {
    ...{ event, people, clashes, errors, values: { key: randomUUID(), ...typed }, clockOf, dayOf },
    ...{ parts: await selectParts(event_id), partKinds: PART_KINDS, reviewFields: REVIEW_FIELDS },
    outcomes: event.kind === 'dialogue' ? ['view'] : OUTCOMES,
    experts: await db().table('event_experts').where({ organisation_id, event_id }).orderBy('invited_at'),
    courses: !isAuthor(req.actor)
      ? []
      : await db().table('courses').where({ organisation_id }).orderBy('slug').select('id', 'slug'),
    answers:
      answers.people >= Math.max(req.actor.smallest_group, 3) ? answers : { people: answers.people, hidden: true },
  });
}
