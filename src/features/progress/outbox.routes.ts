import { personTag } from '../../lib/device';
import { conflict, unreadable } from '../../lib/errors';
import { readForm } from '../../lib/forms';
import { limit } from '../../lib/limits';
import { log } from '../../lib/log';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { ageSeconds, Outbox } from './outbox.schema';
import { receiveForm } from './outbox.service';

/** Where devices send the forms that waited for the network. */
export const outbox = new Routes('/outbox');

const byPerson = limit('outbox', 1000, 15 * 60);

/**
 * `stored` names each form that the server has now, with what became of it; a device keeps all others and sends them again.
 * 409: the device belongs to somebody else than the one signed in.
 */
outbox.post('/', signedIn, async (req, res) => {
  await byPerson.count(req.actor.id);
  const sent = readForm(Outbox, req.body);
  if (!sent.ok) throw unreadable();
  const { person, device, sent_at, items } = sent.value;
  if (person !== personTag(req.actor)) throw conflict();

  const stored: { key: string; outcome: string }[] = [];
  for (const item of items.toSorted((a, b) => a.sequence - b.sequence)) {
    const form = { ...item, device, ageSeconds: ageSeconds(sent_at, item.given_at) };
    try {
      stored.push({ key: item.key, outcome: await receiveForm(req.actor, form) });
    } catch (error) {
      // What came before it is stored and must be acknowledged; this one and what follows come again, in order.
      if (stored.length === 0) throw error;
      log.warn({ err: error }, 'a form from an outbox waits');
      break;
    }
  }
  res.json({ stored });
});
