import { randomUUID } from 'node:crypto';
import type { Course } from '../../src/features/courses/courses.model';
import type { LearningPath } from '../../src/features/paths/paths.model';
import { db } from '../../src/lib/db';
import { asOwner } from './factories';

type PathValues = Partial<LearningPath> & { title?: string; courses?: Course[] };

/** A path of the organisation with these courses in this order. */
export async function aPath(organisation: { id: string }, values: PathValues = {}): Promise<LearningPath> {
  const { title = 'Digiturvan alku', courses = [], ...path } = values;
  const id = path.id ?? randomUUID();
  return asOwner(async () => {
    await db()
      .table('learning_paths')
      .insert({ id, organisation_id: organisation.id, slug: id, ...path });
    await db().table('learning_path_texts').insert({ path_id: id, language: 'fi', title, summary: '' });
    for (const [index, course] of courses.entries()) {
      const step = { path_id: id, course_id: course.id, position: index + 1 };
      await db().table('path_courses').insert(step);
      await db()
        .table('path_steps')
        .insert({ ...step, organisation_id: organisation.id, kind: 'course' });
    }
    return db().table('learning_paths').where({ id }).first();
  });
}

type AssignmentValues = { person?: { id: string }; team?: { id: string }; due_on?: string };

export async function anAssignment(path: LearningPath, { person, team, due_on }: AssignmentValues): Promise<string> {
  const [row] = await asOwner(() =>
    db()
      .table('path_assignments')
      .insert({
        organisation_id: path.organisation_id,
        path_id: path.id,
        person_id: person?.id ?? null,
        team_id: team?.id ?? null,
        due_on: due_on ?? null,
      })
      .returning('id'),
  );
  return row.id;
}

/** The course counts as learnt before for the person, on the path that holds it. */
export async function aRecognisedCourse(
  person: { id: string; organisation_id: string },
  course: { id: string },
  marked_at = new Date(),
): Promise<void> {
  const { id: person_id, organisation_id } = person;
  await asOwner(async () => {
    const steps = () => db().table('path_steps').where({ organisation_id, course_id: course.id });
    const { path_id } = await db().table('path_courses').where({ course_id: course.id }).first('path_id');
    if (!(await steps().first()))
      await steps().insert({ organisation_id, path_id, course_id: course.id, kind: 'course', position: 1 });
    const { id: step_id } = await steps().first('id');
    await db().table('path_step_marks').insert({ organisation_id, person_id, step_id, how: 'recognised', marked_at });
  });
}
