import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { recordLooks } from '../audit/looks.model';
import { checkerOf, hourCheckers } from '../ledger/ledger.policy';
import { findPeer, PEER_TASKS } from './shifts.model';
import { readPeers } from './shifts.queries';
import { PeerForm } from './shifts.schema';
import { savePeer } from './shifts.service';

/** Digital peers: what each may do, and what was agreed with who answers for their work. */
export const peers = new Routes('/visits/peers');

peers.get('/', hourCheckers, async (req, res) => {
  const { isForAll, supervised_teams } = checkerOf(req.actor);
  const everybody = await readPeers(req.actor, isForAll, supervised_teams);
  await recordLooks(
    req.actor,
    'hours',
    everybody.map(({ id }) => id),
  );
  res.render('visits/peers', { peers: everybody });
});

peers.get('/:person', hourCheckers, async (req, res) => renderPeer(req, res));

peers.post('/:person', hourCheckers, async (req, res) => {
  const { person } = await load(req);
  const form = readForm(PeerForm, req.body);
  if (!form.ok) return renderPeer(req, res.status(422), form.errors, form.values);
  await savePeer(req.actor, person.id, form.value);
  res.redirect(303, `/visits/peers/${person.id}?said=saved`);
});

/** A peer whose work the reader answers for; of others nothing is told. */
async function load(req: Request) {
  const checker = checkerOf(req.actor);
  const everybody = await readPeers(req.actor, checker.isForAll, checker.supervised_teams);
  const person = found(everybody.find(({ id }) => id === req.params.person));
  return { person, peer: await findPeer(req.actor.organisation_id, person.id) };
}

async function renderPeer(req: Request, res: Response, errors: FieldErrors = {}, values?: object) {
  const { person, peer } = await load(req);
  await recordLooks(req.actor, 'hours', [person.id]);
  const kept = { tasks: peer?.tasks ?? [], agreed: peer?.agreed ?? '', meet_on: peer?.meet_on ?? '' };
  const said = req.query.said === 'saved';
  res.render('visits/peer', { person, errors, tasks: PEER_TASKS, values: values ?? kept, said });
}
