import type { Rows } from './bulk';
import { type Calendar, later } from './calendar';
import type { CatalogueCourse } from './catalogue';
import type { Member } from './people';
import { sitQuiz } from './quiz-attempts';
import type { DemoObservation } from './skills';

type Told = [
  code: string,
  source: DemoObservation['source'],
  level: number,
  daysAgo: number,
  note?: string,
  /** Why it does not look right to Aino. */
  contested?: string,
];

/** What the learner's own page tells: one skill with a whole story, some with little, some with nothing. */
const TOLD: readonly Told[] = [
  ['4.2', 'self', 1, 313],
  ['4.2', 'supervisor', 3, 195, 'Teki asian itse, kerran autettuna.'],
  ['4.2', 'self', 2, 14],
  ['4.2', 'demonstration', 4, 6, 'Vaihtoi salasanan omalla laitteella ja kertoi, miksi.'],
  ['1.2', 'self', 1, 313],
  // Three who have seen different things: worth a talk.
  ['1.2', 'peer', 2, 33, 'Etsi tietoa hakukoneella. Ei vielä katsonut, kuka sivun oli tehnyt.'],
  ['1.2', 'task', 3, 12, 'Vertasi kahta ohjetta ja kertoi, kumpi on uudempi.'],
  ['1.2', 'self', 4, 5],
  ['2.1', 'self', 4, 313],
  ['2.1', 'peer', 5, 120, 'Neuvoi minua ryhmäpuhelussa.'],
  ['2.1', 'demonstration', 5, 64, 'Opasti toista liittymään videopuheluun.'],
  ['2.1', 'supervisor', 5, 30, 'Pitää tiimin viikkopuhelun.'],
  ['4.1', 'self', 3, 313],
  ['4.1', 'demonstration', 3, 41, 'Asensi päivitykset ja näytti, mistä ne löytyvät.'],
  [
    '4.1',
    'supervisor',
    1,
    15,
    'Päivitys jäi kesken.',
    'Päivitys odotti verkkoa. Tein sen loppuun seuraavana päivänä, ja tiimikaveri näki sen.',
  ],
  // So old that it is time to ask: shall we update?
  ['2.3', 'supervisor', 2, 290, 'Lähetettiin hakemus yhdessä.'],
];

const STRONG = 'strong-auth-passwords';
/** Days ago; half of the questions went right at first, all of them later. */
const SITTINGS = [274, 150] as const;

/** The learner's history; the course under way comes from the team's plan. */
export function ainosObservations(
  rows: Rows,
  calendar: Calendar,
  aino: Member,
  {
    courses,
    supervisor,
    peer,
  }: { courses: readonly CatalogueCourse[]; supervisor: { id: string }; peer: { id: string } },
): DemoObservation[] {
  return [
    ...TOLD.map(([competence_code, source, level, daysAgo, note = '', contested]) => ({
      ...(contested && { contested }),
      competence_code,
      source,
      level,
      help_level: null,
      share_right: null,
      observed_at: later(calendar.daysAgo(daysAgo), { minutes: 600 }),
      recorded_by: source === 'self' ? aino.id : source === 'peer' ? peer.id : supervisor.id,
      origin_type: source === 'self' ? 'self_assessment' : source,
      origin_id: aino.chance.uuid(),
      note,
    })),
    ...finishedCourse(
      rows,
      calendar,
      aino,
      courses.find(({ exchange_id }) => exchange_id === STRONG),
    ),
  ];
}

function finishedCourse(
  rows: Rows,
  calendar: Calendar,
  aino: Member,
  course: CatalogueCourse | undefined,
): DemoObservation[] {
  if (!course) return [];
  const ours = { organisation_id: aino.organisationId, person_id: aino.id, course_id: course.id };
  const [first, last] = SITTINGS;
  const observations: DemoObservation[] = [];
  let completed = calendar.daysAgo(first);
  for (const [index, lesson] of course.lessons.entries()) {
    const at = later(calendar.daysAgo(first + 2 * (course.lessons.length - 1 - index)), { minutes: 610 });
    const seen = new Map<string, Date>();
    if (lesson.kind === 'quiz')
      for (const [attempt, daysAgo] of SITTINGS.entries())
        observations.push(
          ...sitQuiz(rows, aino, {
            lesson,
            questions: lesson.questions,
            number: attempt + 1,
            at: later(calendar.daysAgo(daysAgo), { minutes: 610 }),
            seen,
            isRight: (question) => attempt > 0 || lesson.questions.indexOf(question) % 4 > 1,
          }).observations,
        );
    completed = later(at, { minutes: 8 });
    rows.add('lesson_progress', { ...ours, lesson_id: lesson.id, opened_at: at, completed_at: completed });
  }
  rows.add('enrolments', {
    ...ours,
    lessons_done: course.lessons.length,
    lessons_total: course.lessons.length,
    last_lesson_id: course.lessons.at(-1)?.id,
    started_at: later(calendar.daysAgo(first + 2 * course.lessons.length), { minutes: 610 }),
    last_seen_at: later(calendar.daysAgo(last), { minutes: 620 }),
    completed_at: completed,
  });
  return observations;
}
