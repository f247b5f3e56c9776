import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { sensitiveHits } from '../../lib/sensitive';
import { selectChain } from '../loop/loop.service';
import { isTheme, THEMES } from '../loop/themes';
import { authors, signedIn } from '../organisations/organisations.policy';
import { isSpaceMember, selectMySpaces } from '../spaces/spaces.model';
import { type Card, findCard } from './cards.model';
import { canChangeCard, canTriage } from './cards.policy';
import { daysToLesson, needsByGroup, readCardPage, selectCards } from './cards.queries';
import { cardForm, LessonForm, ResponseForm, StepForm } from './cards.schema';
import { answerCard, beginLesson, keepCard, mergeCard, moveCard, saveCard, useCard } from './cards.service';
import { CARD_KIND_NAMES, type CardKindName, isCardKind, kindOf, POPULATION_GROUPS } from './kinds';

/** Cards of every kind: what is hard, what is needed, what helped, what could be tried. */
export const cards = new Routes('/cards');

cards.get('/', signedIn, async (req, res) => {
  const [kind, theme, status] = [req.query.kind, req.query.theme, req.query.status].map((value) => String(value ?? ''));
  const words = String(req.query.q ?? '').slice(0, 100);
  const filter = {
    kind: isCardKind(kind) ? kind : '',
    theme: isTheme(theme) ? theme : '',
    status: status ?? '',
    words,
  };
  const shown = await selectCards(req.actor, filter);
  const days = await daysToLesson(req.actor.organisation_id);
  const groups = filter.kind === 'need' ? await needsByGroup(req.actor) : [];
  const columns = filter.kind === 'idea' ? kindOf('idea').statuses : [];
  res.render('cards/list', { cards: shown, filter, days, groups, columns, kinds: CARD_KIND_NAMES, themes: THEMES });
});

cards.get('/new', signedIn, async (req, res) => {
  const kind = isCardKind(req.query.kind) ? req.query.kind : undefined;
  if (!kind) return res.render('cards/kinds', { kinds: CARD_KIND_NAMES });
  const values = {
    id: randomUUID(),
    visibility: 'organisation',
    language: req.actor.content_language,
    space_id: req.query.space,
    ...(isTheme(req.query.theme) && { theme: req.query.theme }),
    ...(typeof req.query.what === 'string' && { body_what: req.query.what.slice(0, 500) }),
  };
  await renderForm(req, res, kind, values);
});

cards.post('/', signedIn, async (req, res) => {
  const kind = found(isCardKind(req.body?.kind) ? req.body.kind : undefined);
  const read = readCard(req, kind);
  if (!read.ok) return renderForm(req, res.status(422), kind, read.values, read.errors);
  res.redirect(303, `/cards/${await keepCard(req.actor, { ...read.card, kind })}`);
});

cards.get('/:card', signedIn, async (req, res) => renderCard(req, res, await load(req)));

cards.get('/:card/edit', signedIn, async (req, res) => {
  const card = await loadOwn(req);
  const texts = Object.fromEntries(Object.entries(card.body).map(([key, text]) => [`body_${key}`, text]));
  await renderForm(req, res, card.kind, { ...card, ...texts }, {}, card);
});

cards.post('/:card', signedIn, async (req, res) => {
  const card = await loadOwn(req);
  const read = readCard(req, card.kind);
  if (!read.ok) return renderForm(req, res.status(422), card.kind, read.values, read.errors, card);
  const { id: _, ...words } = read.card;
  await saveCard(req.actor, card, words);
  res.redirect(303, `/cards/${card.id}?saved=changed`);
});

cards.post('/:card/steps', signedIn, async (req, res) => {
  const card = await loadOwn(req);
  const form = readForm(StepForm, req.body);
  const { statuses, ends } = kindOf(card.kind);
  if (!form.ok) return renderCard(req, res.status(422), card, form.errors, form.values);
  if (!statuses.includes(form.value.status))
    return renderCard(req, res.status(422), card, { status: 'cards.missing' }, req.body);
  if (ends.includes(form.value.status) && !form.value.note)
    return renderCard(req, res.status(422), card, { note: 'cards.needsLearned' }, req.body);
  await moveCard(req.actor, card, form.value);
  res.redirect(303, `/cards/${card.id}?saved=moved`);
});

cards.post('/:card/responses', signedIn, async (req, res) => {
  const card = await load(req);
  const form = readForm(ResponseForm, req.body);
  if (!form.ok) return renderCard(req, res.status(422), card, form.errors, form.values);
  await answerCard(req.actor, card, form.value);
  res.redirect(303, `/cards/${card.id}?saved=answered#responses`);
});

cards.post('/:card/use', signedIn, async (req, res) => {
  const card = await load(req);
  authorize(kindOf(card.kind).isUsed === true);
  const isUsed = await useCard(req.actor, card);
  res.redirect(303, `/cards/${card.id}?saved=${isUsed ? 'used' : 'unused'}`);
});

cards.post('/:card/merge', signedIn, async (req, res) => {
  const card = await load(req);
  authorize(canTriage(req.actor, card));
  const into = found(await findCard(String(req.body.into)));
  authorize(
    into.organisation_id === card.organisation_id &&
      into.id !== card.id &&
      into.kind === card.kind &&
      !into.merged_into,
  );
  await mergeCard(req.actor, card, into);
  res.redirect(303, `/cards/${into.id}?saved=merged`);
});

cards.post('/:card/lesson', authors, async (req, res) => {
  const card = await load(req);
  const form = readForm(LessonForm, req.body);
  if (!form.ok) return renderCard(req, res.status(422), card, form.errors);
  res.redirect(303, `/write/drafts/${await beginLesson(req.actor, card, form.value.id)}`);
});

/** A card that the actor may see: what is for members of its space is not there for others of its keeper. */
async function load(req: Request) {
  const card = found(await findCard(String(req.params.card)));
  const isSeen =
    card.visibility !== 'members' ||
    card.made_by === req.actor.id ||
    (card.space_id && (await isSpaceMember(req.actor, card.space_id)));
  return found(isSeen ? card : undefined);
}

async function loadOwn(req: Request) {
  const card = await load(req);
  authorize(canChangeCard(req.actor, card));
  return card;
}

/** The form of a kind as a card; texts that hold codes or identity numbers come back to be mended. */
function readCard(req: Request, kind: CardKindName) {
  const form = readForm(cardForm(kind), req.body);
  if (!form.ok) return form;
  const errors: FieldErrors = {};
  const body: Record<string, string> = {};
  for (const { key } of kindOf(kind).fields) {
    const text = String((form.value as Record<string, unknown>)[`body_${key}`] ?? '');
    if (text) body[key] = text;
    if (hasCode(text)) errors[`body_${key}`] = 'cards.holdsCode';
  }
  if (hasCode(form.value.title)) errors.title = 'cards.holdsCode';
  if (Object.keys(errors).length > 0)
    return { ok: false as const, values: req.body as Record<string, unknown>, errors };
  const { id, title, theme, language, population_group, happens_on, space_id, visibility } = form.value;
  return {
    ok: true as const,
    card: { id, title, theme, language, population_group, happens_on, space_id, visibility, body },
  };
}

const hasCode = (text: string) =>
  sensitiveHits(text).some(({ kind }) => kind === 'identity-number' || kind === 'bank-code');

async function renderForm(
  req: Request,
  res: Response,
  kind: CardKindName,
  values: object,
  errors: FieldErrors = {},
  card?: Card,
) {
  const spaces = await selectMySpaces(req.actor);
  res.render('cards/form', {
    kind,
    shape: kindOf(kind),
    values,
    errors,
    card,
    spaces,
    themes: THEMES,
    groups: POPULATION_GROUPS,
  });
}

async function renderCard(
  req: Request,
  res: Response,
  card: Card & { keeper: string },
  errors: FieldErrors = {},
  values: object = {},
) {
  const shape = kindOf(card.kind);
  const content = await readCardPage(req.actor, card);
  res.render('cards/card', {
    ...{
      card,
      shape,
      ...content,
      errors,
      values,
      saved: req.query.saved,
      stepId: randomUUID(),
      answerId: randomUUID(),
      draftId: randomUUID(),
    },
    ...{
      canChange: canChangeCard(req.actor, card),
      canTriage: canTriage(req.actor, card),
      mayWrite: req.actor.roles.some((role) => role === 'author' || role === 'expert'),
    },
    isOurUse: content.uses.some((use) => use.organisation_id === req.actor.organisation_id),
    warnings: Object.values(card.body).some((text) => sensitiveHits(text).length > 0),
    chain: await selectChain(card.kind, card.id),
  });
}
