import { pointsOf, tallyOf } from '../features/quizzes/answers';
import type { Scorable } from '../features/quizzes/question';
import { db } from '../lib/db';
import { type Calendar, later } from './calendar';
import { Chance } from './chance';

/** How many have tried the course with a task of each type: enough for its figures to be told. */
const PEOPLE = 26;

type Texts = Record<string, string>;
interface TaskContent {
  pairs: { key: string }[];
  steps: { key: string }[];
  value: number;
  spots: { key: string; is_correct: boolean }[];
  nodes: {
    key: string;
    is_end: boolean;
    points: number | null;
    choices: { key: string; to: string }[];
  }[];
  text: Texts;
}
type Task = Scorable & { type: Exclude<Scorable['type'], 'single' | 'multi' | 'truefalse'>; quiz_id: string };

interface Course {
  id: string;
  lessons: string[];
}

/** People of the demo who have no part in its other stories do the course with a task of each type, once. */
export async function addTaskAnswers(calendar: Calendar): Promise<void> {
  const { rows: courses } = await db().raw<{ rows: Course[] }>(
    `select c.id, array(select l.id from lessons l where l.course_id = c.id order by l.position) as lessons
     from courses c where c.slug = 'try-tasks'`,
  );
  const { rows: tasks } = await db().raw<{ rows: Task[] }>(
    `select q.id, q.type, q.version, q.content, 'fi' as language, '[]'::jsonb as options, q.quiz_id from questions q
     join lessons l on l.quiz_id = q.quiz_id join courses c on c.id = l.course_id and c.slug = 'try-tasks' order by q.position`,
  );
  const { rows: people } = await db().raw<{ rows: { organisation_id: string; person_id: string }[] }>(
    `select m.organisation_id, m.person_id from memberships m join people p on p.id = m.person_id
     where p.username !~ '^(learner|expert|professional|supervisor|coordinator|admin)$' and m.ended_on is null
       and m.relation <> 'client' and m.roles = '{learner}' and m.started_on < ?
     order by md5(m.person_id::text) limit ?`,
    [calendar.monthsAgo(3), PEOPLE],
  );
  const [course] = courses;
  if (!course) return;
  const chance = new Chance('task answers', 0x700000);
  for (const person of people) await tryTasks(person, { course, tasks, chance, calendar });
}

interface Trying {
  course: Course;
  tasks: readonly Task[];
  chance: Chance;
  calendar: Calendar;
}

async function tryTasks(ours: object, { course, tasks, chance, calendar }: Trying): Promise<void> {
  const started_at = later(calendar.daysAgo(chance.whole(8, 80)), { minutes: chance.whole(480, 900) });
  const can = chance.between(0.45, 0.95);
  const attempt_id = chance.uuid();
  const answers = tasks.map((task, index) => {
    const isUnknown = chance.happens(0.06);
    const response = isUnknown ? null : answerTo(task, chance, can);
    const kept = { chosen: [], response: response ?? undefined };
    const at = later(started_at, { seconds: 50 * (index + 1) });
    return {
      id: chance.uuid(),
      ...ours,
      attempt_id,
      question_id: task.id,
      question_version: task.version,
      chosen: [],
      response: response && JSON.stringify(response),
      labels: tallyOf(task, kept),
      dont_know: isUnknown,
      points: pointsOf(task, kept),
      answered_at: at,
      given_at: at,
    };
  });
  const done = later(started_at, { seconds: 50 * (tasks.length + 1) });
  await db()
    .table('quiz_attempts')
    .insert({
      id: attempt_id,
      ...ours,
      quiz_id: tasks[0]?.quiz_id,
      number: 1,
      language: 'fi',
      started_at,
      submitted_at: done,
      points: answers.reduce((sum, { points }) => sum + points, 0),
      points_possible: tasks.length,
    });
  await db().table('quiz_answers').insert(answers);
  await db()
    .table('lesson_progress')
    .insert(
      course.lessons.map((lesson_id) => ({
        ...ours,
        lesson_id,
        course_id: course.id,
        opened_at: later(started_at, { minutes: -6 }),
        completed_at: done,
      })),
    );
  const count = course.lessons.length;
  await db()
    .table('enrolments')
    .insert({
      ...ours,
      course_id: course.id,
      lessons_done: count,
      lessons_total: count,
      last_lesson_id: course.lessons.at(-1),
      started_at: later(started_at, { minutes: -6 }),
      last_seen_at: done,
      completed_at: done,
    });
}

/** What a person of this ability answers: right, or a believable slip. */
function answerTo({ type, content }: Task, chance: Chance, can: number): object {
  const { pairs, steps, value, spots, nodes, text } = content as TaskContent;
  const right = chance.happens(can);
  switch (type) {
    case 'matching':
      return { pairs: Object.fromEntries(pairs.map(({ key }, at) => [key, right ? key : swapped(pairs, at)?.key])) };
    case 'ordering':
      return { order: steps.map(({ key }, at) => (right ? key : (swapped(steps, at)?.key ?? key))) };
    case 'cloze':
      return { gaps: gapsOf(text.fi ?? '', right, chance) };
    case 'numeric':
      return { value: right ? value : chance.pick([value - 5, 25, 30, 31]), unit: '' };
    case 'hotspot': {
      const fitting = spots.filter(({ is_correct }) => is_correct === right);
      return { spots: [chance.pick(fitting.length > 0 ? fitting : spots).key] };
    }
    case 'shorttext':
      return { text: 'En avaa linkkiä, vaan poistan viestin.', same: right ? 'yes' : chance.pick(['partly', 'no']) };
    case 'scenario':
      return storyOf(nodes, right, chance);
  }
}

/** The things with the second and the third in each other's places: the slip that people make most. */
const swapped = <T>(list: readonly T[], at: number): T | undefined => list[at === 1 ? 2 : at === 2 ? 1 : at];

/** The first accepted word of each gap; with a slip, the second gap has one letter less. */
function gapsOf(text: string, right: boolean, chance: Chance): Record<string, string> {
  const words = [...text.matchAll(/\[([^\]|]*)/g)].map(([, word = '']) => word);
  const slip = right ? '' : chance.pick(['odota', 'lopta', 'jatka']);
  return Object.fromEntries(words.map((word, at) => [at + 1, at === 1 && slip ? slip : word]));
}

/** A way through the story to an end: the best or any. */
function storyOf(nodes: TaskContent['nodes'], right: boolean, chance: Chance): object {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const walk = (): { path: string[]; end: string; points: number } => {
    const path: string[] = [];
    let node = nodes[0];
    while (node && !node.is_end && path.length < nodes.length) {
      const choice: { key: string; to: string } = chance.pick(node.choices);
      path.push(`${node.key}.${choice.key}`);
      node = byKey.get(choice.to);
    }
    return { path, end: node?.key ?? '', points: node?.points ?? 0 };
  };
  const walks = Array.from({ length: right ? 12 : 1 }, walk);
  const [best] = walks.sort((a, b) => b.points - a.points);
  return { path: best?.path ?? [], end: best?.end ?? '' };
}
