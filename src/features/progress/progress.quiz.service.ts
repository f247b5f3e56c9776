import { atomically, db } from '../../lib/db';
import type { PublishedLesson } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import type { Attempt } from '../quizzes/attempts.model';
import type { Quiz } from '../quizzes/quizzes.model';
import { derivedId, handIn, openAttempt } from '../quizzes/quizzes.service';
import { HELP_ANSWERS, helpLevel } from '../skills/self-assessment';
import { recordObservation } from '../skills/skills.service';
import { selectCompetences } from './progress.quiz.queries';
import { completeLesson, openLesson } from './progress.service';

/** The attempt to answer in; the lesson becomes the one to continue. Undefined when no attempts are left. */
export function beginQuiz(actor: Actor, lesson: PublishedLesson, quiz: Quiz): Promise<Attempt | undefined> {
  return atomically(async () => {
    const attempt = await openAttempt(actor, quiz);
    if (attempt) await openLesson(actor, lesson, undefined, lesson.version);
    return attempt;
  });
}

/** Hands in and completes the lesson, both or neither. Safe to call twice. */
export function finishQuiz(actor: Actor, lesson: PublishedLesson, attempt: Attempt): Promise<void> {
  return atomically(async () => {
    if (await handIn(actor, attempt)) await completeLesson(actor, lesson);
  });
}

/**
 * Keeps how the lesson went, 0..3 on the help scale, as the person's own view of each competence of the lesson.
 * The same form sent twice is one answer; another answer later is a new one, and earlier ones stay.
 */
export function keepHelpLevel(actor: Actor, lesson: PublishedLesson, level: number, answerId: string): Promise<void> {
  return atomically(async () => {
    const id = derivedId(actor.organisation_id, actor.id, lesson.id, answerId, String(level));
    const { rows } = await db().raw(
      `insert into help_levels (id, organisation_id, person_id, lesson_id, help_level) values (?, ?, ?, ?, ?)
       on conflict (id) do nothing returning answered_at`,
      [id, actor.organisation_id, actor.id, lesson.id, level],
    );
    const answer = HELP_ANSWERS[level];
    if (rows.length === 0 || answer === undefined) return;

    for (const competence_code of await selectCompetences(lesson, audiencesOf(actor))) {
      await recordObservation(actor, {
        person_id: actor.id,
        competence_code,
        source: 'self',
        level: helpLevel(answer),
        help_level: level as 0 | 1 | 2 | 3,
        observed_at: rows[0].answered_at,
        origin_type: 'help_level',
        origin_id: id,
      });
    }
  });
}
