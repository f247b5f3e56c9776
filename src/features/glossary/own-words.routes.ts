import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { policy, Routes } from '../../lib/routes';
import { isAdministrator, isAuthor } from '../organisations/organisations.policy';
import { SPOKEN } from './hard-words';
import { findOwnWord, selectOwnWords } from './own-words.model';
import { valuesOf, WordForm } from './own-words.schema';
import { nameOf, removeWord, saveWord } from './own-words.service';

/** The hard words that an organisation explains to its own people, for those who write lessons or look after it. */
export const ownWords = new Routes('/write/words');

const keepers = policy('wordKeepers', (req) => isAuthor(req.visitor) || isAdministrator(req.visitor));

ownWords.get('/', keepers, async (req, res) => {
  const words = await selectOwnWords(req.actor.organisation_id);
  const named = words.map((word) => ({ ...word, name: nameOf(word.texts) }));
  const sorted = named.sort((a, b) => a.name.localeCompare(b.name, 'fi'));
  res.render('glossary/own-words', { words: sorted, SPOKEN, saved: req.query.saved });
});

ownWords.get('/new', keepers, (_req, res) => render(res, { id: randomUUID() }));

ownWords.post('/', keepers, async (req, res) => {
  const form = readForm(WordForm, req.body);
  if (!form.ok) return render(res.status(422), form.values, form.errors);
  const errors = await saveWord(req.actor, form.value, true);
  if (errors) return render(res.status(422), req.body, errors);
  res.redirect(303, '/write/words?saved=added');
});

ownWords.get('/:word', keepers, async (req, res) => {
  const { id, texts } = await wordOf(req);
  render(res, { id, ...valuesOf(texts) }, {}, nameOf(texts));
});

ownWords.post('/:word', keepers, async (req, res) => {
  const { id, texts } = await wordOf(req);
  const form = readForm(WordForm, { ...req.body, id });
  if (!form.ok) return render(res.status(422), form.values, form.errors, nameOf(texts));
  const errors = await saveWord(req.actor, form.value, false);
  if (errors) return render(res.status(422), { ...req.body, id }, errors, nameOf(texts));
  res.redirect(303, '/write/words?saved=changed');
});

ownWords.post('/:word/removal', keepers, async (req, res) => {
  await removeWord(req.actor, await wordOf(req));
  res.redirect(303, '/write/words?saved=removed');
});

const wordOf = async (req: Request) => found(await findOwnWord(req.actor.organisation_id, String(req.params.word)));

/** `known`: the word that is changed; a new one without it. */
function render(res: Response, values: Record<string, unknown>, errors: FieldErrors = {}, known?: string): void {
  res.render('glossary/own-word', { values, errors, known, SPOKEN });
}
