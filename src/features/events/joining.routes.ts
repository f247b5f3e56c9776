import type { Request, Response } from 'express';
import { config } from '../../config';
import { clockOf, dayOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { withScope } from '../../lib/scope';
import { signedIn } from '../organisations/organisations.policy';
import { findEvent } from './events.model';
import { isOpen } from './events.policy';
import { AnswerForm, SignUpForm, VisitorForm } from './events.schema';
import { calendarOf, feedEvents, feedToken, ownFeed } from './feeds';
import { answerEvent, cancelSignUp, findByCancelToken, findOwnSignUp, signUp, signUpVisitor } from './signups.service';

/** Coming to an event, not coming after all, what one thought of it, and calendars to subscribe to. */
export const joining = new Routes('/events');
const site = () => config.BASE_URL?.replace(/\/$/, '') ?? `http://localhost:${config.PORT}`;

joining.get('/feed.ics', anyone, async (req, res) => {
  const space = typeof req.query.space === 'string' ? req.query.space : '';
  sendCalendar(res, calendarOf(res.locals.t('events.heading'), site(), await feedEvents(space)));
});

joining.get('/feeds/:token', anyone, async (req, res) => {
  const space = typeof req.query.space === 'string' ? req.query.space : '';
  const own = found(await ownFeed(String(req.params.token), space));
  sendCalendar(res, calendarOf(res.locals.t('events.heading'), site(), own));
});

joining.get('/calendar', signedIn, async (req, res) => {
  res.render('events/calendar', {
    publicFeed: `${site()}/events/feed.ics`,
    ownFeed: `${site()}/events/feeds/${await feedToken(req.actor)}`,
  });
});

joining.post('/calendar', signedIn, async (req, res) => {
  await feedToken(req.actor, true);
  res.redirect(303, '/events/calendar');
});

joining.get('/cancel/:token', anyone, async (req, res) => renderCancel(req, res, false));

joining.post('/cancel/:token', anyone, async (req, res) => {
  const { signup, event } = await loadCancel(req);
  if (signup.state !== 'cancelled') await cancelSignUp(signup, event);
  await renderCancel(req, res, true);
});

joining.post('/:event/sign-up', signedIn, async (req, res) => {
  const event = found(await findEvent(String(req.params.event)));
  authorize(isOpen(event));
  const form = readForm(SignUpForm, req.body);
  if (!form.ok) return renderAgain(res, event.id, form.errors, form.values);
  await signUp(req.actor, event, form.value.needs);
  res.redirect(303, `/events/${event.id}#coming`);
});

joining.post('/:event/visit', anyone, async (req, res) => {
  const event = found(await findEvent(String(req.params.event)));
  authorize(isOpen(event) && event.visibility === 'public');
  const form = readForm(VisitorForm, req.body);
  if (!form.ok) return renderAgain(res, event.id, form.errors, form.values);
  const { consent: _, ...visitor } = form.value;
  await signUpVisitor(event, req.ip ?? '', { ...visitor, language: res.locals.lang });
  res.redirect(303, `/events/${event.id}?said=mailed#coming`);
});

joining.post('/:event/not-coming', signedIn, async (req, res) => {
  const event = found(await findEvent(String(req.params.event)));
  const signup = found(await findOwnSignUp(req.visitor, event.id));
  await cancelSignUp(signup, event);
  res.redirect(303, `/events/${event.id}#coming`);
});

joining.post('/:event/answer', signedIn, async (req, res) => {
  const event = found(await findEvent(String(req.params.event)));
  const signup = found(await findOwnSignUp(req.visitor, event.id));
  authorize(event.starts_at < new Date() && signup.state === 'in' && signup.attended !== false);
  const form = readForm(AnswerForm, req.body);
  if (!form.ok) return renderAgain(res, event.id, form.errors, form.values);
  await answerEvent(event, signup, form.value);
  res.redirect(303, `/events/${event.id}?said=thanks`);
});

function sendCalendar(res: Response, text: string) {
  res.type('text/calendar; charset=utf-8').set('Cache-Control', 'private, max-age=300').send(text);
}

async function loadCancel(req: Request) {
  const signup = found(await findByCancelToken(String(req.params.token)));
  const scope = { organisationId: signup.organisation_id, personId: null };
  return { signup, event: found(await withScope(scope, () => findEvent(signup.event_id))) };
}

async function renderCancel(req: Request, res: Response, isDone: boolean) {
  const { signup, event } = await loadCancel(req);
  res.render('events/cancel', { event, isDone: isDone || signup.state === 'cancelled', clockOf, dayOf });
}

function renderAgain(res: Response, id: string, errors: FieldErrors, values: Record<string, unknown>) {
  res.status(422).render('events/again', { id, errors, values });
}
