import type { Actor } from '../../src/features/organisations/organisations.model';
import { renewCourse } from '../../src/features/progress/progress.service';
import { remindOfRenewals } from '../../src/features/progress/renewal.service';
import { db } from '../../src/lib/db';
import { asOwner, inScope } from '../support/factories';
import { anAgreedCourse, anEnrolment, aTeamOf } from '../support/factories-reports';

const DAY = 86_400_000;
const yearsAgo = (years: number, days = 0) => {
  const date = new Date(Date.now() + days * DAY);
  date.setUTCFullYear(date.getUTCFullYear() - years);
  return date;
};

const told = async (person: { id: string }) =>
  asOwner(() => db().table('notifications').where({ person_id: person.id }).orderBy('created_at'));
const kinds = async (person: { id: string }) => (await told(person)).map(({ kind }) => kind);

/** A team with a course agreed on that is valid for a year and renewed in 60 days. */
async function arrange() {
  const arranged = await aTeamOf({ people: 3, language: 'fi' });
  const { organisation, team } = arranged;
  const course = await anAgreedCourse(organisation, { team });
  await asOwner(() => db().table('path_courses').where({ course_id: course.id }).update({ valid_months: 12 }));
  return { ...arranged, members: arranged.members as [Actor, Actor, Actor], course };
}

it('tells the person once that agreed training ends, and the supervisor how many, without names', async () => {
  const { organisation, members, supervisor, course } = await arrange();
  await anEnrolment(members[0], course, 4, yearsAgo(1, 30));
  await anEnrolment(members[1], course, 4, yearsAgo(1, 10));
  await anEnrolment(members[2], course, 4, yearsAgo(1, 90));
  for (let times = 0; times < 2; times += 1) await remindOfRenewals(organisation.id);

  for (const member of members.slice(0, 2)) expect(await kinds(member)).toEqual(['training.ending']);
  expect(await kinds(members[2])).toEqual([]);
  const [row, ...more] = await told(supervisor);
  expect(more).toEqual([]);
  expect(row).toMatchObject({ kind: 'training.team-ending', params: { count: 2 } });
  expect(JSON.stringify(row.params)).not.toContain(members[0].name);
});

it('tells nobody of what has ended, was renewed, is not agreed, or is another organisation’s', async () => {
  const { organisation, team, members, supervisor, course } = await arrange();
  await anEnrolment(members[0], course, 4, yearsAgo(1, -5));
  await anEnrolment(members[1], course, 4, yearsAgo(1, 20));
  await asOwner(() => db().table('enrolments').where({ person_id: members[1].id }).update({ renewed_at: new Date() }));
  await remindOfRenewals(organisation.id);
  for (const person of [...members, supervisor]) expect(await told(person)).toEqual([]);

  await anEnrolment(members[2], course, 4, yearsAgo(1, 20));
  await asOwner(() => db().table('path_assignments').where({ team_id: team.id }).delete());
  await remindOfRenewals(organisation.id);
  const other = await arrange();
  await anEnrolment(other.members[0], other.course, 4, yearsAgo(1, 20));
  await remindOfRenewals(organisation.id);
  for (const person of [...members, supervisor, ...other.members, other.supervisor])
    expect(await told(person)).toEqual([]);
});

describe('renewing', () => {
  const until = (person: Actor) =>
    asOwner(async () => {
      const { rows } = await db().raw(
        `select (counts_from - completed_at) >= interval '364 days' as is_rhythm, completed_at is not null as is_done,
           counts_from::date = current_date as is_today from enrolments where person_id = ?`,
        [person.id],
      );
      return rows[0];
    });

  it('within the window keeps the rhythm: the new year begins where the old one ends', async () => {
    const { members, course } = await arrange();
    await anEnrolment(members[0], course, 4, yearsAgo(1, 30));
    await inScope(members[0], () => renewCourse(members[0], course.id));
    expect(await until(members[0])).toEqual({ is_rhythm: true, is_done: true, is_today: false });
  });

  it('after the end begins today, and the first completion stays', async () => {
    const { members, course } = await arrange();
    await anEnrolment(members[0], course, 4, yearsAgo(1, -20));
    await inScope(members[0], () => renewCourse(members[0], course.id));
    expect(await until(members[0])).toMatchObject({ is_done: true, is_today: true });
  });
});
