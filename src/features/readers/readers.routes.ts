import type { Request, Response } from 'express';
import { z } from 'zod';
import { noonOf } from '../../lib/calendar';
import { together } from '../../lib/db';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { writers } from '../authoring/authoring.policy';
import { type LessonPlace, placesOf } from './places';
import { selectTallies, selectWaiting } from './readers.model';
import { type ReadLesson, selectAsked, selectCourse, selectLessons, selectVoices } from './readers.queries';
import { countReaders } from './readers.service';
import { readingStory } from './reading-tally';

/** Where readers stop, what they asked and what they said, for those who write and sign. */
export const readers = new Routes('/write/courses');

readers.get('/:course/readers', writers, async (req, res) => {
  const { course, lessons, voices, asked } = await readersOf(req);
  res.render('readers/course', {
    course,
    lessons,
    voices: voices.slice(0, 10),
    asked: asked.slice(0, 10),
    placeName: namer(res),
    noonOf,
  });
});

readers.get('/:course/readers/:lesson', writers, async (req, res) => {
  const { course, lessons, voices, asked } = await readersOf(req);
  const lesson = found(lessons.find(({ id }) => id === req.params.lesson));
  const ofIt = ({ lesson_id }: { lesson_id: string }) => lesson_id === lesson.id;
  res.render('readers/lesson', {
    course,
    lesson,
    voices: voices.filter(ofIt),
    asked: asked.filter(ofIt),
    placeName: namer(res),
    noonOf,
  });
});

/** What a place is called in the reader's language. */
const namer = (res: Response) => (at: LessonPlace) =>
  at.id === at.kind
    ? res.locals.t(`readers.third.${at.kind}`)
    : res.locals.t(`blocks.place.${at.kind}`, { number: at.number });

async function readersOf(req: Request) {
  const id = found(z.uuid().safeParse(req.params.course).data);
  const { organisation_id } = req.actor;
  const [courses, lessons, known, waiting, voices, asked] = await together(
    selectCourse(req.actor, id),
    selectLessons(req.actor, id),
    selectTallies(organisation_id, id),
    selectWaiting(id),
    selectVoices(req.actor, id),
    selectAsked(req.actor, id),
  );
  const course = found(courses.rows[0]);
  const isGrown = waiting.rows.length > 0;
  const tallies = isGrown ? await countReaders(organisation_id, id, lessons.rows) : known.rows;
  const byId = new Map(tallies.map((tally) => [tally.lesson_id, tally]));
  const told = lessons.rows.map((lesson) => {
    const tally = byId.get(lesson.id);
    const places = placesOf(lesson.blocks);
    const story =
      tally &&
      readingStory(
        tally,
        places.map(({ id: place }) => place),
      );
    const stops = story?.stops.map((stop) => ({ ...stop, ...describe(lesson, places, stop.place) })) ?? [];
    return { ...lesson, story, stops, worst: stops.find(({ place }) => place !== '' && place === story?.worst?.place) };
  });
  return { course, lessons: told, voices: voices.rows, asked: asked.rows };
}

/** What a place is called, and where it is mended. */
function describe(lesson: ReadLesson, places: ReturnType<typeof placesOf>, place: string) {
  const at = places.find(({ id }) => id === place);
  const isLast = at?.number === places.length;
  const piece = lesson.blocks.length > 0 && at ? (isLast ? '#last-piece' : `#piece-${at.id}`) : '';
  return { at, href: lesson.draft_id ? `/write/drafts/${lesson.draft_id}${piece}` : null };
}
