import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { createSpace } from '../../src/features/spaces/spaces.service';
import { db } from '../../src/lib/db';
import { as } from './browser';
import { aPerson, asOwner, inScope } from './factories';

/** A network of two organisations: its coordinator, a core group of one from each, and a stranger. */
export async function aNetworkOfTwo() {
  const keeper = await aPerson({ name: 'Kaisa Koordinoija', roles: ['author', 'administrator'] });
  const partner = await aPerson({ name: 'Pekka Partneri', roles: ['administrator'] });
  const stranger = await aPerson({ name: 'Vieras Vierailija', roles: ['author', 'administrator'] });
  const space = randomUUID();
  await inScope(keeper, () =>
    createSpace(keeper, { id: space, kind: 'network', name: 'Digituen verkosto', joining: 'open' }),
  );
  await asOwner(async () => {
    await db().table('space_organisations').insert({ space_id: space, organisation_id: partner.organisation_id });
    await db().table('space_members').where({ space_id: space, person_id: keeper.id }).update({ role: 'core' });
    await db()
      .table('space_members')
      .insert({
        ...{ space_id: space, person_id: partner.id, organisation_id: partner.organisation_id, role: 'core' },
        ...{ host_organisation_id: keeper.organisation_id, shown_name: partner.name },
      });
  });
  return { keeper, partner, stranger, space };
}

/** A publication begun through its form. Returns its id. */
export async function aPublication(actor: Actor, values: Record<string, string> = {}): Promise<string> {
  const id = randomUUID();
  const form = {
    id,
    kind: 'article',
    language: 'fi',
    title: 'Digituki kirjastossa',
    summary: 'Mitä opimme.',
    visibility: 'public',
  };
  const response = await as(actor).post('/publications', { ...form, ...values });
  if (response.status !== 303)
    throw new Error(response.text.match(/govuk-error-message[\s\S]{0,300}/)?.[0] ?? `${response.status}`);
  return id;
}

/** The next version, with these words in its first part. */
export async function written(actor: Actor, id: string, values: Record<string, string> = {}) {
  const seen = await inScope(actor, () => db().table('publications').where({ id }).pluck('latest_number'));
  const form = {
    language: 'fi',
    seen: String(seen[0]),
    title: 'Digituki kirjastossa',
    summary: 'Mitä opimme.',
    heading_p1: 'Alku',
    body_p1: 'Ensimmäinen kappale.',
  };
  return as(actor).post(`/publications/${id}/edit`, { ...form, ...values });
}

export const stage = (actor: Actor, id: string, to: string) => as(actor).post(`/publications/${id}/stage`, { to });
