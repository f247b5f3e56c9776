import { z } from 'zod';
import { found } from '../../../lib/guards';
import { limit } from '../../../lib/limits';
import { Routes } from '../../../lib/routes';
import { attachment } from '../../../lib/send-file';
import { sendStored } from '../../../lib/send-stored';
import { signedIn } from '../../organisations/organisations.policy';
import { isReportAddress, replayReport } from '../closing/replay';
import { findReportFile, storageKeyOf } from './report-files.model';
import { endingOfAddress, orderReportFile } from './report-files.service';

/** Files of reports that take long: asked for, followed and fetched by one person. */
export const reportFiles = new Routes('/reports/files');

const Order = z.object({ address: z.string().max(500).refine(isReportAddress) });
const SECONDS = 4;

/** Each file is work and a week of room. */
const orders = limit('report-file', 60, 3600);

reportFiles.post('/', signedIn, async (req, res) => {
  await orders.count(req.actor.id);
  const order = Order.safeParse(req.body);
  const file = await orderReportFile(req.actor, found(order.data).address);
  res.redirect(303, `/reports/files/${file.id}`);
});

reportFiles.get('/:file', signedIn, async (req, res) => {
  const file = found(await findReportFile(ownerOf(req), String(req.params.file)));
  const isOver = file.state === 'ready' || file.state === 'failed';
  if (!isOver) res.setHeader('Refresh', String(SECONDS));
  const expected = file.rows_expected ?? undefined;
  res.render('reports/file', {
    file,
    isOver,
    ending: endingOfAddress(file.address),
    report: file.address.replace(/\.\w+(?=\?|$)/, ''),
    share: expected && Math.min(100, Math.round((100 * file.rows_done) / expected)),
  });
});

reportFiles.get('/:file/content', signedIn, async (req, res) => {
  const file = found(await findReportFile(ownerOf(req), String(req.params.file)));
  found(file.state === 'ready' || undefined);
  // Rights may have changed since it was made: the report is asked for again, without its rows.
  found((await replayReport(req.actor, file.address, async () => {})) || undefined);
  const ending = endingOfAddress(file.address);
  await sendStored(req, res, {
    key: storageKeyOf(file),
    size: Number(file.bytes),
    name: `report.${ending}`,
    headers: { 'Content-Disposition': attachment(file.name ?? 'oppiva', ending) },
  });
});

const ownerOf = ({ actor }: { actor: { organisation_id: string; id: string } }) => ({
  organisation_id: actor.organisation_id,
  person_id: actor.id,
});
