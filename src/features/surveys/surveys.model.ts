import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import type { Visibility } from '../loop/kinds';

export const SURVEY_KINDS = ['own', 'service', 'pulse', 'presenters'] as const;
export type SurveyKind = (typeof SURVEY_KINDS)[number];
export const QUESTION_KINDS = ['choice', 'several', 'scale', 'text', 'number'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];
export const CHANNELS = ['web', 'paper', 'phone'] as const;
export type Channel = (typeof CHANNELS)[number];

export interface Survey {
  id: string;
  organisation_id: string;
  space_id: string | null;
  visibility: Visibility;
  kind: SurveyKind;
  /** Said before the first answer and never changed after it. */
  is_anonymous: boolean;
  /** One question a page. */
  one_by_one: boolean;
  title: string;
  intro: string;
  language: string;
  /** To how many the survey was sent, when it is known: for the response rate. */
  invited: number | null;
  closes_on: Day | null;
  opened_on: Day | null;
  closed_on: Day | null;
  owner_id: string | null;
}
export interface FoundSurvey extends Survey {
  keeper: string;
  /** The smallest group that the keeper shows. */
  least: number;
}

export interface SurveyQuestion {
  id: string;
  organisation_id: string;
  survey_id: string;
  position: number;
  kind: QuestionKind;
  label: string;
  options: string[];
  item: string | null;
}

/** What was answered, by the question's id: the number of an option, several of them, a number or a text. */
export type Answers = Record<string, number | number[] | string>;

export interface SurveyOffer {
  id: string;
  name: string;
  party: string;
  contact: string;
  topic: string;
  state: 'offered' | 'accepted' | 'declined';
  event_id: string | null;
  slot: string;
}

const FOUND = `select s.*, s.closes_on::text as closes_on, s.opened_on::text as opened_on, s.closed_on::text as closed_on,
  o.name as keeper, o.smallest_group as least from surveys s join organisations o on o.id = s.organisation_id`;

/** A survey that the reader in scope may see. */
export async function findSurvey(id: string): Promise<FoundSurvey | undefined> {
  const { rows } = await db().raw(`${FOUND} where s.id::text = ?`, [id]);
  return rows[0];
}

/** Surveys that the reader in scope may see, the newest first. */
export async function selectSurveys(): Promise<FoundSurvey[]> {
  const { rows } = await db().raw(`${FOUND} order by s.created_at desc, s.id limit 200`);
  return rows;
}

export async function insertSurvey(survey: Survey): Promise<boolean> {
  return (await db().table('surveys').insert(survey).onConflict('id').ignore().returning('id')).length > 0;
}
export async function setSurvey(
  { id, organisation_id }: Pick<Survey, 'id' | 'organisation_id'>,
  values: Partial<Survey>,
) {
  await db().table('surveys').where({ id, organisation_id }).update(values);
}
/** Waits for others who answer the same survey at this moment. */
export async function lockSurvey(id: string): Promise<void> {
  await db().raw('select 1 from surveys where id = ? for update', [id]);
}
/** Whether the organisation has asked a pulse in the last four weeks. */
export async function hasRecentPulse(organisationId: string, since: Day): Promise<boolean> {
  const row = await db()
    .table('surveys')
    .where({ organisation_id: organisationId, kind: 'pulse' })
    .where('opened_on', '>', since)
    .first('id');
  return row !== undefined;
}

export const selectQuestions = (surveyId: string): Promise<SurveyQuestion[]> =>
  Promise.resolve(db().table('survey_questions').where({ survey_id: surveyId }).orderBy(['position', 'id']));
export async function insertQuestions(questions: readonly SurveyQuestion[]): Promise<void> {
  if (questions.length > 0) await db().table('survey_questions').insert(questions).onConflict('id').ignore();
}
export const deleteQuestion = (survey: Survey, id: string): Promise<number> =>
  Promise.resolve(
    db()
      .table('survey_questions')
      .where({ organisation_id: survey.organisation_id, survey_id: survey.id, id })
      .delete(),
  );

/** Takes the token once. False when it was used: this person, or this form, has answered. */
export async function insertToken(survey: Survey, token: string): Promise<boolean> {
  const row = { organisation_id: survey.organisation_id, survey_id: survey.id, token };
  return (await db().table('survey_tokens').insert(row).onConflict().ignore().returning('token')).length > 0;
}
export async function hasToken(survey: Survey, token: string): Promise<boolean> {
  return (await db().table('survey_tokens').where({ survey_id: survey.id, token }).first('token')) !== undefined;
}
/** Writes the tokens, answers and offers of a survey anew, each in random order: nothing tells which came when. */
export async function shuffleSurvey(id: string): Promise<void> {
  await db().raw('select shuffle_survey(?)', [id]);
}

export async function insertResponse(
  survey: Survey,
  row: { channel: Channel; answered_on: Day; answers: Answers },
): Promise<void> {
  const own = { organisation_id: survey.organisation_id, survey_id: survey.id };
  await db()
    .table('survey_responses')
    .insert({ ...own, ...row, answers: JSON.stringify(row.answers) });
}
export async function insertNamedResponse(row: {
  id: string;
  organisation_id: string;
  host_organisation_id: string;
  survey_id: string;
  person_id: string | null;
  shown_name: string;
  channel: Channel;
  answers: Answers;
}): Promise<boolean> {
  const rows = await db()
    .table('survey_named_responses')
    .insert({ ...row, answers: JSON.stringify(row.answers) })
    .onConflict()
    .ignore()
    .returning('id');
  return rows.length > 0;
}
/** What was answered, without whose: the order says nothing. */
export async function selectAnswers(survey: Survey): Promise<{ channel: Channel; answers: Answers }[]> {
  const { rows } = await db().raw(
    `select channel, answers from survey_responses where organisation_id = :o and survey_id = :s
     union all select channel, answers from survey_named_responses where host_organisation_id = :o and survey_id = :s`,
    { o: survey.organisation_id, s: survey.id },
  );
  return rows;
}
/** Who answered a named survey, by name. */
export const selectAnswerers = (survey: Survey): Promise<{ person_id: string | null; shown_name: string }[]> =>
  Promise.resolve(
    db()
      .table('survey_named_responses')
      .where({ host_organisation_id: survey.organisation_id, survey_id: survey.id })
      .orderBy(['shown_name', 'id'])
      .select('person_id', 'shown_name'),
  );
/** Means of each item of the organisation's closed pulses that enough people answered, by the day they opened. */
export async function selectPulseMonths(
  organisationId: string,
  least: number,
): Promise<{ opened_on: Day; item: string; n: number; mean: number }[]> {
  const { rows } = await db().raw(
    `select s.opened_on::text as opened_on, q.item, count(*)::int as n, avg((r.answers ->> q.id::text)::numeric)::float as mean
     from surveys s join survey_questions q on q.survey_id = s.id
     join survey_responses r on r.survey_id = s.id and jsonb_exists(r.answers, q.id::text)
     where s.organisation_id = :o and s.kind = 'pulse' and q.item is not null
       and (s.closed_on is not null or s.closes_on < current_date)
     group by 1, 2 having count(*) >= :least order by 1, 2`,
    { o: organisationId, least },
  );
  return rows;
}

export async function insertOffer(
  survey: Survey,
  offer: Omit<SurveyOffer, 'state' | 'event_id' | 'slot'>,
): Promise<void> {
  const own = { organisation_id: survey.organisation_id, survey_id: survey.id };
  await db()
    .table('survey_offers')
    .insert({ ...offer, ...own })
    .onConflict('id')
    .ignore();
}
export const selectOffers = (survey: Survey): Promise<SurveyOffer[]> =>
  Promise.resolve(
    db()
      .table('survey_offers')
      .where({ organisation_id: survey.organisation_id, survey_id: survey.id })
      .orderBy(['topic', 'id']),
  );
export async function setOffer(
  survey: Survey,
  id: string,
  values: Pick<SurveyOffer, 'state' | 'event_id' | 'slot'>,
): Promise<SurveyOffer | undefined> {
  const [offer] = await db()
    .table('survey_offers')
    .where({ organisation_id: survey.organisation_id, survey_id: survey.id })
    .whereRaw('id::text = ?', [id])
    .update(values)
    .returning('*');
  return offer;
}
/** Of every organisation: the function of the owner knows which surveys ended a year ago. */
export async function forgetOldOffers(): Promise<void> {
  await db().raw('select forget_survey_offers()');
}
