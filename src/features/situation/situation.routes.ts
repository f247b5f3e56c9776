import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { authors, signedIn } from '../organisations/organisations.policy';
import { ENDINGS } from '../reports/files/report-formats';
import { spaceRoles } from '../spaces/spaces.model';
import { SUPPORT_FORMS } from '../visits/kinds';
import { selectCosts } from './pictures.model';
import { areaOptions, chosen, filesOf, pictureScreen, sendPicture } from './situation.page';
import { canKeepPictureOf, canKeepPictures } from './situation.policy';
import { readPicture } from './situation.queries';
import { CostForm, KeepForm, LessonForm } from './situation.schema';
import { beginLessonForGap, keepPicture, sayCosts } from './situation.service';

/** The picture of the situation: what is needed, what there is, what is missing and what could be done next. */
export const situation = new Routes('/situation');

// The second address is that of its files, without their ending.
for (const path of ['/', '/figures'])
  situation.get(path, signedIn, async (req, res) => {
    const { spaces, of, ...whose } = await chosen(req);
    const { picture, codes } = await readPicture(req.actor, whose);
    const asked = `?${new URLSearchParams({ of, area: whose.area })}`;
    res.render('situation/picture', {
      ...(await pictureScreen(req, res, picture)),
      ...{ spaces, of, area: whose.area, asked, files: filesOf('/situation/figures', asked) },
      ...{ areas: areaOptions(codes, res.locals.lang), needId: randomUUID, canKeep: await mayKeep(req, whose) },
    });
  });

for (const ending of ENDINGS)
  situation.get(`/figures.${ending}`, signedIn, async (req, res) => {
    const { picture } = await readPicture(req.actor, await chosen(req));
    await sendPicture(res, picture, ending);
  });

situation.get('/new', signedIn, (req, res) =>
  renderKeep(req, res, { id: randomUUID(), visibility: 'organisation', coverage: 'yes' }),
);

situation.post('/kept', signedIn, async (req, res) => {
  const whose = await chosen(req);
  authorize(await mayKeep(req, whose));
  const form = readForm(KeepForm, req.body);
  if (!form.ok) return renderKeep(req, res.status(422), form.values, form.errors);
  const { coverage, ...words } = form.value;
  const known = !words.space_id || whose.spaces.some(({ id }) => id === words.space_id);
  if (!known) return renderKeep(req, res.status(422), req.body, { space_id: 'errors.invalid' });
  const { picture } = await readPicture(req.actor, whose);
  const figures = coverage === 'yes' ? picture : { ...picture, coverage: null };
  await keepPicture(req.actor, { ...words, space_id: whose.space?.id ?? words.space_id }, figures);
  res.redirect(303, `/situation/published/${words.id}?said=kept`);
});

situation.post('/lessons', authors, async (req, res) => {
  const form = readForm(LessonForm, req.body);
  authorize(form.ok);
  const { theme } = form.value;
  const title = res.locals.t('situation.lessonTitle', { theme: res.locals.t(`loop.themes.${theme}`) });
  const draft = await beginLessonForGap(req.actor, { ...form.value, title, language: 'fi-x-selko' });
  res.redirect(303, `/write/drafts/${draft}`);
});

situation.get('/costs', signedIn, async (req, res) => {
  authorize(canKeepPictures(req.actor));
  const costs = Object.entries(await selectCosts(req.actor.organisation_id));
  const values = Object.fromEntries(costs.map(([form, cents]) => [form, (cents / 100).toFixed(2).replace('.', ',')]));
  res.render('situation/costs', { values, errors: {}, forms: SUPPORT_FORMS });
});

situation.post('/costs', signedIn, async (req, res) => {
  authorize(canKeepPictures(req.actor));
  const form = readForm(CostForm, req.body);
  if (!form.ok)
    return res
      .status(422)
      .render('situation/costs', { values: form.values, errors: form.errors, forms: SUPPORT_FORMS });
  const costs = Object.entries(form.value).flatMap(([key, euros]) =>
    euros === '' ? [] : [[key, Math.round(100 * Number(euros))]],
  );
  await sayCosts(req.actor, Object.fromEntries(costs));
  res.redirect(303, '/situation');
});

async function mayKeep(req: Request, { space }: { space: Parameters<typeof canKeepPictureOf>[1] }): Promise<boolean> {
  return canKeepPictureOf(req.actor, space, space ? await spaceRoles(req.actor, space.id) : []);
}

async function renderKeep(req: Request, res: Response, values: object, errors: FieldErrors = {}) {
  const whose = await chosen(req);
  authorize(await mayKeep(req, whose));
  res.render('situation/keep', {
    values,
    errors,
    of: whose.of,
    area: whose.area,
    space: whose.space,
    spaces: whose.spaces,
  });
}
