import type { Request } from 'express';
import { authorize, found } from '../../lib/guards';
import { isSpaceMember } from '../spaces/spaces.model';
import { canSeeInSpace } from '../spaces/spaces.policy';
import { type FoundSurvey, findSurvey } from './surveys.model';
import { canKeepSurvey, canKeyAnswers, isOpen } from './surveys.policy';

/** The survey of the address as this reader may see it; 404 when they may not. A draft is seen by its keepers. */
export async function loadSurvey(req: Request): Promise<FoundSurvey> {
  const survey = found(await findSurvey(String(req.params.survey)));
  const isKeeper = canKeepSurvey(req.visitor, survey);
  const belongs = survey.visibility === 'members' && survey.space_id !== null && req.visitor !== undefined;
  const isMember = belongs && (await isSpaceMember(req.visitor as { id: string }, survey.space_id as string));
  const isSeen = isKeeper || (survey.opened_on !== null && canSeeInSpace(survey, isMember ? ['member'] : []));
  return found(isSeen ? survey : undefined);
}

/** The same for its keepers; 403 for others who see it. */
export async function loadKept(req: Request): Promise<FoundSurvey> {
  const survey = await loadSurvey(req);
  authorize(canKeepSurvey(req.visitor, survey));
  return survey;
}

/** The same when it takes answers. */
export async function loadOpen(req: Request): Promise<FoundSurvey> {
  const survey = await loadSurvey(req);
  return found(isOpen(survey) ? survey : undefined);
}

/** The same for who writes down what others answered on paper or by phone; 403 for others who see it. */
export async function loadKeyed(req: Request): Promise<FoundSurvey> {
  const survey = await loadSurvey(req);
  authorize(canKeyAnswers(req.visitor, survey));
  return found(isOpen(survey) ? survey : undefined);
}
