import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import type { Request } from 'express';
import { CSV_START, csvLine } from '../../lib/csv';
import { readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { attachment } from '../../lib/send-file';
import { withUploads } from '../../lib/upload';
import { selectChain } from '../loop/loop.service';
import { signedIn } from '../organisations/organisations.policy';
import { findSpace, isSpaceMember } from '../spaces/spaces.model';
import { COLUMNS, changedBy, placeLine, readLines } from './place-lines';
import { findImport, findPlace, insertImport, selectOwnKeys, selectRegister } from './places.model';
import { renderForm, shownNow, valuesOf } from './places.page';
import { canKeepPlace, canKeepPlaces } from './places.policy';
import { NewPlace, PlaceForm } from './places.schema';
import { confirm, keepPlace, savePlace, takeImport } from './places.service';

/** The register of places where support is given: what the own organisation keeps, and what others show to it. */
export const places = new Routes('/places');

places.get('/', signedIn, async (req, res) => {
  const rows = (await selectRegister(req.actor.organisation_id)).map((row) => shownNow(row, res.locals.lang));
  const mine = rows.filter((row) => row.organisation_id === req.actor.organisation_id);
  const others = rows.filter((row) => row.organisation_id !== req.actor.organisation_id);
  res.render('places/register', {
    own: mine.filter((row) => !row.is_closed),
    closed: mine.filter((row) => row.is_closed),
    others,
    canKeep: canKeepPlaces(req.actor),
    said: req.query.saved,
    taken: req.query.taken,
  });
});

places.get('/new', signedIn, async (req, res) => {
  authorize(canKeepPlaces(req.actor));
  const values = {
    id: randomUUID(),
    languages: ['fi'],
    forms: ['near'],
    space_id: req.query.space,
    area_code: req.query.area,
  };
  await renderForm(req, res, values);
});

places.post('/', signedIn, async (req, res) => {
  authorize(canKeepPlaces(req.actor));
  const [made, form] = [readForm(NewPlace, req.body), readForm(PlaceForm, req.body)];
  if (!made.ok || !form.ok) {
    const errors = { ...(!made.ok && { form: 'places.fault.choice' as const }), ...(!form.ok && form.errors) };
    return renderForm(req, res.status(422), { ...req.body }, { errors });
  }
  await ownSpace(req, form.value.space_id);
  const id = await keepPlace(req.actor, made.value.id, form.value);
  res.redirect(303, `/places/${id}`);
});

places.get('/export', signedIn, async (req, res) => {
  const rows = (await selectRegister(req.actor.organisation_id)).filter(
    (row) => canSeeOwn(req, row.organisation_id) && !row.is_closed,
  );
  res.set('Content-Disposition', attachment('tukipaikat', 'csv')).type('text/csv');
  res.send(CSV_START + csvLine([...COLUMNS], 'en') + rows.map(placeLine).join(''));
});

places.get('/import', signedIn, (req, res) => {
  authorize(canKeepPlaces(req.actor));
  res.render('places/import', { id: randomUUID(), columns: COLUMNS, errors: {} });
});

places.post('/import', signedIn, async (req, res) => {
  authorize(canKeepPlaces(req.actor));
  await withUploads(req, res, { megabytes: 2, keepsForm: true }, async (files, tooLarge) => {
    const content = files.file ? await fs.readFile(files.file.path, 'utf8') : '';
    const isReadable = !content.includes('\u0000') && readLines(content, req.actor.organisation_id) !== undefined;
    const made = readForm(NewPlace, req.body);
    if (tooLarge || !isReadable || !made.ok)
      return res.status(422).render('places/import', {
        ...{
          id: randomUUID(),
          columns: COLUMNS,
          errors: { file: tooLarge ? 'places.fault.large' : 'places.fault.file' },
        },
      });
    await insertImport({ id: made.value.id, organisation_id: req.actor.organisation_id, content });
    res.redirect(303, `/places/import/${made.value.id}`);
  });
});

places.get('/import/:import', signedIn, async (req, res) => {
  authorize(canKeepPlaces(req.actor));
  const { sent, lines } = await loadImport(req);
  const changed = changedBy(lines, await selectOwnKeys(req.actor.organisation_id));
  res.render('places/import-preview', {
    ...{ sent, changed },
    good: lines.filter((line) => line.place),
    bad: lines.filter((line) => !line.place),
  });
});

places.post('/import/:import', signedIn, async (req, res) => {
  authorize(canKeepPlaces(req.actor));
  const { sent, lines } = await loadImport(req);
  const taken = await takeImport(req.actor, sent, lines);
  res.redirect(303, `/places?saved=taken&taken=${taken}`);
});

places.get('/:place', signedIn, async (req, res) => {
  const place = await load(req);
  const chain = await selectChain('place', place.id);
  const shown = shownNow(place, res.locals.lang);
  res.render('places/place', {
    place: shown,
    chain,
    canKeep: canKeepPlace(req.actor, place),
    isPublicPage: false,
    said: req.query.saved,
  });
});

places.get('/:place/edit', signedIn, async (req, res) => {
  const place = await loadOwn(req);
  await renderForm(req, res, valuesOf(place, 'suljettu'), { place });
});

places.post('/:place', signedIn, async (req, res) => {
  const place = await loadOwn(req);
  const form = readForm(PlaceForm, req.body);
  if (!form.ok) return renderForm(req, res.status(422), form.values, { place, errors: form.errors });
  await ownSpace(req, form.value.space_id);
  await savePlace(req.actor, place, form.value);
  res.redirect(303, `/places/${place.id}?saved=changed`);
});

places.post('/:place/confirm', signedIn, async (req, res) => {
  const place = await loadOwn(req);
  await confirm(req.actor, place);
  res.redirect(303, `/places/${place.id}?saved=confirmed`);
});

const canSeeOwn = (req: Request, organisationId: string) => organisationId === req.actor.organisation_id;

async function load(req: Request) {
  const place = found(await findPlace(String(req.params.place)));
  const isForMembers = place.visibility === 'members' && place.space_id !== null && !canKeepPlace(req.actor, place);
  return found(!isForMembers || (await isSpaceMember(req.actor, place.space_id as string)) ? place : undefined);
}

async function loadOwn(req: Request) {
  const place = await load(req);
  found(canSeeOwn(req, place.organisation_id) || undefined);
  authorize(canKeepPlace(req.actor, place));
  return place;
}

async function loadImport(req: Request) {
  const sent = found(await findImport(req.actor.organisation_id, String(req.params.import)));
  return { sent, lines: readLines(sent.content, req.actor.organisation_id) ?? [] };
}

async function ownSpace(req: Request, spaceId: string | null): Promise<void> {
  if (spaceId) found((await findSpace(req.actor, spaceId)) && ((await isSpaceMember(req.actor, spaceId)) || undefined));
}
