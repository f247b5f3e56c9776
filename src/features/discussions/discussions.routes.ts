import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { limit } from '../../lib/limits';
import { policy, Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { findMessage, setFollow } from './discussions.model';
import { canChange, canGiveBack, canRemove, caresForDiscussions } from './discussions.policy';
import { readDiscussion, readFlagged } from './discussions.queries';
import { ChangeForm, FollowForm, MessageForm } from './discussions.schema';
import { change, flag, giveBack, letStay, remove, say } from './discussions.service';

/** What people of one organisation say to each other under a lesson. Other organisations read nothing of it. */
export const discussions = new Routes('/learn');
const HERE = '/:course/:lesson/discussion';
/** Nobody is drowned in messages: so many from one person in an hour. */
const byWriter = limit('discussion', 30, 60 * 60);

discussions.get(HERE, signedIn, (req, res) => render(req, res));

discussions.post(HERE, signedIn, async (req, res) => {
  const { lesson, threads } = await readPage(req);
  const form = readForm(MessageForm, req.body);
  if (!form.ok) return render(req, res.status(422), form.values, form.errors);
  const { reply_to, ...said } = form.value;
  // An answer goes to a thread that is there; to one that is gone it becomes a thread of its own, and nothing is lost.
  const thread = threads.find(({ id }) => id === reply_to)?.id ?? null;
  await byWriter.count(req.actor.id);
  await say(req.actor, { id: lesson.id, title: lesson.title, href: addressOf(req) }, { ...said, reply_to: thread });
  res.redirect(303, `${addressOf(req)}?saved=said#${thread ?? said.id}`);
});

discussions.post(`${HERE}/follow`, signedIn, async (req, res) => {
  const { lesson } = await readPage(req);
  const form = readForm(FollowForm, req.body);
  const follows = found(form.ok ? form.value : undefined).follow === 'yes';
  await setFollow(req.actor, lesson.id, follows);
  res.redirect(303, `${addressOf(req)}?saved=${follows ? 'following' : 'quiet'}`);
});

discussions.get(`${HERE}/:message`, signedIn, async (req, res) => {
  const { lesson, message } = await readMessage(req);
  authorize(canChange(req.actor, message));
  res.render('discussions/change', { lesson, here: addressOf(req), message, values: message, errors: {} });
});

discussions.post(`${HERE}/:message`, signedIn, async (req, res) => {
  const { lesson, message } = await readMessage(req);
  authorize(canChange(req.actor, message));
  const form = readForm(ChangeForm, req.body);
  if (!form.ok) {
    const page = { lesson, here: addressOf(req), message, values: form.values, errors: form.errors };
    return res.status(422).render('discussions/change', page);
  }
  await change(message, form.value.body);
  res.redirect(303, `${addressOf(req)}?saved=changed#${message.reply_to ?? message.id}`);
});

discussions.post(`${HERE}/:message/removal`, signedIn, async (req, res) => {
  const { message } = await readMessage(req);
  if (!message.removed_at) {
    authorize(canRemove(req.actor, message));
    await remove(req.actor, message);
  }
  res.redirect(303, `${addressOf(req)}?saved=removed&message=${message.id}`);
});

discussions.post(`${HERE}/:message/return`, signedIn, async (req, res) => {
  const { message } = await readMessage(req);
  if (message.removed_at) {
    authorize(canGiveBack(req.actor, message));
    await giveBack(req.actor, message);
  }
  res.redirect(303, `${addressOf(req)}?saved=returned#${message.reply_to ?? message.id}`);
});

discussions.post(`${HERE}/:message/flag`, signedIn, async (req, res) => {
  const { message } = await readMessage(req);
  await flag(req.actor, message);
  res.redirect(303, `${addressOf(req)}?saved=flagged`);
});

const caretakers = policy('caretakers', (req) => caresForDiscussions(req.visitor));

/** Messages that somebody told of, for those who look after discussions. */
export const toldMessages = new Routes('/discussions/told');

toldMessages.get('/', caretakers, async (req, res) => {
  res.render('discussions/told', { messages: await readFlagged(req.actor), saved: req.query.saved });
});

toldMessages.post('/:message', caretakers, async (req, res) => {
  const message = found(await findMessage(req.actor.organisation_id, String(req.params.message)));
  if (req.body?.settled === 'removal') await remove(req.actor, message);
  else await letStay(req.actor, message);
  res.redirect(303, '/discussions/told?saved=yes');
});

async function render(req: Request, res: Response, typed: Record<string, unknown> = {}, errors: FieldErrors = {}) {
  const page = await readPage(req);
  const values = { id: randomUUID(), signed: 'first', ...typed };
  res.render('discussions/discussion', {
    ...page,
    here: addressOf(req),
    values,
    errors,
    cares: caresForDiscussions(req.actor),
    answering: page.threads.find(({ id }) => id === (typed.reply_to ?? req.query.answer)),
    saved: req.query.saved,
    removed: req.query.message,
  });
}

const readPage = async (req: Request) =>
  found(await readDiscussion(req.actor, String(req.params.course), String(req.params.lesson)));

async function readMessage(req: Request) {
  const { lesson } = await readPage(req);
  const message = await findMessage(req.actor.organisation_id, String(req.params.message));
  return { lesson, message: found(message?.lesson_id === lesson.id ? message : undefined) };
}

const addressOf = (req: Request) => `/learn/${req.params.course}/${req.params.lesson}/discussion`;
