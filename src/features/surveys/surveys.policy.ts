import { type Day, dayOf } from '../../lib/calendar';
import { policy } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isAuthor, isCoordinator, isSupervisor } from '../organisations/organisations.policy';
import type { Survey } from './surveys.model';

const mayKeep = (actor: Actor | undefined) =>
  isAdministrator(actor) || isCoordinator(actor) || isAuthor(actor) || isSupervisor(actor);

/** Who makes surveys and rounds of interviews in their organisation's name. */
export const surveyMakers = policy('surveyMakers', (req) => mayKeep(req.visitor));
export const canMakeSurvey = mayKeep;
export const canKeepSurvey = (actor: Actor | undefined, survey: Pick<Survey, 'organisation_id'>) =>
  actor?.organisation_id === survey.organisation_id && mayKeep(actor);
/** Who writes down answers from paper or phone: keepers, and for service users everybody who works with them. */
export const canKeyAnswers = (actor: Actor | undefined, survey: Pick<Survey, 'organisation_id' | 'kind'>) =>
  canKeepSurvey(actor, survey) ||
  (survey.kind === 'service' && actor?.organisation_id === survey.organisation_id && actor.relation === 'employee');

type Times = Pick<Survey, 'opened_on' | 'closed_on' | 'closes_on'>;
const today = (): Day => dayOf(new Date());
export const isClosed = (survey: Times) =>
  survey.closed_on !== null || (survey.closes_on !== null && survey.closes_on < today());
export const isOpen = (survey: Times) => survey.opened_on !== null && !isClosed(survey);
/** Results of an anonymous survey wait for its end: two looks with one answer between them would tell that answer. */
export const hasResults = (survey: Times & Pick<Survey, 'is_anonymous' | 'opened_on'>) =>
  survey.opened_on !== null && (isClosed(survey) || !survey.is_anonymous);
