import { Readable } from 'node:stream';
import { atomically } from '../../../lib/db';
import { enqueue } from '../../../lib/jobs';
import { log } from '../../../lib/log';
import { withScope } from '../../../lib/scope';
import { storage } from '../../../lib/storage';
import { type Actor, findActor } from '../../organisations/organisations.model';
import { replayReport } from '../closing/replay';
import {
  DAYS_KEPT,
  deleteReportFile,
  findRecentReportFile,
  findReportFile,
  insertReportFile,
  type ReportFile,
  storageKeyOf,
  updateReportFile,
} from './report-files.model';
import { type Ending, expectedRows, fileNameOf, mimeOf, piecesOf } from './report-formats';

export const MAKE_REPORT_FILE = 'reports.file.make';
export const REMOVE_REPORT_FILE = 'reports.file.remove';

type FilePayload = Pick<ReportFile, 'id' | 'organisation_id' | 'person_id'>;

export const endingOfAddress = (address: string) => /\.(\w+)(?:\?|$)/.exec(address)?.[1] as Ending;

/** Has a file made in the background. Asking for the same one again soon gives the one that is being made. */
export function orderReportFile(actor: Actor, address: string): Promise<ReportFile> {
  const owner = { organisation_id: actor.organisation_id, person_id: actor.id };
  return atomically(async () => {
    const known = await findRecentReportFile(owner, address);
    if (known) return known;
    const file = await insertReportFile(owner, address);
    const payload: FilePayload = { ...owner, id: file.id };
    await enqueue(MAKE_REPORT_FILE, payload, { key: `report ${file.id}` });
    const runAt = new Date(Date.now() + DAYS_KEPT * 24 * 3600 * 1000);
    await enqueue(REMOVE_REPORT_FILE, payload, { key: `report ${file.id} away`, runAt });
    return file;
  });
}

/** The job: makes the file as its owner may read the report today. What cannot be made says so on its page. */
export function makeReportFile({ id, organisation_id, person_id }: FilePayload): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: person_id }, async () => {
    const [actor, file] = [
      await findActor(organisation_id, person_id),
      await findReportFile({ organisation_id, person_id }, id),
    ];
    if (!file || file.state === 'ready') return;
    try {
      await updateReportFile(file, { state: 'making', rows_done: 0 });
      if (!actor || !(await write(actor, file))) await updateReportFile(file, { state: 'failed' });
    } catch (error) {
      log.error({ err: error, report: id }, 'a report was not made');
      await storage().remove(storageKeyOf(file));
      await updateReportFile(file, { state: 'failed' });
    }
  });
}

/** How often the page of a file that is being made can say more, in milliseconds. */
const TOLD_EVERY = 1000;

function write(actor: Actor, file: ReportFile): Promise<boolean> {
  const ending = endingOfAddress(file.address);
  return replayReport(actor, file.address, async (document, reader) => {
    let [done, told, bytes] = [0, Date.now(), 0];
    await updateReportFile(file, { rows_expected: expectedRows(document, ending) ?? null });
    const pieces = piecesOf(document, ending, reader, () => {
      done += 1;
    });
    async function* counted() {
      for await (const piece of pieces) {
        const chunk = Buffer.from(piece);
        bytes += chunk.length;
        if (Date.now() - told > TOLD_EVERY) {
          told = Date.now();
          await withScope({ organisationId: file.organisation_id, personId: file.person_id }, () =>
            updateReportFile(file, { rows_done: done }),
          );
        }
        yield chunk;
      }
    }
    await storage().write(storageKeyOf(file), Readable.from(counted(), { objectMode: false }), mimeOf(ending));
    const ready = { state: 'ready' as const, rows_done: done, name: fileNameOf(document), bytes: String(bytes) };
    // Its person may have been forgotten meanwhile: then nobody would find the bytes.
    if (!(await updateReportFile(file, { ...ready, ready_at: new Date() }))) await storage().remove(storageKeyOf(file));
  });
}

/** The job: takes a file away, also when its person has gone. */
export function removeReportFile(file: FilePayload): Promise<void> {
  return withScope({ organisationId: file.organisation_id, personId: file.person_id }, async () => {
    await storage().remove(storageKeyOf(file));
    await deleteReportFile(file);
  });
}
