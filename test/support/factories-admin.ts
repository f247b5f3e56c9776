import type { Organisation } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { anOrganisation, aPerson, asOwner } from './factories';

/** An organisation with one administrator. */
export async function anAdministrator(values: Parameters<typeof aPerson>[0] = {}) {
  const organisation = (values.organisation as Organisation | undefined) ?? (await anOrganisation());
  const admin = await aPerson({ name: 'Päivi Pääkäyttäjä', roles: ['administrator'], ...values, organisation });
  return { organisation, admin };
}

/** The form that adds or changes a person, as a browser sends it. */
export const terms = (values: object = {}) => ({
  roles: ['learner'],
  relation: 'employee',
  target_profile: '',
  ...values,
});

export const membershipOf = (organisationId: string, personId: string) =>
  asOwner(() => db()('memberships').where({ organisation_id: organisationId, person_id: personId }).first());

export const actionsOf = async (organisationId: string) => {
  const rows = await asOwner(() => db()('audit_events').where({ organisation_id: organisationId }).orderBy('id'));
  return rows.map(({ action }) => action);
};
