import type { Request, Response } from 'express';
import { isAskedAhead, keepOnDevice } from '../../lib/device';
import { readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import type { Language } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { explainWords } from '../glossary/glossary.service';
import { type Frame, h5pFrame, isSelfDeclared } from '../h5p/h5p.service';
import type { Actor } from '../organisations/organisations.model';
import { signedIn } from '../organisations/organisations.policy';
import { setPerson } from '../people/people.model';
import { competenceNames } from '../skills/skills.model';
import { framesOf, type Switched, shownBlocks, switchedIn, withHtml } from './lesson-blocks';
import { placeOf, trailOf, variantsOf, wayOnFrom } from './lesson-pages';
import { lessonAddress, setSpot, stopToContinue } from './progress.model';
import { type LessonView, readCourse, readLesson, type Stop } from './progress.queries';
import { SpotForm, VariantForm } from './progress.schema';
import { canTakeBack, completeLesson, openLesson, takeBackLesson } from './progress.service';
import { recapOfLesson } from './recap.service';
import { indexOfPart, type Part, partsOf, placeToGoOn } from './simple-lesson';

/** A course and its lessons, as the one who takes them meets them. */
export const learning = new Routes('/learn');

learning.get('/:course', signedIn, async (req, res) => {
  const { course, stops, nextCourse, asked } = found(await readCourse(req.actor, slug(req, 'course')));
  const names = await competenceNames(req.actor.content_language);
  keepOnDevice(req, res);
  // Who is done stays done, also when a lesson has come since.
  const isDone = course.completed_at !== null || (stops.length > 0 && stops.every(({ completed_at }) => completed_at));
  res.render('progress/course', {
    course,
    stops: trailOf(course, stops),
    next: stopToContinue(stops, course.last_lesson_id),
    isDone,
    nextCourse,
    asked,
    last: stops.at(-1),
    skills: course.competences.flatMap(({ code }) => names.get(code)?.plain_name ?? []),
    lessonAddress,
    keptNow: req.query.kept,
  });
});

learning.get('/:course/:lesson', signedIn, async (req, res) => {
  const switched = switchedIn(req.query.as);
  const { lesson, stops } = await readPage(req, [...(switched?.values() ?? [])]);
  if (lesson.kind === 'quiz') return res.redirect(303, lessonAddress(lesson.course_slug, lesson));
  const at = SpotForm.safeParse({ spot: req.query.at }).data?.spot;
  if (res.locals.simple) return renderSimple(req, res, lesson, stops, at);
  // An address of a step, as a leaflet has it: the whole page opens at that place.
  if (at) return res.redirect(303, lessonAddress(lesson.course_slug, { ...lesson, spot: at }));
  if (!isAskedAhead(req) && needsMark(lesson)) await openLesson(req.actor, lesson, undefined, lesson.version);
  // What is done in a frame of its own needs the network.
  if (!lesson.h5p_content_id) keepOnDevice(req, res, lesson.title);
  res.render('progress/lesson', {
    lesson: lesson.blocks ? lesson : { ...lesson, html: await withWords(req.actor, lesson, lesson.html) },
    ...(await blocksOf(req.actor, lesson, switched)),
    recap: recapOfLesson(lesson, placeOf(lesson, stops).next?.title, res.locals.t),
    place: placeOf(lesson, stops),
    variants: variantsOf(lesson),
    wanted: req.actor.content_language,
    task: await taskOf(req.actor, lesson),
    saved: req.query.saved === 'help-level',
    keptNow: req.query.kept,
    noted: req.query.note === 'saved',
  });
});

learning.post('/:course/:lesson/done', signedIn, async (req, res) => {
  const { lesson, stops } = await readPage(req);
  if (lesson.kind === 'quiz') return res.redirect(303, lessonAddress(lesson.course_slug, lesson));
  if (lesson.h5p_content_id && !(await isSelfDeclared(req.actor, lesson.h5p_content_id))) {
    return res.redirect(303, lessonAddress(lesson.course_slug, lesson));
  }
  await completeLesson(req.actor, lesson);
  // A task ends with "how did it go?"; what was only read goes straight on.
  const here = `/learn/${lesson.course_slug}/${lesson.slug}`;
  const after = lesson.kind === 'h5p' ? `${here}/help-level` : wayOnFrom(lesson, stops);
  res.redirect(303, res.locals.simple ? `${here}/finished` : after);
});

/** In simple mode a lesson that was just marked as done says so, and the press can be taken back. */
learning.get('/:course/:lesson/finished', signedIn, async (req, res) => {
  const { lesson, stops } = await readPage(req);
  if (!lesson.completed_at) return res.redirect(303, lessonAddress(lesson.course_slug, lesson));
  const here = `/learn/${lesson.course_slug}/${lesson.slug}`;
  const forward = lesson.kind === 'h5p' ? `${here}/help-level` : wayOnFrom(lesson, stops);
  res.render('progress/finished', { lesson, here, forward, mayTakeBack: await canTakeBack(req.actor, lesson) });
});

learning.post('/:course/:lesson/undone', signedIn, async (req, res) => {
  const { lesson } = await readPage(req);
  await takeBackLesson(req.actor, lesson);
  res.redirect(303, lessonAddress(lesson.course_slug, lesson));
});

learning.post('/:course/:lesson/language', signedIn, async (req, res) => {
  const { lesson } = await readPage(req);
  const form = readForm(VariantForm, req.body);
  if (form.ok) await setPerson(req.actor.id, { content_language: form.value.language });
  res.redirect(303, lessonAddress(lesson.course_slug, { ...lesson, spot: (form.ok && form.value.spot) || '' }));
});

/** Sent by the page's script while one reads. */
learning.post('/:course/:lesson/spot', signedIn, async (req, res) => {
  const { lesson } = await readPage(req);
  const form = readForm(SpotForm, req.body);
  const place = { organisationId: req.actor.organisation_id, personId: req.actor.id, lessonId: lesson.id };
  if (form.ok) await setSpot(place, form.value.spot);
  res.status(form.ok ? 204 : 422).end();
});

/** One thought of the lesson. Going on is a link, and the place is kept as it is opened, so it works without script. */
async function renderSimple(req: Request, res: Response, lesson: LessonView, stops: Stop[], at: string | undefined) {
  const parts = partsOf(lesson);
  const index = indexOfPart(parts, at ?? placeToGoOn(lesson, parts));
  const part = parts[index] as Part;
  const here = `/learn/${lesson.course_slug}/${lesson.slug}`;
  if (!isAskedAhead(req) && (part.at !== lesson.spot || needsMark(lesson)))
    await openLesson(req.actor, lesson, part.at, lesson.version);
  // The lesson is once in the list of what can be opened: under its own address, which leads to where one was.
  if (!lesson.h5p_content_id) keepOnDevice(req, res, at ? undefined : lesson.title);
  res.render('progress/lesson-simple', {
    lesson,
    recap: recapOfLesson(lesson, placeOf(lesson, stops).next?.title, res.locals.t),
    place: placeOf(lesson, stops),
    part: part.kind === 'text' ? { ...part, html: await withWords(req.actor, lesson, part.html) } : part,
    ...(part.kind === 'block' && (await blocksOf(req.actor, { ...lesson, blocks: [part.block] }))),
    index,
    total: parts.length,
    variants: variantsOf(lesson),
    here,
    pages: [...parts.map((one) => `${here}?at=${one.at}`), here, `/learn/${lesson.course_slug}`],
    wayBack: index > 0 ? `${here}?at=${parts[index - 1]?.at}` : `/learn/${lesson.course_slug}`,
    forward: parts[index + 1] && `${here}?at=${parts[index + 1]?.at}`,
    task: part.kind === 'task' ? await taskOf(req.actor, lesson) : undefined,
    saved: req.query.saved === 'help-level',
  });
}

/** The text with hard words explained in place, unless the reader has turned that off. */
async function withWords(actor: Actor, { language, words_at }: LessonView, html: string): Promise<string> {
  if (!actor.look.explains_words) return html;
  return explainWords(html, language, { organisation_id: actor.organisation_id, words_at });
}

/** The blocks of a lesson as this reader has them, with the frames of its tasks; nothing of a lesson without blocks. */
async function blocksOf(actor: Actor, lesson: LessonView, switched?: Switched) {
  const shown = shownBlocks(lesson, `/learn/${lesson.course_slug}/${lesson.slug}`, switched);
  const explain = (html: string) => withWords(actor, lesson, html);
  return {
    shown: shown.length > 0 ? await withHtml(shown, explain, lesson.language) : shown,
    isSwitching: switched !== undefined,
    frames: await framesOf(actor, shown),
  };
}

/** The frame of an H5P lesson. */
async function taskOf(actor: Actor, { h5p_content_id, course_slug, slug }: LessonView): Promise<Frame | undefined> {
  if (!h5p_content_id) return undefined;
  const here = `/learn/${course_slug}/${slug}`;
  return h5pFrame(actor, h5p_content_id, { statements: `${here}/statements`, state: `${here}/state` });
}

const readPage = async (req: Request, others: Language[] = []) =>
  found(await readLesson(req.actor, slug(req, 'course'), slug(req, 'lesson'), others));

const slug = (req: Request, name: string) => String(req.params[name]);

const A_WHILE = 60_000;

/** A page opened again at once needs no new mark; one opened later, or in a new version, does: the newest lesson is the one to continue. */
function needsMark({ id, last_lesson_id, last_seen_at, version, seen_version }: LessonView): boolean {
  const isLongAgo = last_seen_at === null || Date.now() - last_seen_at.getTime() > A_WHILE;
  return last_lesson_id !== id || isLongAgo || (seen_version ?? 0) < version;
}
