import { db } from '../../lib/db';

/** Which credentials of an organisation were taken back, as one signed list of bits. */
export interface StatusList {
  organisation_id: string;
  number: number;
  document: string | null;
  signed_at: Date | null;
}

interface RevokedBit {
  organisation_id: string;
  list: number;
  index: number;
  revoked_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    status_lists: StatusList;
    revoked_bits: RevokedBit;
  }
}

export const findStatusList = (organisationId: string, number: number): Promise<StatusList | undefined> =>
  db()('status_lists').where({ organisation_id: organisationId, number }).first();

export const lockStatusList = (organisationId: string, number: number): Promise<StatusList | undefined> =>
  db()('status_lists').where({ organisation_id: organisationId, number }).forUpdate().first();

export const selectBits = (organisationId: string, list: number): Promise<number[]> =>
  db()('revoked_bits').where({ organisation_id: organisationId, list }).pluck('index');

export async function setSigned({ organisation_id, number }: StatusList, document: string, signed_at: Date) {
  await db()('status_lists').where({ organisation_id, number }).update({ document, signed_at });
}

/** The list is signed anew when it is asked for next. */
export async function setBit(organisation_id: string, list: number, index: number): Promise<void> {
  await db()('revoked_bits').insert({ organisation_id, list, index }).onConflict().ignore();
  await db()('status_lists').where({ organisation_id, number: list }).update({ document: null });
}
