import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { noonOf } from '../../lib/calendar';
import { CSV_START, type CsvCell, csvLine } from '../../lib/csv';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { selectEvents } from '../events/events.model';
import { canKeepEvent } from '../events/events.policy';
import type { Actor } from '../organisations/organisations.model';
import { signedIn } from '../organisations/organisations.policy';
import { loadKept, loadOpen } from './load';
import { inLanguage } from './pulse';
import { byGroup, channelsOf, itemsOf, pulseTable } from './results';
import {
  CHANNELS,
  type FoundSurvey,
  selectAnswerers,
  selectAnswers,
  selectOffers,
  selectPulseMonths,
  selectQuestions,
} from './surveys.model';
import { hasResults } from './surveys.policy';
import { OfferForm, SlotForm } from './surveys.schema';
import { countVisitor, decideOffer, offerToPresent } from './surveys.service';

/** What came of a survey: results with small groups hidden, and offers to present with their slots. */
export const surveyOutcomes = new Routes('/surveys');

async function resultsOf(survey: FoundSurvey, language: string) {
  authorize(hasResults(survey));
  const questions = inLanguage(await selectQuestions(survey.id), language);
  const rows = await selectAnswers(survey);
  const isEnough = rows.length >= survey.least;
  const items = itemsOf(questions, isEnough ? rows : [], survey.least);
  const channels = isEnough ? channelsOf(rows, CHANNELS, survey.least) : [];
  const rate = survey.invited && isEnough ? Math.min(rows.length / survey.invited, 1) : null;
  return { survey, questions, rows, items, channels, rate, isEnough, answered: isEnough ? rows.length : null };
}

surveyOutcomes.get('/:survey/results', signedIn, async (req, res) => {
  const survey = await loadKept(req);
  const { rows, ...results } = await resultsOf(survey, res.locals.lang);
  const shown = results.items.filter((item) => item.n !== null && item.counts.length > 0);
  const group = shown.find(({ question: { id, kind } }) => id === req.query.group && kind === 'choice');
  const others = shown.filter((item) => item !== group);
  const tables = group
    ? others.map((item) => ({ question: item.question, rows: byGroup(item, group, rows, survey.least) }))
    : [];
  const means = survey.kind === 'pulse' ? await selectPulseMonths(survey.organisation_id, survey.least) : [];
  const pulse = pulseTable(results.questions, means);
  const answerers = survey.is_anonymous ? [] : await selectAnswerers(survey);
  res.render('surveys/results', { ...results, group: group?.question, tables, pulse, answerers, noonOf });
});

surveyOutcomes.get('/:survey/results.csv', signedIn, async (req, res) => {
  const { items, survey } = await resultsOf(await loadKept(req), res.locals.lang);
  const words = ['question', 'answer', 'count', 'n'].map((key) => res.locals.t(`surveys.csv.${key}`));
  const number = (value: number | null): CsvCell => (value === null ? '' : { value, decimals: 0 });
  const lines = items.flatMap(({ question, counts, n }) =>
    counts.map(({ text, count }) => csvLine([question.label, text, number(count), number(n)], res.locals.lang)),
  );
  res
    .type('text/csv')
    .attachment(`${survey.id}.csv`)
    .send(CSV_START + csvLine(words, res.locals.lang) + lines.join(''));
});

surveyOutcomes.post('/:survey/offer', anyone, async (req, res) => {
  const survey = await loadOpen(req);
  found(survey.kind === 'presenters' || undefined);
  const form = readForm(OfferForm, req.body);
  const again = { survey, isAgain: false, values: form.ok ? {} : form.values };
  if (!form.ok) return res.status(422).render('surveys/thanks', { ...again, errors: form.errors });
  if (!req.visitor) await countVisitor(survey, req.ip ?? '');
  await offerToPresent(survey, form.value);
  res.redirect(303, `/surveys/${survey.id}/thanks?saved=offer`);
});

surveyOutcomes.get('/:survey/offers', signedIn, (req, res) => renderOffers(req, res));

surveyOutcomes.post('/:survey/offers/:offer', signedIn, async (req, res) => {
  const survey = await loadKept(req);
  const form = readForm(SlotForm, req.body);
  if (!form.ok) return renderOffers(req, res.status(422), { ...form.values, offer: req.params.offer }, form.errors);
  const event = (await eventsToCome(req.actor)).find(({ id }) => id === form.value.event);
  const slot = { ...form.value, event };
  found((await decideOffer(req.actor, survey, String(req.params.offer), slot)) || undefined);
  res.redirect(303, `/surveys/${survey.id}/offers`);
});

/** Events in which the actor may give somebody a slot. */
const eventsToCome = async (actor: Actor) =>
  (await selectEvents({ from: new Date(), most: 200 })).filter((event) => canKeepEvent(actor, event));

async function renderOffers(
  req: Request,
  res: Response,
  values: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const survey = await loadKept(req);
  const [offers, events] = [await selectOffers(survey), await eventsToCome(req.actor)];
  res.render('surveys/offers', { survey, offers, events, values: { key: randomUUID(), ...values }, errors });
}
