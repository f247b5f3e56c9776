import fs from 'node:fs';
import { findVisibleCourse, selectPublishedLessons } from '../../src/features/courses/courses.model';
import { exportCourse, importCourses } from '../../src/features/courses/courses.service';
import { db } from '../../src/lib/db';
import { withScope } from '../../src/lib/scope';
import { anOrganisation, asOwner } from '../support/factories';

const ours = () => JSON.parse(fs.readFileSync('src/data/modules.json', 'utf8'));

it('takes in the three modules: a course each, its lessons in order and then its questions', async () => {
  const { id } = await anOrganisation();

  const imported = await importCourses(id, ours());

  expect(imported.map(({ slug, lessons, isNew }) => [slug, lessons, isNew])).toEqual([
    ['strong-auth-passwords', 6, true],
    ['recognise-scam-messages', 5, true],
    ['video-appointment', 5, true],
  ]);
  const course = await findVisibleCourse(id, 'strong-auth-passwords');
  expect(course).toMatchObject({ minutes: 40, lessons_total: 6, picture: 'lock' });
  const lessons = await selectPublishedLessons(course!.id);
  expect(lessons.map(({ slug, kind }) => [slug, kind])).toEqual([
    ['l1', 'text'],
    ['l2', 'text'],
    ['l3', 'text'],
    ['l4', 'text'],
    ['l5', 'text'],
    ['quiz', 'quiz'],
  ]);
  expect(lessons.map(({ audience }) => audience.length)).toEqual([0, 0, 0, 2, 0, 0]);
});

it('exports what it imported', async () => {
  const { id } = await anOrganisation();
  const { modules } = ours();

  const imported = await importCourses(id, ours());

  for (const [index, course] of imported.entries()) {
    expect(await exportCourse(course)).toEqual({ modules: [modules[index]] });
  }
});

it('exports questions of every type as it imported them, and keeps their rows when they come again', async () => {
  const { id } = await anOrganisation();
  const tasks = () => JSON.parse(fs.readFileSync('src/data/tasks.json', 'utf8'));
  const [course] = await importCourses(id, tasks());
  expect(await exportCourse(course!)).toEqual({ modules: tasks().modules });

  const rows = () => db().table('questions').orderBy('position').select('id', 'type', 'judged', 'version', 'content');
  const before = await rows();
  const changed = tasks();
  changed.modules[0].quiz[1].content.steps[0].text.fi = 'Aivan uusi vaihe';
  await importCourses(id, changed);
  const after = await rows();
  expect(after.map((row) => row.id)).toEqual(before.map((row) => row.id));
  expect(after.map(({ type, judged, version }) => [type, judged, version])).toEqual([
    ['matching', true, 1],
    ['ordering', true, 2],
    ['cloze', true, 1],
    ['numeric', true, 1],
    ['hotspot', true, 1],
    ['shorttext', false, 1],
    ['scenario', false, 1],
  ]);
  expect(after[1].content.steps[0].text.fi).toBe('Aivan uusi vaihe');
});

it('carries how practical tasks are looked at, of texts, videos and questions', async () => {
  const { id } = await anOrganisation();
  const file = () => ({ modules: [ours().modules[0]] });
  const rubric = (name: string) => [
    {
      id: 'who-3',
      name: { fi: name, fi_selko: name },
      levels: [{ fi: 'Näytit.' }, {}, { fi: 'Hän teki.', sv: 'Hen gjorde.' }],
    },
  ];
  const given = file();
  const [text, video] = given.modules[0].lessons;
  text.rubric = rubric('Kuka tekee');
  Object.assign(video, { kind: 'video', video: { link: 'https://example.org/v' }, rubric: rubric('Kuka näyttää') });
  given.modules[0].quiz_rubric = rubric('Kuka kysyy');
  const [course] = await importCourses(id, structuredClone(given));
  expect(await exportCourse(course!)).toEqual(given);

  await importCourses(id, file());
  expect(await db().table('lessons').where({ course_id: course!.id }).whereNotNull('rubric')).toEqual([]);
  expect(await exportCourse(course!)).toEqual(file());
});

describe('a file that comes again', () => {
  it('updates in place, keeps ids, retires questions and takes back lessons that are gone', async () => {
    const { id } = await anOrganisation();
    const file = { modules: [ours().modules[0]] };
    const [first] = await importCourses(id, file);
    const before = await selectPublishedLessons(first!.id);

    const changed = ours().modules[0];
    changed.quiz[0].prompt.fi = 'Aivan uusi kysymys?';
    changed.quiz.pop();
    changed.lessons[0].body_md.fi = 'Uusi teksti.';
    changed.lessons.splice(1, 1);
    const [second] = await importCourses(id, { modules: [changed] });

    expect(second).toMatchObject({ id: first!.id, isNew: false, lessons: 5 });
    const after = await selectPublishedLessons(first!.id);
    expect(after.map((lesson) => lesson.id)).toEqual(before.map((lesson) => lesson.id).filter((_, i) => i !== 1));
    expect(after.map(({ version }) => version)).toEqual([2, 1, 1, 1, 1]);
    const questions = await db()
      .table('questions')
      .where({ quiz_id: after.at(-1)!.quiz_id })
      .orderBy('position');
    expect(questions).toHaveLength(8);
    expect(questions.filter(({ retired_at }) => retired_at)).toHaveLength(1);
    expect(await exportCourse(first!)).toMatchObject({ modules: [{ lessons: { length: 4 }, quiz: { length: 7 } }] });
  });

  it('changes nothing when nothing changed', async () => {
    const { id } = await anOrganisation();
    const [first] = await importCourses(id, ours());
    const before = await selectPublishedLessons(first!.id);
    const shared = () => importCourses(id, ours(), { shareWithAll: true });
    for (let time = 0; time < 2; time += 1) await withScope({ organisationId: id, personId: null }, shared);
    expect(await selectPublishedLessons(first!.id)).toEqual(before);
    expect(await asOwner(() => db().table('course_shares').where({ course_id: first!.id }))).toHaveLength(1);
  });
});

it('binds modules into one course, with video, quiz rules, feedback of options and a picture, and gives them back', async () => {
  const { id } = await anOrganisation();
  const words = (text: string) => ({ fi: text, sv: `${text} sv` });
  const question = (number: number) => ({
    id: `q${number}`,
    competence: '2.1',
    type: 'multi',
    prompt: words('Mitkä?'),
    options: [
      { id: 'a', correct: true, text: words('Tämä'), feedback: words('Juuri se.') },
      { id: 'b', correct: false, text: words('Tuo') },
    ],
    audience: ['staff'],
  });
  const lesson = {
    id: 'film',
    order: 1,
    minutes: 3,
    competences: ['2.1'],
    title: words('Video'),
    body_md: words('Teksti'),
  };
  const file = {
    course: { id: 'Iso kurssi!', title: words('Iso kurssi'), summary: words('Kaksi osaa'), picture: 'lock' },
    modules: [
      {
        id: 'one',
        title: words('Eka'),
        minutes: 3,
        competences: [{ code: '2.1', from_level: 1, to_level: 2 }],
        lessons: [{ ...lesson, kind: 'video', video: { link: 'https://video.example/1' }, reviewed: ['fi'] }],
        quiz: [question(1)],
        quiz_rules: { attempts_allowed: 3, counts: 'last', pass_share: 0.5 },
      },
      {
        id: 'two',
        title: words('Toka'),
        minutes: 2,
        competences: [{ code: '2.1', from_level: 3, to_level: 4 }],
        lessons: [
          {
            id: 'own',
            order: 1,
            kind: 'quiz',
            minutes: 2,
            competences: [],
            title: words('Visa'),
            questions: [question(2)],
          },
        ],
      },
    ],
  };

  const [course] = await importCourses(id, file);

  expect(course).toMatchObject({ slug: 'iso-kurssi', lessons: 3 });
  expect(await exportCourse(course!)).toEqual(file);
  const elsewhere = await anOrganisation();
  const [copy] = await importCourses(elsewhere.id, await exportCourse(course!));
  expect(await exportCourse(copy!)).toEqual(file);
});

it('imports nothing of a file that fails half-way', async () => {
  const { id } = await anOrganisation();
  const broken = ours();
  broken.modules[2].lessons[0].title = {};
  await expect(async () => importCourses(id, broken)).rejects.toThrow('title');
  expect(await findVisibleCourse(id, 'strong-auth-passwords')).toBeUndefined();
});
