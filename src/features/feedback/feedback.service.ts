import { dayOf } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { readForm } from '../../lib/forms';
import type { Actor } from '../organisations/organisations.model';
import { deleteFeedback, deleteVoice, findFeedback, saveFeedback, saveVoice, type What } from './feedback.model';
import { FirstPress, SecondPress } from './feedback.schema';

interface Lesson {
  id: string;
  /** The organisation that owns the lesson: its authors read the voice. */
  owner_id: string;
}

/**
 * Keeps what a person thought of a lesson, and tells its makers without a name. What is left out stays as it was; what
 * waited on a device changes nothing that was said after it.
 */
export function giveFeedback(
  actor: Actor,
  { id: lesson_id, owner_id }: Lesson,
  given: { useful?: number; what?: What[]; words?: string },
  at: Date = new Date(),
): Promise<void> {
  return atomically(async () => {
    const before = await findFeedback(actor, lesson_id);
    const useful = given.useful ?? before?.useful;
    if (useful === undefined) return;
    const said = {
      lesson_id,
      useful,
      what: given.what ?? before?.what ?? [],
      words: given.words ?? before?.words ?? '',
    };
    const id = await saveFeedback(actor, said, at);
    if (id) await saveVoice(owner_id, { ...said, id, given_on: dayOf(at) });
  });
}

/**
 * Does what a press asks that waited on a device since `at`; `which`: the first ('what' and 'removal' are the others). False
 * when it says nothing that could be kept.
 */
export async function takePress(
  actor: Actor,
  lesson: Lesson,
  which: string | undefined,
  body: object,
  at: Date,
): Promise<boolean> {
  if (which === 'removal') {
    await takeFeedbackBack(actor, lesson);
    return true;
  }
  const read = readForm(which === 'what' ? SecondPress : FirstPress, body);
  if (read.ok) await giveFeedback(actor, lesson, read.value, at);
  return read.ok;
}

/** The person takes their feedback back: it is gone from the makers too. */
export function takeFeedbackBack(actor: Actor, { id, owner_id }: Lesson): Promise<void> {
  return atomically(async () => {
    const voice = await deleteFeedback(actor, id);
    if (voice) await deleteVoice(owner_id, voice);
  });
}
