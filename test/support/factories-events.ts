import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { as, page } from './browser';
import { inDays } from './days';
import { anOrganisation, aPerson } from './factories';

/** What the form of a new event sends when one writes little. */
export const EVENT_FORM = {
  ...{ kind: 'meeting', title: 'Verkostotapaaminen', starts: '13.00', ends: '15.00', place_text: '' },
  ...{ takes_signups: 'yes', visibility: 'organisation', repeat: 'none', times: '1', day: inDays(10) },
};

export const aKeeper = async (organisation?: { id: string }): Promise<Actor> =>
  aPerson({
    ...{ organisation: organisation ?? (await anOrganisation()), roles: ['author'] },
    ...{ name: 'Elina Vetäjä', language: 'fi' },
  });

/** Sends a form that is to be taken; throws what the page says when it is not. */
export async function sent(actor: Actor | undefined, address: string, form: object = {}) {
  const answer = await as(actor).post(address, { key: randomUUID(), ...form });
  if (answer.status !== 303)
    throw new Error(`${address} ${answer.status} ${page(answer)('main').text().slice(0, 400)}`);
  return answer;
}

/** Returns the address of a new event. */
export async function anEvent(keeper: Actor, values: object = {}): Promise<string> {
  const key = randomUUID();
  await sent(keeper, '/events/new', { ...EVENT_FORM, ...values, key });
  return `/events/${key}`;
}

export const idOf = (address: string): string => address.split('/')[2] as string;
