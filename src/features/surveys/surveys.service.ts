import { createHmac, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { addCalendarDays, dayOf, noonOf } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { type Language, translator } from '../../lib/i18n';
import { enqueue } from '../../lib/jobs';
import { limit } from '../../lib/limits';
import { sendMail } from '../../lib/mail';
import { withScope } from '../../lib/scope';
import { secret } from '../../lib/secret';
import { recordAudit } from '../audit/audit.model';
import type { ListedEvent } from '../events/events.model';
import { addPart } from '../events/parts.service';
import { linkObjects, rememberObject } from '../loop/loop.service';
import type { Actor } from '../organisations/organisations.model';
import { pulseItems } from './pulse';
import {
  type Answers,
  type Channel,
  deleteQuestion,
  findSurvey,
  forgetOldOffers,
  hasRecentPulse,
  insertNamedResponse,
  insertOffer,
  insertQuestions,
  insertResponse,
  insertSurvey,
  insertToken,
  lockSurvey,
  type Survey,
  selectOffers,
  selectQuestions,
  setOffer,
  setSurvey,
  shuffleSurvey,
} from './surveys.model';
import type { OfferForm, QuestionForm, SurveyForm } from './surveys.schema';

const today = () => dayOf(new Date());

const remember = (survey: Survey) =>
  rememberObject({
    ...{ kind: 'survey', id: survey.id, organisation_id: survey.organisation_id, space_id: survey.space_id },
    ...{ title: survey.title, href: `/surveys/${survey.id}`, visibility: survey.visibility, language: survey.language },
    ...{ status: survey.closed_on ? 'closed' : survey.opened_on ? 'open' : 'draft' },
    dated_on: noonOf(survey.opened_on ?? today()),
  });

/** Makes a survey that is not open yet, once for a key. The pulse is anonymous and has its own questions. Returns its id. */
export function createSurvey(actor: Actor, form: z.output<typeof SurveyForm>): Promise<string> {
  return atomically(async () => {
    const { key: id, naming, paging, ...rest } = form;
    const survey: Survey = {
      ...{ ...rest, id, organisation_id: actor.organisation_id, owner_id: actor.id },
      ...{ is_anonymous: rest.kind === 'pulse' || naming === 'anonymous', one_by_one: paging === 'one' },
      ...{ opened_on: null, closed_on: null },
    };
    if (!(await insertSurvey(survey))) return id;
    if (survey.kind === 'pulse') {
      const items = pulseItems(survey.language).map((item, position) => ({
        ...{ id: randomUUID(), organisation_id: survey.organisation_id, survey_id: id, position },
        ...{ kind: 'scale' as const, ...item },
      }));
      await insertQuestions(items);
    }
    await remember(survey);
    await recordAudit(actor, 'survey.made', { type: 'survey', id }, { anonymous: survey.is_anonymous });
    return id;
  });
}

/** Adds a question at the end. A scale without words of its own has five steps. */
export function addQuestion(survey: Survey, { key, ...question }: z.output<typeof QuestionForm>): Promise<void> {
  return atomically(async () => {
    const before = await selectQuestions(survey.id);
    const options =
      question.kind === 'scale' && question.options.length < 2 ? ['1', '2', '3', '4', '5'] : question.options;
    const own = { id: key, organisation_id: survey.organisation_id, survey_id: survey.id, item: null };
    await insertQuestions([{ ...question, ...own, options, position: (before.at(-1)?.position ?? -1) + 1 }]);
  });
}

export const removeQuestion = (survey: Survey, id: string): Promise<number> =>
  atomically(() => deleteQuestion(survey, id));

export type Opening = 'ok' | 'no-questions' | 'too-soon';

/** Opens the survey for answers. A pulse is asked at most once in four weeks. */
export function openSurvey(actor: Actor, survey: Survey): Promise<Opening> {
  return atomically(async () => {
    if ((await selectQuestions(survey.id)).length === 0) return 'no-questions';
    const monthAgo = addCalendarDays(today(), -28);
    if (survey.kind === 'pulse' && (await hasRecentPulse(survey.organisation_id, monthAgo))) return 'too-soon';
    await setSurvey(survey, { opened_on: today() });
    await remember({ ...survey, opened_on: today() });
    await recordAudit(actor, 'survey.opened', { type: 'survey', id: survey.id });
    return 'ok';
  });
}

/** Ends the survey for good: results can then be read. */
export function closeSurvey(actor: Actor, survey: Survey): Promise<void> {
  return atomically(async () => {
    await setSurvey(survey, { closed_on: today() });
    await remember({ ...survey, closed_on: today() });
    await recordAudit(actor, 'survey.closed', { type: 'survey', id: survey.id });
  });
}

/** From one address in ten minutes, and to one survey in an hour. The address is counted unreadable and not kept. */
const perAddress = limit('survey-answers', 30, 600);
const perSurvey = limit('survey-answers-of', 3000, 3600);
export async function countVisitor(survey: Survey, address: string): Promise<void> {
  await perAddress.count(`${survey.id} ${address}`);
  await perSurvey.count(survey.id);
}

/** What says that this person, or this form, has answered this survey, and nothing else. */
export const tokenOf = (survey: Pick<Survey, 'id'>, who: string): string =>
  createHmac('sha256', secret()).update(`survey:${survey.id}:${who}`).digest('base64url');

export interface Sent {
  /** The key of the form: sent twice, it counts once. */
  key: string;
  channel: Channel;
  answers: Answers;
  /** The name given to a named survey by who has no account. */
  name: string;
}

/**
 * Keeps an answer as the survey has declared. Without a name: the answer with its day in one table, the token in another, and
 * both tables in a new random order. Who writes for somebody else (channel paper or phone) does not use their own turn.
 * Returns false when the person has answered already.
 */
export function answerSurvey(
  actor: Actor | undefined,
  survey: Survey,
  { key, channel, answers, name }: Sent,
): Promise<boolean> {
  const isOwn = actor !== undefined && channel === 'web';
  if (!survey.is_anonymous) {
    const organisationId = isOwn ? actor.organisation_id : survey.organisation_id;
    return withScope({ organisationId, personId: isOwn ? actor.id : null }, () =>
      atomically(() =>
        insertNamedResponse({
          ...{ id: key, organisation_id: organisationId, host_organisation_id: survey.organisation_id },
          ...{ survey_id: survey.id, person_id: isOwn ? actor.id : null, shown_name: isOwn ? actor.name : name },
          ...{ channel, answers },
        }),
      ),
    );
  }
  return withScope({ organisationId: survey.organisation_id, personId: null }, () =>
    atomically(async () => {
      await lockSurvey(survey.id);
      if (!(await insertToken(survey, tokenOf(survey, isOwn ? `person ${actor.id}` : `form ${key}`)))) return false;
      await insertResponse(survey, { channel, answered_on: today(), answers });
      await shuffleSurvey(survey.id);
      return true;
    }),
  );
}

/** Keeps who offers to present, apart from every answer; then the rows of the survey stand in a new order. */
export async function offerToPresent(
  survey: Survey,
  { key, website, ...offer }: z.output<typeof OfferForm>,
): Promise<void> {
  if (website !== '') return;
  await withScope({ organisationId: survey.organisation_id, personId: null }, () =>
    atomically(async () => {
      await lockSurvey(survey.id);
      await insertOffer(survey, { id: key, ...offer });
      await shuffleSurvey(survey.id);
    }),
  );
}

export const OFFER_JOB = 'surveys.offer-mail';
const MAIL = /[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+/;

/**
 * Gives an offer its slot, or thanks and declines; who left a mail address hears of it. In an event, the talk comes onto its
 * agenda, and the event is told to have come of the survey. Returns how many offers it was.
 */
export function decideOffer(
  actor: Actor,
  survey: Survey,
  id: string,
  form: { state: 'accepted' | 'declined'; slot: string; event?: ListedEvent | undefined },
): Promise<number> {
  return atomically(async () => {
    const isGiven = form.state === 'accepted';
    const event = isGiven ? form.event : undefined;
    const slot = isGiven ? form.slot : '';
    const offer = await setOffer(survey, id, { state: form.state, slot, event_id: event?.id ?? null });
    if (!offer) return 0;
    if (event) {
      const talk = { key: id, kind: 'talk' as const, outcome: null, clock: '', title: offer.topic.slice(0, 300) };
      await addPart(actor, event, { ...talk, body: slot, speaker: offer.party, link: '', anyway: true });
      await linkObjects(actor, { kind: 'survey', id: survey.id }, { kind: 'event', id: event.id }, 'came-of');
    }
    if (MAIL.test(offer.contact))
      await enqueue(OFFER_JOB, { organisation_id: survey.organisation_id, survey_id: survey.id, offer_id: id });
    await recordAudit(actor, `survey.offer-${form.state}`, { type: 'survey', id: survey.id });
    return 1;
  });
}

/** The job: who offered to present hears when, or that it is not this time. */
export async function mailOffer(payload: { organisation_id: string; survey_id: string; offer_id: string }) {
  await withScope({ organisationId: payload.organisation_id, personId: null }, async () => {
    const survey = await findSurvey(payload.survey_id);
    const offer = survey && (await selectOffers(survey)).find(({ id }) => id === payload.offer_id);
    const to = offer?.contact.match(MAIL)?.[0];
    if (!survey || !offer || !to || offer.state === 'offered') return;
    const t = translator(survey.language as Language);
    const { topic, slot } = offer;
    await sendMail({
      to,
      subject: survey.title,
      text: t(`surveys.mail.${offer.state}`, { topic, slot, keeper: survey.keeper }),
    });
  });
}

/** The job: offers of surveys that ended a year ago, with their names and addresses, are gone. */
export const forgetOffers = (): Promise<void> => atomically(forgetOldOffers);
