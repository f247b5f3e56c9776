import type { LessonView } from './progress.queries';
import { type Thought, thoughtsOf } from './thoughts';

/** One page of a lesson in simple mode: a thought of its text, its task, what to try, or its end. */
export type Part = (Thought & { kind: 'text' }) | { kind: 'task' | 'try'; at: string };

/** All pages of the lesson, in order; at least one. */
export function partsOf(lesson: Pick<LessonView, 'html' | 'practice' | 'h5p_content_id'>): Part[] {
  const parts: Part[] = thoughtsOf(lesson.html).map((thought) => ({ kind: 'text', ...thought }));
  if (lesson.practice) parts.push({ kind: 'try', at: 'try' });
  if (lesson.h5p_content_id) parts.push({ kind: 'task', at: 'task' });
  return parts.length > 0 ? parts : [{ kind: 'try', at: 'try' }];
}

/** The page that has this place on it; the first page for a place that is nowhere. */
export function indexOfPart(parts: readonly Part[], place: string): number {
  const index = parts.findIndex(
    (part) => part.at === place || (part.kind === 'text' && part.html.includes(`id="${place}"`)),
  );
  return Math.max(index, 0);
}

/** Where the reader was; the beginning for one who had come to the end and is done. */
export const placeToGoOn = (lesson: Pick<LessonView, 'completed_at' | 'spot'>, parts: readonly Part[]): string =>
  lesson.completed_at && lesson.spot === parts.at(-1)?.at ? '' : lesson.spot;
