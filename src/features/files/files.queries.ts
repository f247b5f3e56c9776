import { db } from '../../lib/db';

/** How many bytes an organisation's files take together, those in the bin and on their way too. */
export async function bytesKept(organisationId: string): Promise<number> {
  const { rows } = await db().raw(
    `select coalesce((select sum(bytes::bigint) from files where organisation_id = ?), 0)
      + coalesce((select sum(bytes::bigint) from file_upload_parts where organisation_id = ?), 0) as bytes`,
    [organisationId, organisationId],
  );
  return Number(rows[0].bytes);
}
