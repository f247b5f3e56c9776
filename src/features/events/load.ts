import type { Request } from 'express';
import { authorize, found } from '../../lib/guards';
import { type Event, findEvent } from './events.model';
import { canKeepEvent } from './events.policy';

/** The event of the address for those who organise it. */
export async function loadKept(req: Request): Promise<Event> {
  const event = found(await findEvent(String(req.params.event)));
  authorize(canKeepEvent(req.visitor, event));
  const { organisation_name: _1, series_title: _2, ...row } = event;
  return row;
}
