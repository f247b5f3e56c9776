import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { authors } from '../organisations/organisations.policy';
import { findCard, selectCards } from './cards.model';
import { deleteOwnCard, keepCard, saveCard } from './cards.service';
import { CardForm, NewCardForm } from './templates.schema';

/** Practice cards: what was tried, what helped, for whom, and what to beware of. */
export const practiceCards = new Routes('/write/cards');

practiceCards.get('/', authors, async (req, res) => {
  const { rows } = await selectCards(req.actor);
  res.render('templates/cards', { cards: rows, meId: req.actor.id });
});

practiceCards.get('/new', authors, (req, res) => {
  const values = { id: randomUUID(), language: req.actor.content_language, is_shown: 'no' };
  res.render('templates/card-form', { card: undefined, values, errors: {} });
});

practiceCards.post('/', authors, async (req, res) => {
  const form = readForm(NewCardForm, req.body);
  if (!form.ok)
    return res.status(422).render('templates/card-form', { card: undefined, values: form.values, errors: form.errors });
  const id = await keepCard(req.actor, form.value);
  res.redirect(303, `/write/cards/${id}`);
});

practiceCards.get('/:card', authors, async (req, res) => {
  const card = await load(req);
  res.render('templates/card', { card, isOwn: card.person_id === req.actor.id });
});

practiceCards.get('/:card/edit', authors, async (req, res) => {
  const card = await loadOwn(req);
  const values = { ...card, is_shown: card.is_shown ? 'yes' : 'no' };
  res.render('templates/card-form', { card, values, errors: {} });
});

practiceCards.post('/:card', authors, async (req, res) => {
  const card = await loadOwn(req);
  const form = readForm(CardForm, req.body);
  if (!form.ok)
    return res.status(422).render('templates/card-form', { card, values: form.values, errors: form.errors });
  await saveCard(req.actor, card, form.value);
  res.redirect(303, `/write/cards/${card.id}`);
});

practiceCards.post('/:card/remove', authors, async (req, res) => {
  await deleteOwnCard(req.actor, await loadOwn(req));
  res.redirect(303, '/write/cards');
});

const load = async (req: Request) => found(await findCard(req.actor, String(req.params.card)));

async function loadOwn(req: Request) {
  const card = await load(req);
  authorize(card.person_id === req.actor.id);
  return card;
}
