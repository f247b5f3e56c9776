import { db } from '../../../lib/db';

/** A file of a report that a job makes for one person. */
export interface ReportFile {
  id: string;
  organisation_id: string;
  person_id: string;
  address: string;
  state: 'waiting' | 'making' | 'ready' | 'failed';
  rows_done: number;
  rows_expected: number | null;
  name: string | null;
  /** As PostgreSQL writes large numbers. */
  bytes: string | null;
  created_at: Date;
  ready_at: Date | null;
  expires_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    report_files: ReportFile;
  }
}

type Owner = Pick<ReportFile, 'organisation_id' | 'person_id'>;

export const DAYS_KEPT = 7;

/** Where its bytes are: told from its id alone, so that they can be taken away also when the row has gone with its person. */
export const storageKeyOf = ({ organisation_id, id }: Pick<ReportFile, 'organisation_id' | 'id'>) =>
  `reports/${organisation_id}/${id}.bin`;

export async function insertReportFile({ organisation_id, person_id }: Owner, address: string): Promise<ReportFile> {
  const [row] = await db()
    .table('report_files')
    .insert({
      organisation_id,
      person_id,
      address,
      expires_at: db().raw(`now() + interval '${DAYS_KEPT} days'`) as never,
    })
    .returning('*');
  return row as ReportFile;
}

/** One that has not failed and was asked for just now: pressing twice makes one file. */
export function findRecentReportFile({ organisation_id, person_id }: Owner, address: string) {
  return db()
    .table('report_files')
    .where({ organisation_id, person_id, address })
    .whereRaw("state <> 'failed' and created_at > now() - interval '10 minutes'")
    .orderBy('created_at', 'desc')
    .first();
}

/** A file that its own person may still have. */
export function findReportFile({ organisation_id, person_id }: Owner, id: string): Promise<ReportFile | undefined> {
  return db().table('report_files').where({ organisation_id, person_id, id }).whereRaw('expires_at > now()').first();
}

/** False when the row is gone. */
export async function updateReportFile(
  { organisation_id, person_id, id }: Pick<ReportFile, 'organisation_id' | 'person_id' | 'id'>,
  values: Partial<Pick<ReportFile, 'state' | 'rows_done' | 'rows_expected' | 'name' | 'bytes' | 'ready_at'>>,
): Promise<boolean> {
  return (await db().table('report_files').where({ organisation_id, person_id, id }).update(values)) > 0;
}

export async function deleteReportFile({
  organisation_id,
  person_id,
  id,
}: Pick<ReportFile, 'organisation_id' | 'person_id' | 'id'>) {
  await db().table('report_files').where({ organisation_id, person_id, id }).delete();
}
