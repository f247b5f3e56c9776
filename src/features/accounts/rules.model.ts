import { db } from '../../lib/db';

export interface SignInRules {
  organisation_id: string;
  /** Whoever sees others' information needs two factors. */
  second_factor: boolean;
  /** New shared devices begin with a list of names. */
  names_on_devices: boolean;
}

declare module 'knex/types/tables' {
  interface Tables {
    sign_in_rules: SignInRules;
  }
}

export async function findRules(organisationId: string): Promise<SignInRules> {
  const row = await db()('sign_in_rules').where({ organisation_id: organisationId }).first();
  return row ?? { organisation_id: organisationId, second_factor: false, names_on_devices: true };
}

export async function putRules(rules: SignInRules): Promise<void> {
  await db()('sign_in_rules').insert(rules).onConflict('organisation_id').merge();
}
