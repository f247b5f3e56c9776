import { atomically } from '../../lib/db';
import { placeOfSpots, type ShownBlock } from './places';
import { type LessonTally, lockTallies, saveTallies, selectTallies, selectWaiting } from './readers.model';
import { withReaders } from './reading-tally';

interface Shown {
  id: string;
  blocks: readonly ShownBlock[];
  html: string;
}

/** Counts the groups that have grown large enough, and gives what is counted then. Two at once count them once. */
export function countReaders(
  organisationId: string,
  courseId: string,
  lessons: readonly Shown[],
): Promise<LessonTally[]> {
  return atomically(async () => {
    await lockTallies(courseId);
    const { rows: known } = await selectTallies(organisationId, courseId);
    const { rows: waiting } = await selectWaiting(courseId);
    const byId = new Map(known.map((tally) => [tally.lesson_id, tally]));
    const grown: LessonTally[] = [];
    for (const group of waiting) {
      const lesson = lessons.find(({ id }) => id === group.lesson_id);
      if (!lesson) continue;
      const placeOf = placeOfSpots(lesson.blocks, lesson.html);
      const told = withReaders(byId.get(lesson.id), inPlaces(group, placeOf), placeOf(''));
      const { lesson_id, counted_until } = group;
      grown.push({ ...told, lesson_id, counted_until });
      byId.set(lesson.id, { ...told, lesson_id, counted_until });
    }
    await saveTallies(organisationId, grown);
    return [...byId.values()];
  });
}

function inPlaces(group: LessonTally, placeOf: (spot: string) => string) {
  const stops: Record<string, number> = {};
  for (const [spot, people] of Object.entries(group.stops)) {
    const place = placeOf(spot);
    stops[place] = (stops[place] ?? 0) + people;
  }
  return { people: group.people, finished: group.finished, stops };
}
