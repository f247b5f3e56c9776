import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { originOf } from '../../lib/origin';
import { declaredRoutes, Routes } from '../../lib/routes';
import { sendPieces } from '../../lib/send-file';
import { recordAudit } from '../audit/audit.model';
import { signedIn } from '../organisations/organisations.policy';
import { HUB } from './hub';
import { readSpaceExport, spaceArchive } from './space-export';
import { findMember, findOwnMember, findSpace, JOININGS, type Space } from './spaces.model';
import { renderSpace } from './spaces.page';
import { canKeepSpace, canMakeSpace } from './spaces.policy';
import { selectSpaces } from './spaces.queries';
import { EndForm, RoleForm, SpaceForm } from './spaces.schema';
import { admitMember, changeSpace, createSpace, endSpace, handOver, joinSpace, leaveSpace } from './spaces.service';

/** Where several organisations work together: the hub of the shared work, and each space. */
export const spaces = new Routes('/spaces');

spaces.get('/', signedIn, async (req, res) => {
  const routed = new Set(declaredRoutes().map(({ path }) => path));
  const ways = HUB.filter(({ href }) => routed.has(href));
  res.render('spaces/hub', { ways, spaces: await selectSpaces(req.actor), canMake: canMakeSpace(req.actor) });
});

spaces.get('/new', signedIn, async (req, res) => {
  authorize(canMakeSpace(req.actor));
  await renderForm(req, res, {
    id: randomUUID(),
    kind: 'group',
    visibility: 'network',
    joining: 'request',
    parent_id: req.query.parent,
  });
});

spaces.post('/', signedIn, async (req, res) => {
  authorize(canMakeSpace(req.actor));
  const form = readForm(SpaceForm, req.body);
  if (!form.ok) return renderForm(req, res.status(422), form.values, form.errors);
  if (form.value.parent_id) found(await findSpace(req.actor, form.value.parent_id));
  res.redirect(303, `/spaces/${await createSpace(req.actor, form.value)}`);
});

spaces.get('/:space', signedIn, async (req, res) => renderSpace(req, res, await load(req)));

spaces.get('/:space/edit', signedIn, async (req, res) => {
  const space = await loadKept(req);
  await renderForm(req, res, { ...space }, {}, space);
});

spaces.get('/:space/export', signedIn, async (req, res) => {
  const space = await loadKept(req);
  const content = await readSpaceExport(req.actor, space);
  const values = { content, address: originOf(req), day: new Date() };
  const html = await new Promise<string>((done, fail) =>
    res.render('spaces/export', values, (error, text) => (error ? fail(error) : done(text))),
  );
  await recordAudit(req.actor, 'space.exported', { type: 'space', id: space.id });
  await sendPieces(res, { name: space.name, ending: 'zip', mime: 'application/zip' }, spaceArchive(content, html));
});

spaces.post('/:space', signedIn, async (req, res) => {
  const space = await loadKept(req);
  const form = readForm(SpaceForm, { ...req.body, id: space.id });
  if (!form.ok) return renderForm(req, res.status(422), form.values, form.errors, space);
  const { id: _, parent_id: __, kind: ___, ...words } = form.value;
  await changeSpace(req.actor, space, words);
  res.redirect(303, `/spaces/${space.id}?saved=changed`);
});

spaces.post('/:space/join', signedIn, async (req, res) => {
  const space = await load(req);
  authorize(space.ended_at === null);
  const state = await joinSpace(req.actor, space, await findOwnMember(req.actor, space.id));
  res.redirect(303, `/spaces/${space.id}?saved=${state}`);
});

spaces.post('/:space/leave', signedIn, async (req, res) => {
  const space = await load(req);
  await leaveSpace(req.actor, space, found(await findOwnMember(req.actor, space.id)));
  res.redirect(303, '/spaces?saved=left');
});

spaces.post('/:space/members/:member', signedIn, async (req, res) => {
  const space = await loadKept(req);
  const member = found(await findMember(space.id, String(req.params.member)));
  const { role } = RoleForm.parse(req.body);
  if (req.body.do === 'remove') await leaveSpace(req.actor, space, member);
  else await admitMember(req.actor, space, member, role);
  res.redirect(303, `/spaces/${space.id}?saved=member#members`);
});

spaces.post('/:space/end', signedIn, async (req, res) => {
  const space = await loadKept(req);
  const form = readForm(EndForm, req.body);
  if (!form.ok) return renderSpace(req, res.status(422), space, form.errors, form.values);
  const { heir, continuity_plan } = form.value;
  if (heir) found((await handOver(req.actor, space, heir)) || undefined);
  else await endSpace(req.actor, space, continuity_plan, space.ended_at === null);
  res.redirect(303, `/spaces/${space.id}?saved=${heir ? 'given' : 'ended'}`);
});

const load = async (req: Request): Promise<Space> => found(await findSpace(req.actor, String(req.params.space)));

async function loadKept(req: Request): Promise<Space> {
  const space = await load(req);
  const own = await findOwnMember(req.actor, space.id);
  authorize(canKeepSpace(req.actor, space, own?.state === 'member' ? [own.role] : []));
  return space;
}

async function renderForm(req: Request, res: Response, values: object, errors: FieldErrors = {}, space?: Space) {
  const parents = (await selectSpaces(req.actor)).filter((one) => one.id !== space?.id && one.kind !== 'group');
  res.render('spaces/form', { space, values, errors, parents, joinings: JOININGS });
}
