import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { FieldErrors } from '../../lib/forms';
import { selectChain } from '../loop/loop.service';
import { areaName } from '../places/areas';
import { UNMET_REASONS } from './kinds';
import { findReach, type SupportRequest } from './visits.model';
import { canMatch, canReach } from './visits.policy';
import { readRequestPage } from './visits.queries';

/** The page of a request, also after a form on it failed. */
export async function renderRequest(
  req: Request,
  res: Response,
  request: SupportRequest,
  errors: FieldErrors = {},
  more: object = {},
) {
  const { actor } = req;
  const mayReach = canReach(actor, request);
  res.render('visits/request', {
    ...(await readRequestPage(request, canMatch(actor) && request.ended_on === null)),
    reach: mayReach ? await findReach(request.organisation_id, request.id) : undefined,
    chain: await selectChain('request', request.id),
    ...{ request, errors, values: {}, visitId: randomUUID(), reasons: UNMET_REASONS, mayReach },
    ...{ mayMatch: canMatch(actor), isMine: request.supporter_id === actor.id },
    area: areaName(request.area_code, res.locals.lang),
    ...more,
  });
}
