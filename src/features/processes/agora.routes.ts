import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { CommentForm, ModerationForm } from './comments.schema';
import { moderateComment, postComment } from './comments.service';
import { canModerate } from './levels';
import { loadFor, loadProcess } from './load';
import { pageOf } from './page';
import { selectComments, selectDiscussions, selectTexts } from './processes.queries';
import { said } from './words';

/** Agora: findings and drafts that anybody comments, without an account; comments are read by a moderator first. */
export const agora = new Routes('/processes');

agora.get('/:process/agora', anyone, async (req, res) => renderAgora(req, res));

agora.post('/:process/comments', anyone, async (req, res) => {
  const { process, seen } = await loadProcess(req);
  authorize(process.comments_open && process.ended_on === null);
  const form = readForm(CommentForm, req.body);
  if (!form.ok) return renderAgora(req, res.status(422), form.values, form.errors);
  const { rows } = await selectTexts(process.id, ['agora']);
  const text = rows.find(({ id }) => id === form.value.text_id);
  const about = said(text?.title ?? process.title, res.locals.lang).text;
  found(seen);
  await postComment(process, req.ip ?? '', {
    ...form.value,
    text_id: text?.id ?? null,
    about,
    language: res.locals.lang,
  });
  res.redirect(303, `/processes/${process.id}/agora?saved=comment`);
});

agora.get('/:process/comments', signedIn, async (req, res) => renderModeration(req, res));

agora.post('/:process/comments/:comment', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canModerate);
  const form = readForm(ModerationForm, req.body);
  const typed = form.ok ? {} : { ...form.values, comment: req.params.comment };
  if (!form.ok) return renderModeration(req, res.status(422), typed, form.errors);
  found((await moderateComment(req.actor, process, String(req.params.comment), form.value)) === 'ok' || undefined);
  res.redirect(303, `/processes/${process.id}/comments?saved=moderated`);
});

async function renderAgora(req: Request, res: Response, typed: Record<string, unknown> = {}, errors: FieldErrors = {}) {
  const loaded = await loadProcess(req);
  const { process } = loaded;
  const [{ rows: texts }, { rows: comments }, { rows: discussions }] = await together(
    selectTexts(process.id, ['agora']),
    selectComments(process.id, ['shown']),
    selectDiscussions(process.id, ['agora']),
  );
  const values = { key: randomUUID(), text_id: req.query.text, ...typed };
  res.render('processes/agora', { ...pageOf(req, loaded), texts, comments, discussions, values, errors });
}

async function renderModeration(
  req: Request,
  res: Response,
  typed: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const loaded = await loadFor(req, canModerate);
  const { rows: comments } = await selectComments(loaded.process.id, ['waiting', 'shown', 'declined']);
  res.render('processes/comments', { ...pageOf(req, loaded), comments, values: typed, errors });
}
