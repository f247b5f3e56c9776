import { isForAudience } from '../features/organisations/organisations.policy';
import { HELP_ANSWERS, type HelpAnswer, helpLevel } from '../features/skills/self-assessment';
import type { Ability } from './ability';
import type { Rows } from './bulk';
import { type Calendar, later } from './calendar';
import type { CatalogueCourse, CatalogueLesson } from './catalogue';
import type { Member } from './people';
import { byAbility, sitQuiz } from './quiz-attempts';
import { helpOf } from './sightings';
import type { DemoObservation } from './skills';

export interface Study {
  member: Member;
  ability: Ability;
  course: CatalogueCourse;
  /** The day on which the first lesson is opened. */
  from: Date;
  /** How many lessons are done and how many days ago the last of them was; chance decides when left out. */
  script?: [done: number, daysAgo: number] | undefined;
}

/** A person on a course: lessons one after another, help levels, quizzes; some stop on the way. Returns what it proves. */
export function study(
  rows: Rows,
  calendar: Calendar,
  { member, ability, course, from, script }: Study,
): DemoObservation[] {
  const lessons = course.lessons.filter(({ audience }) => isForAudience(member, audience));
  const { chance } = member;
  const doneAt = script ? scripted(script, lessons.length, calendar) : byChance(member, lessons.length, from, calendar);
  if (doneAt.length === 0 && (script || lessons.length === 0)) return [];

  const observations: DemoObservation[] = [];
  let lastSeen = from;
  const ours = { organisation_id: member.organisationId, person_id: member.id };
  const opened = (lesson: CatalogueLesson, opened_at: Date, completed_at: Date | null) =>
    rows.add('lesson_progress', { ...ours, lesson_id: lesson.id, course_id: course.id, opened_at, completed_at });

  for (const [index, at] of doneAt.entries()) {
    const lesson = lessons[index] as CatalogueLesson;
    let completed = at;
    if (lesson.kind === 'quiz') {
      const sat = sittings(rows, calendar, { member, ability, lesson, at });
      completed = sat.firstSubmitted;
      lastSeen = sat.lastSubmitted;
      observations.push(...sat.observations);
    }
    // The learner's own views are told in full elsewhere.
    if (chance.happens(0.4) && member.named?.account !== 'learner')
      observations.push(...howItWent(rows, calendar, { member, ability, lesson, at: completed }));
    opened(lesson, later(at, { minutes: -chance.whole(5, 14) }), completed);
    if (completed > lastSeen) lastSeen = completed;
  }
  const next = lessons[doneAt.length];
  const opens = next && (script ? doneAt.length > 0 : chance.happens(0.7) || doneAt.length === 0);
  if (next && opens) {
    const at = script
      ? later(calendar.daysAgo(Math.max(1, Math.floor(script[1] / 4))), { minutes: chance.whole(540, 900) })
      : later(lastSeen, { days: chance.whole(0, 4), minutes: 20 });
    if (calendar.isPast(at)) {
      opened(next, at, null);
      lastSeen = at;
    }
  }
  const isDone = doneAt.length === lessons.length;
  rows.add('enrolments', {
    ...ours,
    course_id: course.id,
    lessons_done: doneAt.length,
    lessons_total: lessons.length,
    last_lesson_id: (opens && next ? next : lessons[doneAt.length - 1])?.id,
    started_at: later(doneAt[0] ?? from, { minutes: -15 }),
    last_seen_at: lastSeen,
    completed_at: isDone ? doneAt.at(-1) : null,
  });
  return observations;
}

/** Moments at which lessons were done: the last one so many days ago, the others some days apart before it. */
function scripted([done, daysAgo]: [number, number], total: number, calendar: Calendar): Date[] {
  const count = Math.min(done, total);
  return Array.from({ length: count }, (_, index) =>
    later(calendar.daysAgo(daysAgo + 3 * (count - 1 - index)), { minutes: 615 + 17 * index }),
  );
}

/** At each lesson some stop. A few only open the first one. */
function byChance({ chance }: Member, total: number, from: Date, calendar: Calendar): Date[] {
  const doneAt: Date[] = [];
  let at = later(from, { minutes: chance.whole(6, 20) });
  for (let index = 0; index < total && calendar.isPast(at) && chance.happens(0.94); index += 1) {
    doneAt.push(at);
    at = later(at, { days: Math.floor(chance.between(0, 10)), minutes: chance.whole(8, 200) });
  }
  return doneAt;
}

interface AtLesson {
  member: Member;
  ability: Ability;
  lesson: CatalogueLesson;
  at: Date;
}

function sittings(rows: Rows, calendar: Calendar, { member, ability, lesson, at }: AtLesson) {
  const questions = lesson.questions.filter(({ audience }) => isForAudience(member, audience));
  const seen = new Map<string, Date>();
  const observations: DemoObservation[] = [];
  const isRight = byAbility(member, ability, at, calendar);
  let sat = sitQuiz(rows, member, { lesson, questions, number: 1, at, seen, isRight });
  const firstSubmitted = sat.submitted;
  observations.push(...sat.observations);
  for (let number = 2; number <= 3 && !sat.allRight && member.chance.happens(0.45); number += 1) {
    const again = later(sat.submitted, { days: member.chance.whole(1, 50), minutes: member.chance.whole(-60, 60) });
    if (!calendar.isPast(later(again, { minutes: 60 }))) break;
    // After reading the feedback more goes right.
    const better = byAbility(member, ability, again, calendar);
    const improved = (question: (typeof questions)[number]) => better(question) || member.chance.happens(0.4);
    sat = sitQuiz(rows, member, { lesson, questions, number, at: again, seen, isRight: improved });
    observations.push(...sat.observations);
  }
  return { firstSubmitted, lastSubmitted: sat.submitted, observations };
}

/** "How did it go?" after a lesson: the person's own view of what the lesson was about. */
function howItWent(rows: Rows, calendar: Calendar, { member, ability, lesson, at }: AtLesson): DemoObservation[] {
  const truth = ability.at(lesson.competences[0] ?? '', at, calendar);
  const help_level = helpOf(2 + truth - (lesson.level ?? 2) + member.chance.normal(0, 0.8));
  const answer = HELP_ANSWERS[help_level] as HelpAnswer;
  const answered_at = later(at, { minutes: 1 });
  const id = member.chance.uuid();
  rows.add('help_levels', {
    id,
    organisation_id: member.organisationId,
    person_id: member.id,
    lesson_id: lesson.id,
    help_level,
    answered_at,
  });
  return lesson.competences
    .filter((code) => ability.isObserved(code))
    .map((competence_code) => ({
      competence_code,
      source: 'self',
      level: helpLevel(answer),
      help_level,
      share_right: null,
      observed_at: answered_at,
      recorded_by: member.id,
      origin_type: 'help_level',
      origin_id: id,
      note: '',
    }));
}
