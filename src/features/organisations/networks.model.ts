import { db } from '../../lib/db';

export interface Network {
  id: string;
  /** The organisation that leads it. */
  organisation_id: string;
  name: string;
}

declare module 'knex/types/tables' {
  interface Tables {
    networks: Network;
    network_organisations: { network_id: string; organisation_id: string };
    network_coordinators: { network_id: string; organisation_id: string; person_id: string };
  }
}

const ofOrganisation = (organisationId: string) =>
  db()('networks')
    .whereExists((mine) =>
      mine
        .from('network_organisations')
        .whereRaw('network_organisations.network_id = networks.id and network_organisations.organisation_id = ?', [
          organisationId,
        ]),
    )
    .orderBy('name');

/** The networks that the organisation belongs to, by name. */
export const selectNetworks = (organisationId: string) => ofOrganisation(organisationId).select('networks.*');

export function findNetwork(organisationId: string, networkId: string): Promise<Network | undefined> {
  return ofOrganisation(organisationId)
    .where({ id: networkId })
    .first()
    .then((row) => row as Network | undefined);
}

export async function putCoordinator(organisationId: string, networkId: string, personId: string): Promise<void> {
  await db()('network_coordinators')
    .insert({ network_id: networkId, organisation_id: organisationId, person_id: personId })
    .onConflict(['network_id', 'person_id'])
    .ignore();
}

export async function deleteCoordinator(organisationId: string, networkId: string, personId: string): Promise<void> {
  await db()('network_coordinators')
    .where({ network_id: networkId, organisation_id: organisationId, person_id: personId })
    .delete();
}

/** Puts the organisation into the network of this name; makes it, led by the organisation, when there is none. */
export async function joinNetwork(organisationId: string, name: string): Promise<void> {
  await db()('networks').insert({ organisation_id: organisationId, name }).onConflict('name').ignore();
  const network = await db()('networks').where({ name }).first('id');
  await db()('network_organisations')
    .insert({ network_id: network?.id, organisation_id: organisationId })
    .onConflict(['network_id', 'organisation_id'])
    .ignore();
}

/** An organisation that is in a network with another. */
export interface Partner {
  id: string;
  name: string;
}

/** Whom something can be shared with by name: the organisations that are in a network with this one. */
export function selectPartners(organisationId: string) {
  return db().raw<{ rows: Partner[] }>(
    `select distinct o.id, o.name from network_organisations mine
     join network_organisations theirs on theirs.network_id = mine.network_id and theirs.organisation_id <> mine.organisation_id
     join organisations o on o.id = theirs.organisation_id
     where mine.organisation_id = ? order by o.name, o.id`,
    [organisationId],
  );
}
