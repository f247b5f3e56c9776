import type { Request, Response } from 'express';
import ready from '../../data/badges.json';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { administrators } from '../organisations/organisations.policy';
import { findIssuer, selectIssuers, selectMappings } from './badge-issuers.model';
import { IssuerForm, KeysForm, keysAddress, MappingForm } from './badge-issuers.schema';
import { changeIssuer, distrustIssuer, fetchKeys, mapBadge, trustIssuer, unmapBadge } from './badge-issuers.service';
import { outside } from './badge-outside';
import { wordsOf } from './submissions.page';

/** Whom the organisation trusts as givers of badges, and what their badges mean here. */
export const badgeIssuers = new Routes('/skills/badges/issuers');
const HOME = '/skills/badges/issuers';

badgeIssuers.get('/', administrators, (req, res) => renderList(req, res, {}));

badgeIssuers.post('/', administrators, async (req, res) => {
  const form = readForm(IssuerForm, req.body);
  if (!form.ok) return renderList(req, res.status(422), form.values, form.errors);
  const id = await trustIssuer(req.actor, form.value);
  if (!id) return renderList(req, res.status(422), req.body, { address: 'badges.issuer.address.taken' });
  res.redirect(303, `${HOME}/${id}?saved=yes`);
});

badgeIssuers.get('/:issuer', administrators, (req, res) => renderOne(req, res, {}));

badgeIssuers.post('/:issuer', administrators, async (req, res) => {
  const issuer = await load(req);
  const form = readForm(KeysForm, req.body);
  if (!form.ok) return renderOne(req, res.status(422), form.values, form.errors);
  await changeIssuer(req.actor, issuer, form.value);
  res.redirect(303, `${HOME}/${issuer.id}?saved=yes`);
});

badgeIssuers.post('/:issuer/fetch', administrators, async (req, res) => {
  const issuer = await load(req);
  if (!(await fetchKeys(req.actor, issuer)))
    return renderOne(req, res.status(422), {}, { keys: 'badges.issuer.keys.notFetched' });
  res.redirect(303, `${HOME}/${issuer.id}?saved=yes`);
});

badgeIssuers.post('/:issuer/remove', administrators, async (req, res) => {
  await distrustIssuer(req.actor, await load(req));
  res.redirect(303, `${HOME}?saved=removed`);
});

badgeIssuers.post('/:issuer/map', administrators, async (req, res) => {
  const issuer = await load(req);
  const form = readForm(MappingForm, req.body);
  if (!form.ok) return renderOne(req, res.status(422), form.values, form.errors);
  const { competences } = await wordsOf(req.actor);
  if (!competences.has(form.value.competence))
    return renderOne(req, res.status(422), req.body, { competence: 'badges.map.competence.missing' });
  await mapBadge(req.actor, issuer, form.value);
  res.redirect(303, `${HOME}/${issuer.id}?saved=yes`);
});

badgeIssuers.post('/:issuer/unmap', administrators, async (req, res) => {
  const issuer = await load(req);
  await unmapBadge(req.actor, issuer, String(req.body.badge), String(req.body.competence));
  res.redirect(303, `${HOME}/${issuer.id}?saved=yes`);
});

const load = async (req: Request) => found(await findIssuer(req.actor.organisation_id, String(req.params.issuer)));

async function renderList(req: Request, res: Response, values: object, errors: FieldErrors = {}): Promise<void> {
  const issuers = await selectIssuers(req.actor.organisation_id);
  const given = { ...fromReady(String(req.query.ready ?? '')), ...values };
  res.render('evidence/issuers/list', { issuers, ready: ready.issuers, values: given, errors, saved: req.query.saved });
}

const fromReady = (key: string) => {
  const one = ready.issuers.find((known) => known.key === key);
  return one ? { name: one.name, ready: one.key } : {};
};

async function renderOne(req: Request, res: Response, values: object, errors: FieldErrors = {}): Promise<void> {
  const issuer = await load(req);
  const mappings = await selectMappings(issuer.organisation_id, issuer.id);
  const known = ready.issuers.find(({ key }) => key === issuer.ready)?.badges ?? [];
  const unmapped = known.filter((name) => !mappings.some(({ badge }) => badge === name.toLowerCase()));
  const canFetch = outside() !== undefined && keysAddress(issuer.address) !== undefined;
  const page = { issuer, mappings, unmapped, canFetch, words: await wordsOf(req.actor), saved: req.query.saved };
  const given = { name: issuer.name, badge: req.query.badge, ...values };
  res.render('evidence/issuers/one', { ...page, values: given, errors });
}
