import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import {
  followByWriting,
  insertFlag,
  insertMessage,
  type LessonMessage,
  selectCaretakers,
  selectFollowers,
  setBody,
  setRemoved,
  settleFlags,
} from './discussions.model';

type Said = Pick<LessonMessage, 'id' | 'reply_to' | 'body' | 'signed'>;
interface Place {
  id: string;
  title: string;
  /** The address of the discussion. */
  href: string;
}

/** Says something under a lesson; those who follow it hear that something was said, not what. Safe to call twice. */
export function say(actor: Actor, lesson: Place, said: Said): Promise<void> {
  return atomically(async () => {
    const { id: person_id, organisation_id } = actor;
    if (!(await insertMessage({ ...said, organisation_id, person_id, lesson_id: lesson.id }))) return;
    await followByWriting(actor, lesson.id);
    for (const follower of await selectFollowers(actor, lesson.id)) {
      await notify({
        organisation_id,
        person_id: follower,
        kind: 'discussion.said',
        params: { title: lesson.title },
        href: `${lesson.href}#${said.reply_to ?? said.id}`,
        key: `discussion ${said.id}`,
      });
    }
  });
}

/** The writer puts their words better. */
export const change = (message: LessonMessage, body: string) => atomically(() => setBody(message, body));

/** Takes a message away; audited when it is somebody else's. What was told of it is settled with that. */
export function remove(actor: Actor, message: LessonMessage): Promise<void> {
  return atomically(async () => {
    await setRemoved(message, actor.id);
    await settleFlags(message);
    if (message.person_id !== actor.id) await audit(actor, 'discussion.removed', message);
  });
}

export function giveBack(actor: Actor, message: LessonMessage): Promise<void> {
  return atomically(async () => {
    await setRemoved(message, null);
    if (message.person_id !== actor.id) await audit(actor, 'discussion.given-back', message);
  });
}

/** Somebody who looks after the discussion finds the message fit to stay. */
export function letStay(actor: Actor, message: LessonMessage): Promise<void> {
  return atomically(async () => {
    await settleFlags(message);
    await audit(actor, 'discussion.let-stay', message);
  });
}

/** Tells those who look after the discussion that a message does not belong there. Telling twice tells once. */
export function flag(actor: Actor, message: LessonMessage): Promise<void> {
  return atomically(async () => {
    if (!(await insertFlag(actor, message.id))) return;
    for (const person_id of await selectCaretakers(actor.organisation_id)) {
      await notify({
        organisation_id: actor.organisation_id,
        person_id,
        kind: 'discussion.flagged',
        params: {},
        href: '/discussions/told',
        key: `flag ${message.id}`,
      });
    }
  });
}

const audit = (actor: Actor, action: string, { id }: LessonMessage) =>
  recordAudit(actor, action, { type: 'lesson_message', id });
