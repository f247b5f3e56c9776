import type { Request } from 'express';
import { found } from '../../../lib/guards';
import { ENDINGS } from '../files/report-formats';
import { findOwnReport, type ReadReport } from './own-reports.model';

/** The report when the actor has made it or been given it; 404 otherwise. */
export async function reportOf(req: Request): Promise<ReadReport> {
  // The address of a file is that of the page with an ending.
  const id = String(req.params.report).replace(new RegExp(`\\.(${ENDINGS.join('|')})$`), '');
  return found(await findOwnReport(req.actor.organisation_id, req.actor.id, id));
}

/** The same, of those that the actor has made: only they change it. */
export async function ownOf(req: Request): Promise<ReadReport> {
  const report = await reportOf(req);
  return found(report.owner_id === req.actor.id ? report : undefined);
}
