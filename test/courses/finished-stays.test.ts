import { CHANGE_KINDS, type ChangeKind } from '../../src/features/courses/lesson-changes.model';
import { publishLesson } from '../../src/features/courses/publication.service';
import { completeLesson } from '../../src/features/progress/progress.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';
import { runJobs } from '../support/jobs';

async function aFinishedLearner() {
  const organisation = await anOrganisation();
  const learner = await aPerson({ organisation });
  const course = await aCourse(organisation, { slug: 'kurssi', title: 'Kurssi' });
  const lesson = await aLesson(course);
  await inScope(learner, () => completeLesson(learner, lesson));
  await asOwner(() => db().raw(`update enrolments set completed_at = now() - interval '1 day'`));
  await asOwner(() => db().raw(`update lesson_progress set completed_at = now() - interval '1 day'`));
  const publish = (kind: ChangeKind | undefined, lessonId: string | null = lesson.id) =>
    inScope(learner, () =>
      publishLesson({
        ...{ organisation_id: organisation.id, course_id: course.id, lesson_id: lessonId, kind: 'text' },
        ...{ minutes: 5, level: 1, competences: [], questions: [], h5p_content_id: null, credits: [] },
        texts: [{ language: 'fi', title: 'Oppitunti', body: 'Uusi teksti', practice: '', follows_version: 1 }],
        change: kind && { kind, words: 'Uusi laki tuli voimaan', language: 'fi' },
      }),
    );
  const completions = () =>
    asOwner(async () => [
      await db()('enrolments').where({ person_id: learner.id }).select('completed_at', 'renewed_at'),
      await db()('lesson_progress').where({ person_id: learner.id, lesson_id: lesson.id }).select('completed_at'),
    ]);
  const asked = async () => page(await as(learner).get('/learn/kurssi'))('[aria-labelledby=asked-heading] li').text();
  return { organisation, learner, lesson, course, publish, completions, asked };
}

const GENTLE = [undefined, ...CHANGE_KINDS.filter((kind) => kind !== 'requirement')];
/** Every two edits after each other, of the kinds that ask nothing: of the lesson, or as a new lesson of the course. One on another's heels. */
const edits = GENTLE.flatMap((kind) => [{ kind, isNew: false }, ...(kind === 'new' ? [{ kind, isNew: true }] : [])]);
const sequences = edits.flatMap((one) => edits.map((two) => [one, two]));

it('takes no completion away, whatever is edited in whatever order, unless the requirement changed', async () => {
  const { learner, lesson, publish, completions, asked } = await aFinishedLearner();
  const before = await completions();
  for (const sequence of sequences) {
    for (const { kind, isNew } of sequence) await publish(kind, isNew ? null : lesson.id);
    expect(await completions()).toEqual(before);
  }
  expect(await asked()).toBe('');
  // Doing something again counts the course anew: it stays complete too.
  await inScope(learner, () => completeLesson(learner, lesson));
  expect(await completions()).toEqual(before);
  await runJobs();
  expect(await asOwner(() => db()('notifications').where({ kind: 'course.requirement' }))).toEqual([]);
});

it('asks for the changed lesson alone when the requirement changed, says what changed, and keeps the completion', async () => {
  const { learner, lesson, publish, completions, asked } = await aFinishedLearner();
  const before = await completions();
  await publish('requirement');
  for (const _ of [1, 2]) await runJobs();
  expect(await completions()).toEqual(before);
  expect(await asked()).toContain('Uusi laki tuli voimaan');
  expect(await asOwner(() => db()('notifications').where({ kind: 'course.requirement' }))).toMatchObject([
    { person_id: learner.id, href: '/learn/kurssi' },
  ]);
  await inScope(learner, () => completeLesson(learner, lesson));
  expect(await asked()).toBe('');
  expect(await completions()).toEqual(before);
});

it('asks for a new lesson when that is a requirement, and nothing of those who are still on their way', async () => {
  const { organisation, publish, course, asked } = await aFinishedLearner();
  const beginner = await aPerson({ organisation });
  await publish('requirement', null);
  expect(await asked()).toContain('Oppitunti');
  expect(page(await as(beginner).get(`/learn/${course.slug}`))('[aria-labelledby=asked-heading]')).toHaveLength(0);
});
