import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { unreadable } from '../../lib/errors';
import { Routes } from '../../lib/routes';
import { administrators } from '../organisations/organisations.policy';
import { makeSupporterPath } from './supporter-path.service';

/** The peer supporter's path, made in one press. */
export const supporterPath = new Routes('/paths/supporter');

supporterPath.get('/', administrators, (_req, res) => {
  res.render('ledger/supporter-path', { id: randomUUID() });
});

supporterPath.post('/', administrators, async (req, res) => {
  const id = z.uuid().safeParse(req.body.id).data;
  if (!id) throw unreadable();
  res.redirect(303, `/paths/manage/${await makeSupporterPath(req.actor, id)}`);
});
