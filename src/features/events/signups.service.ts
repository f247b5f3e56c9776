import { createHmac, timingSafeEqual } from 'node:crypto';
import { config } from '../../config';
import { dayOf } from '../../lib/calendar';
import { atomically, db } from '../../lib/db';
import { type Language, translator } from '../../lib/i18n';
import { enqueue } from '../../lib/jobs';
import { limit } from '../../lib/limits';
import { sendMail } from '../../lib/mail';
import { withScope } from '../../lib/scope';
import { secret } from '../../lib/secret';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { takeBackStep } from './attendance.service';
import type { Event, SignUp } from './events.model';

type Told = Pick<Event, 'id' | 'organisation_id' | 'title' | 'starts_at'>;

/** Mails one who has no account, about their sign-up. */
export const VISITOR_JOB = 'events.visitor-mail';
const perAddress = limit('event-signups', 10, 600);
const perEvent = limit('event-signups-of', 300, 3600);
const inHost = <T>(event: { organisation_id: string }, work: () => Promise<T>): Promise<T> =>
  withScope({ organisationId: event.organisation_id, personId: null }, () => atomically(work));

/** The actor comes, or waits when it is full; once, however often it is sent. */
export function signUp(actor: Actor, event: Event, needs: string): Promise<void> {
  return atomically(async () => {
    const row = {
      organisation_id: actor.organisation_id,
      event_id: event.id,
      person_id: actor.id,
      name: actor.name,
      needs,
    };
    const { rows } = await db().raw(
      `update event_signups set needs = ?, state = case when state = 'cancelled' then 'in' else state end,
         queued_at = case when state = 'cancelled' then clock_timestamp() else queued_at end
       where event_id = ? and person_id = ? returning id`,
      [needs, event.id, actor.id],
    );
    if (rows.length > 0) return;
    await db()
      .table('event_signups')
      .insert({ ...row, host_organisation_id: event.organisation_id })
      .onConflict()
      .ignore();
  });
}

/** The same for one without an account; the way to cancel goes by mail. Throws 429 on a flood. */
export async function signUpVisitor(
  event: Event,
  address: string,
  visitor: { name: string; email: string; needs: string; website: string; language: string },
): Promise<void> {
  const { website, ...row } = visitor;
  if (website !== '') return;
  await perAddress.count(`${event.id} ${address}`);
  await perEvent.count(event.id);
  await inHost(event, async () => {
    const { organisation_id } = event;
    const old = await db()
      .table('event_signups')
      .where({ event_id: event.id })
      .whereRaw('lower(email) = lower(?)', [row.email])
      .first();
    if (old && old.state !== 'cancelled') return mailLater(old, 'signed');
    if (old)
      await db()
        .table('event_signups')
        .where({ id: old.id })
        .update({ ...row, state: 'in', queued_at: new Date() });
    const values = { ...row, organisation_id, host_organisation_id: organisation_id, event_id: event.id };
    const [made] = old
      ? [old]
      : await db()
          .table('event_signups')
          .insert({ ...values, consented_at: new Date() })
          .onConflict()
          .ignore()
          .returning('*');
    if (made) await mailLater(made, 'signed');
  });
}

const mailLater = ({ id, organisation_id }: Pick<SignUp, 'id' | 'organisation_id'>, what: string) =>
  enqueue(VISITOR_JOB, { organisation_id, id, what });

/** Frees the place; the next one who waits gets it and is told. Who does not come was not there. */
export async function cancelSignUp(signup: SignUp, event: Event): Promise<void> {
  await withScope({ organisationId: signup.organisation_id, personId: signup.person_id }, () =>
    atomically(async () => {
      const gone = { state: 'cancelled', needs: '', attended: null };
      await db().table('event_signups').where({ id: signup.id }).update(gone);
    }),
  );
  await inHost(event, async () => {
    await takeBackStep(event, signup);
    await moveUp(event);
  });
}

/** Those who wait come in as far as there is room, in their order, and are told. In the keeper's scope. */
export async function moveUp(event: Told & Pick<Event, 'capacity' | 'state'>): Promise<void> {
  if (event.state !== 'planned') return;
  const waiting = await db()
    .table('event_signups')
    .where({ event_id: event.id, state: 'waiting' })
    .orderBy('queued_at');
  for (const one of waiting as SignUp[]) {
    const [now] = await db().table('event_signups').where({ id: one.id }).update({ state: 'in' }).returning('state');
    if (now?.state !== 'in') return;
    await tell(event, one, 'event.place', `place ${event.id} ${one.id} ${Date.now()}`);
  }
}

async function tell(event: Told, one: SignUp, kind: string, key: string): Promise<void> {
  if (!one.person_id) return mailLater(one, kind.replace('event.', ''));
  await notify({
    ...{ organisation_id: one.organisation_id, person_id: one.person_id, kind, key },
    ...{ params: { date: dayOf(event.starts_at) }, href: `/events/${event.id}` },
  });
}

/** Tells those who come or wait, or `only` those in a state, once for a key. In the keeper's scope. */
export async function tellComing(event: Told, kind: string, key: string, only?: SignUp['state']): Promise<void> {
  const coming = db().table('event_signups').where({ event_id: event.id }).whereNot({ state: 'cancelled' });
  const rows = await (only ? coming.where({ state: only }) : coming);
  for (const one of rows as SignUp[]) await tell(event, one, kind, `event ${event.id} ${key}`);
}

export function findOwnSignUp(actor: { id: string } | undefined, eventId: string): Promise<SignUp | undefined> {
  if (!actor) return Promise.resolve(undefined);
  return db().table('event_signups').where({ event_id: eventId, person_id: actor.id }).first();
}

/** What stands in a visitor's mail, and nobody can make up. */
export function cancelToken({ organisation_id, id }: Pick<SignUp, 'organisation_id' | 'id'>): string {
  const seal = createHmac('sha256', secret()).update(`event-signup:${organisation_id}:${id}`).digest('base64url');
  return `${organisation_id}.${id}.${seal}`;
}

export async function findByCancelToken(token: string): Promise<SignUp | undefined> {
  const [organisation_id = '', id = ''] = token.split('.');
  const [ours, theirs] = [Buffer.from(cancelToken({ organisation_id, id })), Buffer.from(token)];
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) return undefined;
  return withScope({ organisationId: organisation_id, personId: null }, () =>
    db().table('event_signups').where({ organisation_id, id }).first(),
  );
}

/** The job: what happened to the sign-up, the link when there is a place, and the way to cancel. */
export function mailVisitor({ organisation_id, id, what }: { organisation_id: string; id: string; what: string }) {
  return withScope({ organisationId: organisation_id, personId: null }, async () => {
    const one: SignUp | undefined = await db().table('event_signups').where({ organisation_id, id }).first();
    if (!one || one.email === '') return;
    const event: Event = await db().table('events').where({ id: one.event_id }).first();
    const remote = await db().table('event_links').where({ event_id: event.id }).first();
    const t = translator(one.language as Language);
    const site = config.BASE_URL?.replace(/\/$/, '') ?? `http://localhost:${config.PORT}`;
    const link = one.state === 'in' && remote ? `\n\n${t('events.remote')}: ${remote.remote_link}` : '';
    const words = t(`events.mail.${what === 'signed' ? one.state : what}`, { title: event.title });
    const ways = `${site}/events/${event.id}\n\n${t('events.mail.cancel')} ${site}/events/cancel/${cancelToken(one)}`;
    await sendMail({ to: one.email, subject: event.title, text: `${words}${link}\n\n${ways}` });
  });
}

/** Three answers that nobody can join to a person; once for each who was there. */
export async function answerEvent(event: Event, signup: SignUp, answers: Record<'useful' | 'easy' | 'heard', number>) {
  await inHost(event, async () => {
    const count = await db()
      .table('event_signups')
      .where({ id: signup.id, has_answered: false })
      .update({ has_answered: true });
    if (count > 0)
      await db()
        .table('event_answers')
        .insert({ ...answers, event_id: event.id, organisation_id: event.organisation_id });
  });
}
