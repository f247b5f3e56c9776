import type { Request, Response } from 'express';
import { readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { selectChain } from '../loop/loop.service';
import { signedIn } from '../organisations/organisations.policy';
import { ENDINGS } from '../reports/files/report-formats';
import { selectMySpaces } from '../spaces/spaces.model';
import { findPicture } from './pictures.model';
import { selectPictures } from './pictures.queries';
import { filesOf, pictureScreen, sendPicture } from './situation.page';
import { canChangePicture, canKeepPictures } from './situation.policy';
import { SeenForm } from './situation.schema';
import { removePicture, showPicture } from './situation.service';

/** Pictures of a day that were kept, for those whom they are for: some for anybody, without signing in. */
export const keptPictures = new Routes('/situation');

keptPictures.get('/kept', signedIn, async (req, res) => {
  res.render('situation/kept', {
    pictures: await selectPictures(),
    canKeep: canKeepPictures(req.actor),
    isRemoved: req.query.said === 'removed',
  });
});

for (const ending of ENDINGS)
  keptPictures.get(`/published/:picture.${ending}`, anyone, async (req, res) => {
    await sendPicture(res, (await load(req)).figures, ending);
  });

keptPictures.get('/published/:picture', anyone, (req, res) => renderPicture(req, res));

keptPictures.post('/published/:picture', signedIn, async (req, res) => {
  const picture = await load(req);
  authorize(canChangePicture(req.actor, picture));
  const form = readForm(SeenForm, req.body);
  if (!form.ok) return renderPicture(req, res.status(422), form.errors);
  // A space's picture stays with its space: it is made of the figures of all its organisations.
  const space_id = picture.figures.of === 'space' ? picture.space_id : form.value.space_id;
  const mine = await selectMySpaces(req.actor);
  authorize(space_id === null || space_id === picture.space_id || mine.some(({ id }) => id === space_id));
  await showPicture(req.actor, picture, { visibility: form.value.visibility, space_id });
  res.redirect(303, `/situation/published/${picture.id}?said=shown`);
});

keptPictures.post('/published/:picture/removal', signedIn, async (req, res) => {
  const picture = await load(req);
  authorize(canChangePicture(req.actor, picture));
  await removePicture(req.actor, picture);
  res.redirect(303, '/situation/kept?said=removed');
});

const load = async (req: Request) => found(await findPicture(String(req.params.picture)));

async function renderPicture(req: Request, res: Response, errors: object = {}) {
  const kept = await load(req);
  const canChange = canChangePicture(req.visitor, kept);
  const said = ['kept', 'shown'].find((one) => one === req.query.said);
  res.render('situation/published', {
    ...(await pictureScreen(req, res, kept.figures)),
    ...{ kept, canChange, said, errors, files: filesOf(`/situation/published/${kept.id}`) },
    spaces: canChange && req.visitor ? await selectMySpaces(req.visitor) : [],
    chain: req.visitor ? await selectChain('situation', kept.id) : undefined,
  });
}
