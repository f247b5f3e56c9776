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
