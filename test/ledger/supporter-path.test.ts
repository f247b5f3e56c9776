import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { importCourses } from '../../src/features/courses/courses.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { completeLesson } from '../../src/features/progress/progress.service';
import { dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope, reload } from '../support/factories';
import { credentialsOf } from '../support/factories-credentials';
import { theFramework } from '../support/factories-skills';
import { runJobs } from '../support/jobs';

const SKILLS = ['strong-auth-passwords', 'recognise-scam-messages', 'video-appointment'];
const OWN = ['supporter-guidance', 'supporter-ethics'];

async function scene({ withCourses = true } = {}) {
  await theFramework();
  const organisation = await anOrganisation({ name: 'Polkutupa ry' });
  const admin = await aPerson({ organisation, roles: ['administrator'], language: 'en' });
  if (withCourses)
    await inScope(admin, () =>
      importCourses(organisation.id, JSON.parse(fs.readFileSync('src/data/modules.json', 'utf8'))),
    );
  return { organisation, admin };
}

const make = async (admin: Actor, id: string = randomUUID()) =>
  (await as(admin).post('/paths/supporter', { id }).expect(303)).headers.location as string;

const stepsOf = (organisation: { id: string }, address: string) =>
  asOwner(() =>
    db()
      .table('path_courses as s')
      .join('courses as c', 'c.id', 's.course_id')
      .join('learning_paths as p', 'p.id', 's.path_id')
      .where({ 'p.slug': address.split('/').at(-1), 'p.organisation_id': organisation.id })
      .orderBy('s.position')
      .select('c.exchange_id', 's.valid_months', 'c.organisation_id', 'c.id'),
  );

it('is made in one press, once for one form: digital skills, guidance and ethics, which are done again', async () => {
  const { admin, organisation } = await scene();
  const form = page(await as(admin).get('/paths/supporter').expect(200))('input[name=id]').val();
  const address = await make(admin, String(form));
  expect(await make(admin, String(form))).toBe(address);
  const steps = await stepsOf(organisation, address);
  expect(steps.map(({ exchange_id }) => exchange_id)).toEqual([...SKILLS, ...OWN]);
  expect(steps.map(({ valid_months }) => valid_months)).toEqual([null, null, null, null, 24]);
  expect((await as(admin).get(address)).status).toBe(200);
});

it('has only courses that the organisation may use, and updates its own in place when it is made again', async () => {
  await scene();
  const { admin, organisation } = await scene({ withCourses: false });
  const steps = await stepsOf(organisation, await make(admin));
  expect(steps.map(({ exchange_id }) => exchange_id)).toEqual(OWN);
  expect(steps.every(({ organisation_id }) => organisation_id === organisation.id)).toBe(true);
  const again = await stepsOf(organisation, await make(admin));
  expect(again.map(({ id }) => id)).toEqual(steps.map(({ id }) => id));
});

it('is made by administrators only, and by no broken form', async () => {
  const { organisation, admin } = await scene({ withCourses: false });
  for (const roles of [['learner'], ['expert'], ['reviewer']] as const)
    expect(
      (await as(await aPerson({ organisation, roles: [...roles] })).post('/paths/supporter', { id: randomUUID() }))
        .status,
    ).toBe(403);
  for (const id of ['', 'x', "'; drop table people --", ['a', 'b']])
    expect((await as(admin).post('/paths/supporter', { id })).status).toBe(422);
  // The key of another organisation's form: nothing of theirs is told or changed.
  const id = randomUUID();
  await make(admin, id);
  const other = await scene({ withCourses: false });
  const answer = await as(other.admin).post('/paths/supporter', { id });
  expect([answer.status, answer.headers.location]).toEqual([404, undefined]);
  const rows = await asOwner(() =>
    db().table('learning_paths').whereIn('organisation_id', [organisation.id, other.organisation.id]),
  );
  expect(rows.map(({ organisation_id }) => organisation_id)).toEqual([organisation.id]);
});

it('leads from its courses to a certificate, and with checked hours to a work certificate that names the skills', async () => {
  const { organisation, admin } = await scene({ withCourses: false });
  const peer = await aPerson({ organisation, relation: 'peer', name: 'Pia Vertainen', language: 'en' });
  const supervisor = await aPerson({ organisation, name: 'Helena Esihenkilö' });
  await aTeam(organisation, { members: [peer], supervisor });
  const address = await make(admin);
  for (const { id } of await stepsOf(organisation, address)) {
    const lessons = await asOwner(() =>
      db().table('lessons').where({ course_id: id }).whereNotNull('published_at').orderBy('position'),
    );
    for (const lesson of lessons) await inScope(peer, () => completeLesson(peer, lesson));
  }
  await runJobs();
  const kinds = (await credentialsOf(peer)).map(({ kind }) => kind);
  expect(kinds).toEqual(['course', 'course', 'path']);
  const ready = page(await as(peer).get('/skills/schemes/dvv-supporter'));
  expect(ready('.lead').text()).toContain('2 of 4');

  const today = dayOf(new Date());
  const work = { id: randomUUID(), done_on: today, minutes: '120', kind: 'place', topic: 'OmaKanta', note: '' };
  await as(peer).post('/hours', work).expect(303);
  await as(await reload(supervisor))
    .post(`/hours/check/${work.id}`, { minutes: '120', kind: 'place' })
    .expect(303);
  const ask = { id: randomUUID(), from_on: `${today.slice(0, 4)}-01-01`, to_on: today, skills: ['5.4'] };
  await as(peer).post('/hours/certificate', ask).expect(303);
  const stranger = await aPerson({ roles: ['administrator'] });
  expect((await as(stranger).post(`/hours/check/certificate/${ask.id}`, { role: 'X' })).status).toBe(404);
  const signer = await reload(supervisor);
  await as(signer).post(`/hours/check/certificate/${ask.id}`, { role: '<b>Ohjaaja</b>' }).expect(303);
  const certificate = (await credentialsOf(peer)).find(({ kind }) => kind === 'work');
  expect(certificate?.content).toMatchObject({
    issuer: 'Polkutupa ry',
    skills: [{ code: '5.4' }],
    work: { sums: [{ kind: 'place', minutes: 120, times: 1 }], signer_role: '<b>Ohjaaja</b>' },
  });
  const seen = page(await as(peer).get(`/credentials/${certificate?.id}`).expect(200));
  expect(seen('main b')).toHaveLength(0);
  expect(seen('main').text()).toContain('<b>Ohjaaja</b>');
});
