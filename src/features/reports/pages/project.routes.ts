import type { Request, Response } from 'express';
import { dayOf } from '../../../lib/calendar';
import { together } from '../../../lib/db';
import { authorize, found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { withScope } from '../../../lib/scope';
import { signedIn } from '../../organisations/organisations.policy';
import { canDecide, canPrepare } from '../../processes/levels';
import { participationOf } from '../../processes/participation';
import { findProcess, standingIn } from '../../processes/processes.model';
import { canSeeProcess } from '../../processes/processes.policy';
import { selectActuals, selectParties, selectTargets } from '../../processes/processes.queries';
import { projectDocument } from '../documents/project-document';
import { addReport, answerReport, readerOf } from '../figures/answer-report';

/** A project's numbers against what it promised, as a page and as files. For those who lead, prepare or decide in it. */
export const projectReports = new Routes('/processes');

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

addReport(projectReports, '/:process/report', signedIn, async (req, res) => sendReport(req, res));

async function sendReport(req: Request, res: Response) {
  const id = String(req.params.process);
  const process = found(UUID.test(id) ? await findProcess(id, req.actor.id) : undefined);
  const standing = standingIn(req.actor, process);
  found(canSeeProcess(req.actor, process, standing) || undefined);
  authorize(canPrepare(standing) || canDecide(standing));
  const [{ rows: targets }, { rows: actuals }, { rows: parties }] = await withScope(
    { organisationId: process.organisation_id, personId: null },
    () => together(selectTargets(process.id), selectActuals(process), selectParties(process)),
  );
  const least = req.actor.smallest_group;
  const counts = participationOf(parties, least);
  const of = { process, targets, actuals: actuals[0] ?? {}, counts, least, today: dayOf(new Date()) };
  await answerReport(req, res, projectDocument(of, readerOf(res)));
}
