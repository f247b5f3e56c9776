import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { newestMonthEnd } from '../../src/features/reports/period';
import { importOwnFramework, type NewObservation, recordObservation } from '../../src/features/skills/skills.service';
import { endOfDay, monthEndBefore } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import type { Language } from '../../src/lib/i18n';
import { anOrganisation, aPerson, asOwner, aTeam, inScope, reload } from './factories';

/** A moment some days before the newest month end, which reports see, moved back by whole months. */
export function monthsAgo(months: number, days = 3): Date {
  const end = endOfDay(monthEndBefore(newestMonthEnd(), months));
  return new Date(end.getTime() - days * 24 * 3600 * 1000);
}

/** The framework that ships, as the owner of its tables. */
export const withFramework = () => asOwner(() => importOwnFramework());

interface TeamOf {
  language?: Language;
  people?: number;
  organisation?: { id: string };
  target_profile?: string;
  names?: string[];
}

/** A team of people who have been in it for years, and its supervisor. */
export async function aTeamOf({ people = 8, target_profile, names = [], language = 'en', ...values }: TeamOf = {}) {
  const organisation = values.organisation ?? (await anOrganisation());
  const started_on = new Date('2020-01-01');
  const members: Actor[] = [];
  for (let index = 0; index < people; index += 1)
    members.push(
      await aPerson({
        organisation,
        started_on,
        language,
        name: names[index] ?? `Jäsen ${index + 1}`,
        ...(target_profile && { target_profile }),
      }),
    );
  const supervisor = await aPerson({ organisation, language, name: 'Helena Esihenkilö' });
  const team = await aTeam(organisation, { members, supervisor });
  await asOwner(() => db().table('team_members').where({ team_id: team.id }).update({ joined_on: started_on }));
  return { organisation, team, members, supervisor: await reload(supervisor) };
}

type Seen = Partial<Omit<NewObservation, 'level'>> & { level?: number; at: Date };

/** Something seen of a person's skill, by default by a professional. */
export async function anObservation(person: Actor, { level = 3, at, ...values }: Seen): Promise<void> {
  await inScope(person, () =>
    recordObservation(person, {
      person_id: person.id,
      competence_code: '4.2',
      source: 'demonstration',
      level,
      observed_at: at,
      origin_type: 'test',
      origin_id: randomUUID(),
      ...values,
    }),
  );
}

/** What is known of one skill of a person from `at` on: exactly this level, seen by others unless `own`. */
export async function aPoint(person: Actor, code: string, at: Date, level: number, own = false): Promise<void> {
  const weight = own ? 1 : 2;
  const [self, other] = own ? [1, 0] : [0, weight];
  const row = {
    organisation_id: person.organisation_id,
    person_id: person.id,
    competence_code: code,
    observed_at: at,
    level,
    weight,
    verified: !own,
    self_weight: self,
    self_levels: self * level,
    self_squares: self * level ** 2,
    other_weight: other,
    other_levels: other * level,
    other_squares: other * level ** 2,
    either_weight: other,
    either_levels: other * level,
  };
  await asOwner(async () => {
    await db().table('skill_points').insert(row);
    await db()
      .table('skill_estimates')
      .insert({ ...row, observations: 1 })
      .onConflict(['organisation_id', 'person_id', 'competence_code'])
      .merge();
  });
}

type LevelsAt = readonly [before: number | null, after: number | null];

/** Levels of people, in order, before and after the usual period; null where nothing was known by then. */
export async function levels(people: readonly Actor[], code: string, pairs: readonly LevelsAt[], own = false) {
  for (const [index, [before, after]] of pairs.entries()) {
    const person = people[index];
    if (!person) throw new Error('more pairs than people');
    if (before !== null) await aPoint(person, code, monthsAgo(6), before, own);
    if (after !== null) await aPoint(person, code, monthsAgo(0), after, own);
  }
}

interface CourseValues {
  title?: string;
  lessons?: number;
}

/** A course with lessons without content, and a path with only it. */
export async function anAgreedCourse(
  organisation: { id: string },
  to: { team?: { id: string }; person?: { id: string }; due_on?: string },
  { title = 'Huijausviestin tunnistaminen', lessons = 4 }: CourseValues = {},
) {
  const [course, module, path] = [randomUUID(), randomUUID(), randomUUID()];
  const organisation_id = organisation.id;
  const lessonIds = Array.from({ length: lessons }, () => randomUUID());
  await asOwner(async () => {
    const insert = (table: string, row: object | object[]) => db().table(table).insert(row);
    await insert('courses', {
      id: course,
      organisation_id,
      slug: course,
      lessons_total: lessons,
      published_at: new Date(),
    });
    await insert('course_texts', { course_id: course, language: 'fi', title });
    await insert('modules', { id: module, course_id: course, position: 1 });
    for (const [index, id] of lessonIds.entries()) {
      await insert('lessons', {
        id,
        organisation_id,
        course_id: course,
        module_id: module,
        slug: `osa-${index + 1}`,
        position: index + 1,
        kind: 'text',
        published_at: new Date(),
      });
      await insert('lesson_texts', { lesson_id: id, language: 'fi', title: `Osa ${index + 1}` });
    }
    await insert('learning_paths', { id: path, organisation_id, slug: path });
    await insert('learning_path_texts', { path_id: path, language: 'fi', title });
    await insert('path_courses', { path_id: path, course_id: course, position: 1 });
    await insert('path_assignments', {
      organisation_id,
      path_id: path,
      team_id: to.team?.id,
      person_id: to.person?.id,
      due_on: to.due_on,
      assigned_at: monthsAgo(7),
    });
  });
  return { id: course, lessons: lessonIds, total: lessons };
}

/** How far a person is on a course. */
export async function anEnrolment(
  person: Actor,
  course: { id: string; total: number },
  done: number,
  completed_at?: Date,
) {
  await asOwner(() =>
    db()
      .table('enrolments')
      .insert({
        organisation_id: person.organisation_id,
        person_id: person.id,
        course_id: course.id,
        lessons_done: done,
        lessons_total: course.total,
        started_at: monthsAgo(5),
        last_seen_at: monthsAgo(2),
        completed_at: completed_at ?? (done === course.total ? monthsAgo(1) : null),
      }),
  );
}

export async function aHelpRequest(
  person: Actor,
  values: { message?: string; lesson_id?: string; asked_at?: Date } = {},
) {
  const id = randomUUID();
  await asOwner(() =>
    db()
      .table('help_requests')
      .insert({ id, organisation_id: person.organisation_id, person_id: person.id, ...values }),
  );
  return id;
}

/** A network of these organisations; its coordinators are people of the last one. */
export async function aNetwork(organisations: readonly { id: string }[]) {
  const id = randomUUID();
  const home = organisations.at(-1) as { id: string };
  await asOwner(async () => {
    await db()
      .table('networks')
      .insert({ id, organisation_id: home.id, name: `Verkosto ${id.slice(0, 8)}` });
    for (const organisation of organisations)
      await db().table('network_organisations').insert({ network_id: id, organisation_id: organisation.id });
  });
  return {
    id,
    async coordinator(values: { language?: Language } = {}): Promise<Actor> {
      const person = await aPerson({ organisation: home, ...values });
      await asOwner(() =>
        db().table('network_coordinators').insert({ network_id: id, organisation_id: home.id, person_id: person.id }),
      );
      return reload(person);
    },
  };
}
