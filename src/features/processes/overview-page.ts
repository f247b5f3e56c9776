import type { Request, Response } from 'express';
import { type Day, dayOf } from '../../lib/calendar';
import { together } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import { withScope } from '../../lib/scope';
import { selectChain } from '../loop/loop.service';
import type { Loaded } from './load';
import { participationOf } from './participation';
import { pictureOnPage } from './picture/drawing';
import { pictureWords, readRoad } from './picture-page';
import {
  selectComments,
  selectFirstSteps,
  selectKeyResults,
  selectParties,
  selectPhases,
  selectReviews,
} from './processes.queries';
import { inWords, templateOf } from './templates';
import { said } from './words';

/** What the page of one process shows, the same number of queries for each. */
export async function overviewOf(req: Request, res: Response, { process, seen }: Loaded) {
  const reader = { lang: res.locals.lang as Language, t: res.locals.t, fmt: res.locals.fmt };
  const [{ rows: results }, { rows: phases }, { rows: first }, { rows: reviews }, { rows: comments }] = await together(
    selectKeyResults(process.id, seen),
    selectPhases(process.id),
    selectFirstSteps(process.id),
    selectReviews(process.id),
    selectComments(process.id, ['shown', 'waiting']),
  );
  const { rows: parties } = await withScope({ organisationId: process.organisation_id, personId: null }, () =>
    selectParties(process),
  );
  const road = await readRoad(process, reader);
  const text = {
    title: reader.t('processes.picture.of', { title: said(process.title, reader.lang).text }),
    text: '',
    lang: reader.lang,
  };
  const words = pictureWords(process, reader);
  return {
    results,
    phases,
    first,
    reviews,
    comments: {
      waiting: comments.filter(({ state }) => state === 'waiting').length,
      shown: comments.filter(({ state }) => state === 'shown').length,
      changed: comments.filter(({ state, changed }) => state === 'shown' && changed !== '').length,
    },
    counts: participationOf(parties, req.visitor?.smallest_group ?? 5),
    byLevel: Map.groupBy(parties, ({ level }) => level),
    road,
    wide: pictureOnPage(road, words, text, 'wide'),
    narrow: pictureOnPage(road, words, text, 'narrow'),
    template: templateOf(process.template),
    inWords,
    isDue: isDue(process.review_on),
    chain: await selectChain('process', process.id),
  };
}

/** The day of looking again has come. */
const isDue = (day: Day | null): boolean => day !== null && day <= dayOf(new Date());
