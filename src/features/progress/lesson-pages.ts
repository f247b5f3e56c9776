import { LANGUAGES, type Language } from '../../lib/i18n';
import { lessonAddress, stopToContinue } from './progress.model';
import type { CourseHead, LessonView, Stop } from './progress.queries';

export type TrailStop = Stop & { href: string; state: 'done' | 'now' | undefined };

/** The lessons as stones of a path: done, the one to go on with, those ahead. */
export function trailOf(course: Pick<CourseHead, 'slug' | 'last_lesson_id'>, stops: readonly Stop[]): TrailStop[] {
  const here = stopToContinue(stops, course.last_lesson_id);
  return stops.map((stop) => ({
    ...stop,
    href: lessonAddress(course.slug, stop),
    state: stop.completed_at ? 'done' : stop.id === here?.id ? 'now' : undefined,
  }));
}

/** What stands around a lesson: its number, the one before, the one after, the list at the side. */
export function placeOf(lesson: LessonView, stops: readonly Stop[]) {
  const index = stops.findIndex(({ id }) => id === lesson.id);
  const at = (stop: Stop | undefined) =>
    stop && { ...stop, href: lessonAddress(lesson.course_slug, { ...stop, spot: '' }) };
  return {
    number: index + 1,
    total: stops.length,
    previous: at(stops[index - 1]),
    next: at(stops[index + 1]),
    outline: stops.map((stop) => ({
      text: stop.title,
      href: lessonAddress(lesson.course_slug, stop),
      state: stop.id === lesson.id ? 'now' : stop.completed_at ? 'done' : undefined,
    })),
  };
}

/** Where one goes from a lesson that is done: to the next one, else to one left undone, else to the course. */
export function wayOnFrom(lesson: LessonView, stops: readonly Stop[]): string {
  const undone = stops.filter(({ id }) => id !== lesson.id);
  const after = placeOf(lesson, stops).next ?? stopToContinue(undone, null);
  return after ? lessonAddress(lesson.course_slug, { ...after, spot: '' }) : `/learn/${lesson.course_slug}`;
}

/** The languages of the text, easy Finnish first as the pages draw them. */
export function variantsOf({ languages, language }: Pick<LessonView, 'languages' | 'language'>) {
  const order: Language[] = ['fi-x-selko', ...LANGUAGES.filter((code) => code !== 'fi-x-selko')];
  return order.filter((code) => languages.includes(code)).map((code) => ({ code, isCurrent: code === language }));
}
