import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../../lib/forms';
import { authorize, found } from '../../../lib/guards';
import { limit } from '../../../lib/limits';
import { Routes } from '../../../lib/routes';
import { signedIn } from '../../organisations/organisations.policy';
import type { Draft } from '../drafts.model';
import { type Piece, piecesOf } from '../pieces';
import { languageOf, uuidOf, viewedDraft } from '../reading';
import { type Anchor, anchorOf, findPassage, sentencesOf } from './anchor';
import { type DraftComment, findComment, selectComments } from './comments.model';
import { commentedPieces } from './comments.page';
import { CommentForm, LONGEST_QUOTE, ReplyForm, SettleForm } from './comments.schema';
import { comment, reply, settle, withdraw } from './comments.service';

/** What the people of a draft say to each other about its passages. */
export const draftComments = new Routes('/write');
const HERE = '/drafts/:id/comments';
/** Nobody is drowned in comments: so many from one person in an hour. */
const bySpeaker = limit('draft-comment', 120, 60 * 60);

draftComments.get(HERE, signedIn, async (req, res) => render(req, res, await viewedDraft(req)));

draftComments.post(HERE, signedIn, async (req, res) => {
  const draft = await viewedDraft(req);
  const form = readForm(CommentForm, req.body);
  if (!form.ok) return render(req, res.status(422), draft, form.values, form.errors);
  const { id, body, language, ...place } = form.value;
  const piece = piecesOf(draft.content, language).find((known) => known.id === place.piece);
  const anchor = piece && passageIn(piece, place);
  if (!anchor) {
    const fault = { words: piece ? 'together.comment.notFound' : 'together.comment.pieceGone' };
    return render(req, res.status(422), draft, req.body, fault);
  }
  await bySpeaker.count(req.actor.id);
  await comment(req.actor, draft, { id, body, language, anchor });
  res.redirect(303, `${hrefOf(draft, language)}&done=said#${id}`);
});

draftComments.post(`${HERE}/:comment/replies`, signedIn, async (req, res) => {
  const { draft, thread } = await readThread(req);
  const form = readForm(ReplyForm, req.body);
  if (!form.ok) {
    const typed = { ...form.values, answering: thread.id, language: thread.language };
    return render(req, res.status(422), draft, typed, { [`body-${thread.id}`]: form.errors.body ?? 'errors.invalid' });
  }
  await bySpeaker.count(req.actor.id);
  await reply(req.actor, draft, thread, form.value);
  res.redirect(303, `${hrefOf(draft, thread.language)}&done=said#${thread.id}`);
});

draftComments.post(`${HERE}/:comment/state`, signedIn, async (req, res) => {
  const { draft, thread } = await readThread(req);
  const form = readForm(SettleForm, req.body);
  const isResolved = found(form.ok ? form.value : undefined).resolved === 'yes';
  await settle(req.actor, thread, isResolved);
  res.redirect(303, `${hrefOf(draft, thread.language)}&done=${isResolved ? 'resolved' : 'reopened'}#${thread.id}`);
});

draftComments.post(`${HERE}/:comment/removal`, signedIn, async (req, res) => {
  const draft = await viewedDraft(req);
  const own = await findComment(draft, uuidOf(req.params.comment));
  // Sent twice: it is gone already, as was wished.
  if (!own) return res.redirect(303, `${hrefOf(draft, draft.content.original)}&done=withdrawn`);
  authorize(own.person_id === req.actor.id);
  const done = (await withdraw(req.actor, own)) ? 'withdrawn' : 'answered';
  res.redirect(303, `${hrefOf(draft, own.language)}&done=${done}#${own.reply_to ?? ''}`);
});

const hrefOf = (draft: Draft, language: string) => `/write/drafts/${draft.id}/comments?language=${language}`;

async function readThread(req: Request): Promise<{ draft: Draft; thread: DraftComment }> {
  const draft = await viewedDraft(req);
  const thread = found(await findComment(draft, uuidOf(req.params.comment)));
  // An answer to an answer goes to the thread.
  return { draft, thread: thread.reply_to ? found(await findComment(draft, thread.reply_to)) : thread };
}

/** The chosen or pasted words in the piece; the whole piece when none were chosen. Undefined when it does not hold them. */
function passageIn(piece: Piece, { passage, words }: { passage: string; words: string }): Anchor | undefined {
  const [, place = '', chosen = ''] = /^(\d{1,6})\|(.*)$/s.exec(passage) ?? [];
  const quote = words || chosen;
  if (quote === '') return passage === '' ? anchorOf(piece, 0, 0) : undefined;
  if (words === '' && piece.text.startsWith(quote, Number(place)))
    return anchorOf(piece, Number(place), Number(place) + quote.length);
  const found = findPassage([piece], { piece_id: piece.id, quote, before: '', after: '' });
  return found.state === 'there' ? anchorOf(piece, found.start, found.end) : undefined;
}

async function render(
  req: Request,
  res: Response,
  draft: Draft,
  typed: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const { language, languages } = languageOf(draft, typed.language ?? req.query.language);
  const page = commentedPieces(draft, language, await selectComments(draft));
  const asked = String(typed.piece ?? req.query.piece ?? '');
  const piece = page.pieces.find(({ id }) => id === asked);
  res.render('authoring/comments', {
    draft,
    language,
    languages,
    ...page,
    errors,
    done: req.query.done,
    chosen: piece && {
      ...piece,
      sentences: sentencesOf(piece.text, language)
        .slice(0, 60)
        .map(([start, end]) => ({ start, words: piece.text.slice(start, Math.min(end, start + LONGEST_QUOTE)) })),
    },
    values: { id: randomUUID(), passage: req.query.passage, words: '', body: '', ...typed },
    newId: () => randomUUID(),
    myId: req.actor.id,
    answering: typed.answering ?? req.query.answer,
    settled: req.query.settled === 'yes',
  });
}
