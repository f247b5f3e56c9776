import type { Translate } from '../../lib/i18n';
import type { LessonView } from './progress.queries';
import type { LastPlace } from './recap.queries';
import { textOf } from './recap-text';

/** A break shorter than this needs no words. */
const HOURS = 4;

/** Whether somebody has been away for so long that they may want to hear where they were. */
export const isBack = (lastSeen: Date | null | undefined, now = Date.now()): boolean =>
  lastSeen !== null && lastSeen !== undefined && now - new Date(lastSeen).getTime() > HOURS * 3600 * 1000;

/** What one did last, and what comes next: two sentences from what is known. Empty when one was here only just now. */
export function recapOf(last: LastPlace | undefined, t: Translate): string[] {
  if (!last || !isBack(last.last_seen_at)) return [];
  if (last.kind === 'quiz' && !last.completed_at) return quizRecap(last, t);
  const { here, after } = textOf(last.html, last.spot);
  const lesson = last.title;
  const did = here ? t('keeping.recap.readAt', { lesson, heading: here }) : t('keeping.recap.read', { lesson });
  if (last.completed_at) {
    const done = t('keeping.recap.done', { lesson });
    return last.next_title ? [done, t('keeping.recap.nextLesson', { lesson: last.next_title })] : [done];
  }
  return [did, after ? t('keeping.recap.nextHeading', { heading: after }) : t('keeping.recap.toEnd')];
}

/** The same of a quiz that is open. */
export function quizRecap(
  { title, answered, questions }: Pick<LastPlace, 'title' | 'answered' | 'questions'>,
  t: Translate,
) {
  const did = t('keeping.recap.answered', { lesson: title, done: answered, total: questions });
  return [did, t(answered < questions ? 'keeping.recap.nextQuestion' : 'keeping.recap.handIn')];
}

/** For one who left in the middle of this very lesson. */
export function recapOfLesson(lesson: LessonView, nextTitle: string | undefined, t: Translate): string[] {
  const { last_seen_at } = lesson;
  if (lesson.last_lesson_id !== lesson.id || lesson.completed_at || !last_seen_at) return [];
  return recapOf({ ...lesson, last_seen_at, answered: 0, questions: 0, next_title: nextTitle ?? null }, t);
}
