import { renewCourse } from '../../src/features/progress/progress.service';
import { dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aCourse } from '../support/factories-courses';
import { aFinishedCourse, credentialsOf } from '../support/factories-credentials';
import { anAssignment, aPath, aRecognisedCourse } from '../support/factories-paths';
import { theFramework } from '../support/factories-skills';
import { runJobs } from '../support/jobs';

async function arrange() {
  await theFramework();
  const organisation = await anOrganisation();
  const learner = await aPerson({ organisation, language: 'fi' });
  const course = await aFinishedCourse(learner);
  const path = await aPath(organisation, { slug: 'alku', courses: [course] });
  const steps: string[] = [];
  const aStep = (values: object) =>
    asOwner(async () => {
      const row = { organisation_id: organisation.id, path_id: path.id, kind: 'outside', ...values };
      const [{ id }] = await db()
        .table('path_steps')
        .insert({ position: steps.length + 2, ...row })
        .returning('id');
      steps.push(id);
      return id as string;
    });
  const mark = (step: string) => as(learner).post(`/paths/alku/steps/${step}/mark`).expect(303);
  const ofPath = async () => (await credentialsOf(learner)).filter(({ kind }) => kind === 'path');
  const ask = async () => (await as(learner).post('/credentials/finished', { kind: 'path', id: path.id })).status;
  return { organisation, learner, path, aStep, mark, ofPath, ask };
}

describe('of a path that asks for more than courses', () => {
  it('is offered by itself when the last thing is done, once, with that day', async () => {
    const { aStep, mark, ofPath, ask, learner } = await arrange();
    await asOwner(() =>
      db()
        .table('enrolments')
        .update({ completed_at: new Date(Date.now() - 40 * 86_400_000) }),
    );
    const [cafe, club] = [await aStep({}), await aStep({})];
    await mark(cafe);
    await runJobs();
    expect([await ask(), (await ofPath()).length]).toEqual([404, 0]);
    for (let press = 0; press < 2; press += 1) {
      await mark(club);
      await runJobs();
    }
    const made = await ofPath();
    expect(made).toHaveLength(1);
    expect(made[0]?.content.finished_on).toBe(dayOf(new Date()));
    // What was finished long ago and is no path is not offered by a mark.
    expect((await credentialsOf(learner)).filter(({ kind }) => kind === 'course')).toHaveLength(1);
  });

  it('asks for enough of a choice, and for nothing optional or of others', async () => {
    const { path, aStep, mark, ask } = await arrange();
    await asOwner(() => db().table('path_groups').insert({ path_id: path.id, group_key: 1, needed: 1 }));
    const [one] = [await aStep({ group_key: 1 }), await aStep({ group_key: 1 })];
    await aStep({ is_required: false });
    const others = await aStep({});
    await asOwner(() => db().table('path_conditions').insert({ step_id: others, kind: 'role', code: 'administrator' }));
    expect(await ask()).toBe(404);
    await mark(one as string);
    expect(await ask()).toBe(303);
  });

  it('is not given for what was recognised instead of studied', async () => {
    const { path, learner, ask } = await arrange();
    const another = await aCourse({ id: learner.organisation_id });
    await asOwner(async () => {
      const step = { path_id: path.id, course_id: another.id, position: 9 };
      await db().table('path_courses').insert(step);
      await db()
        .table('path_steps')
        .insert({ ...step, organisation_id: learner.organisation_id, kind: 'course' });
    });
    await aRecognisedCourse(learner, another);
    expect(await ask()).toBe(404);
  });
});

it('is valid from the day on which the one before ended, when agreed training was renewed in time', async () => {
  const { learner, organisation } = await arrange();
  const course = await aFinishedCourse(learner);
  const path = await aPath(organisation, { courses: [course] });
  await anAssignment(path, { person: learner });
  await asOwner(async () => {
    await db().table('issued_credentials').delete();
    await db().table('path_courses').where({ course_id: course.id }).update({ valid_months: 12 });
    await db().raw("update enrolments set completed_at = now() - interval '350 days'");
  });
  await inScope(learner, () => renewCourse(learner, course.id));
  await runJobs();
  const { rows } = await asOwner(() =>
    db().raw(
      `select c.content ->> 'finished_on' as finished_on, to_char(c.valid_until, 'YYYY-MM-DD') as valid_until,
         to_char((e.completed_at + interval '24 months') at time zone 'Europe/Helsinki', 'YYYY-MM-DD') as rhythm
       from issued_credentials c join enrolments e on e.course_id = c.course_id where c.kind = 'course'`,
    ),
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ finished_on: dayOf(new Date()), valid_until: rows[0].rhythm });
});
