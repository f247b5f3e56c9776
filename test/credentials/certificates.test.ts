import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { offerFinished } from '../../src/features/credentials/offers.service';
import { completeLesson, renewCourse } from '../../src/features/progress/progress.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aLesson } from '../support/factories-courses';
import { aFinishedCourse, anAcceptedBadge, anAchievement, credentialsOf } from '../support/factories-credentials';
import { theFramework } from '../support/factories-skills';
import { runJobs } from '../support/jobs';

const TAKE = { shown_name: 'Aino K.', is_public: 'yes' };

async function scene() {
  await theFramework();
  const organisation = await anOrganisation({ name: 'Polkutupa ry' });
  const learner = await aPerson({ organisation, language: 'fi' });
  const admin = await aPerson({ organisation, roles: ['administrator'] });
  return { organisation, learner, admin };
}

async function taken() {
  const known = await scene();
  const course = await aFinishedCourse(known.learner);
  const [row] = await credentialsOf(known.learner);
  await as(known.learner).post(`/credentials/${row?.id}/accept`, TAKE).expect(303);
  const [accepted] = await credentialsOf(known.learner);
  return { ...known, course, row: accepted as NonNullable<typeof accepted> };
}

it('offers a certificate when a course is finished, once, and shows it to nobody before the yes', async () => {
  const { learner } = await scene();
  const course = await aFinishedCourse(learner);
  for (const _ of [1, 2])
    await offerFinished({ organisation_id: learner.organisation_id, person_id: learner.id, course_id: course.id });
  const rows = await credentialsOf(learner);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ kind: 'course', state: 'offered', code: null, is_public: false });
  const told = await asOwner(() => db().table('notifications').where({ person_id: learner.id }));
  expect(told.map(({ kind, href }) => [kind, href])).toEqual([
    ['credentials.certificate', `/credentials/${rows[0]?.id}`],
  ]);
});

it('is checked by its code, typed as it comes, and says only what is on it', async () => {
  const { row, learner } = await taken();
  const typed = ` ${row.code?.toLowerCase().replace(/(.{4})/g, '$1 - ')} `;
  const sent = await as(undefined).post('/check', { code: typed }).expect(303);
  expect(sent.headers.location).toBe(`/check/${row.code}`);
  const answer = await as(undefined).get(`/check/${row.code}`).expect(200);
  expect(answer.headers['x-robots-tag']).toContain('noindex');
  const words = page(answer)('main').text();
  for (const told of ['Aino K.', 'Turvallinen salasana', 'Polkutupa ry', '1,5']) expect(words).toContain(told);
  expect(words).not.toContain(learner.name);
});

it('answers the same for a code that is hidden, declined, wrong or nothing', async () => {
  const { row, learner } = await taken();
  const unknown = page(await as(undefined).get('/check/7K3D9XWM4T2BQH8N').expect(404))('main').text();
  await as(learner).post(`/credentials/${row.id}/show`, { show: 'no' }).expect(303);
  expect(page(await as(undefined).get(`/check/${row.code}`).expect(404))('main').text()).toBe(unknown);
  await as(learner).post(`/credentials/${row.id}/show`, { show: 'yes' }).expect(303);
  await as(undefined).get(`/check/${row.code}`).expect(200);
  await as(learner).post(`/credentials/${row.id}/drop`).expect(303);
  expect(page(await as(undefined).get(`/check/${row.code}`).expect(404))('main').text()).toBe(unknown);
  await as(undefined).get('/check/nothing').expect(404);
  const wrong = await as(undefined).post('/check', { code: '<b>hei' }).expect(422);
  expect(page(wrong)('#code').val()).toBe('<b>hei');
});

it('slows down those who try codes', async () => {
  const tries = [];
  for (let at = 0; at < 61; at += 1) tries.push((await as(undefined).get('/check/7K3D9XWM4T2BQH8N')).status);
  expect(tries.slice(0, 60).every((status) => status === 404)).toBe(true);
  expect(tries.at(-1)).toBe(429);
});

it('stays as it was when the course changes, and when it is deleted', async () => {
  const { row, course } = await taken();
  await asOwner(async () => {
    await db().table('course_texts').where({ course_id: course.id }).update({ title: 'Aivan muuta' });
    await db().table('enrolments').where({ course_id: course.id }).delete();
    await db().table('courses').where({ id: course.id }).delete();
  });
  const words = page(await as(undefined).get(`/check/${row.code}`).expect(200))('main').text();
  expect(words).toContain('Turvallinen salasana');
  expect(words).not.toContain('Aivan muuta');
});

it('tells that it has expired', async () => {
  const { row } = await taken();
  await asOwner(() => db().table('issued_credentials').where({ id: row.id }).update({ valid_until: '2020-01-01' }));
  expect(page(await as(undefined).get(`/check/${row.code}`))('main').text()).toMatch(/päättynyt|expired/);
});

it('is a tagged PDF in the reader’s language, with the code and where to check it', async () => {
  const { row, learner } = await taken();
  const read = async (language: string) => {
    const { body } = await as(learner)
      .get(`/credentials/${row.id}/certificate.pdf?language=${language}`)
      .buffer(true)
      .expect(200);
    return JSON.parse(
      execFileSync(process.execPath, [path.resolve('test/support/read-pdf.mjs')], { input: body, encoding: 'utf8' }),
    );
  };
  const fi = await read('fi');
  expect([fi.marked, fi.language]).toEqual([true, 'fi']);
  const text = JSON.stringify(fi);
  for (const told of [
    'Aino K.',
    'Todistus kurssista',
    'Turvallinen salasana',
    row.code?.slice(0, 4),
    'QR-koodi',
    'Polkutupa ry',
  ])
    expect(text).toContain(told);
  expect(JSON.stringify(await read('sv'))).toContain('Kursintyg');
});

it('is given again when training is done again, and the same finish never twice', async () => {
  const { learner } = await scene();
  const course = await aFinishedCourse(learner, { badge: true });
  await asOwner(() =>
    db()
      .table('enrolments')
      .update({ completed_at: new Date(Date.now() - 400 * 86_400_000) }),
  );
  await asOwner(() =>
    db()
      .table('issued_credentials')
      .update({ key: db().raw("replace(key, to_char(now(), 'YYYY-MM-DD'), '2025-01-01')") }),
  );
  await inScope(learner, () => renewCourse(learner, course.id));
  await runJobs();
  await inScope(learner, () => renewCourse(learner, course.id));
  await runJobs();
  expect((await credentialsOf(learner)).map(({ kind }) => kind)).toEqual(['badge', 'badge', 'course', 'course']);
});

it('is gone when declined, comes not back by itself, and does when its person asks', async () => {
  const { learner } = await scene();
  const course = await aFinishedCourse(learner);
  const [row] = await credentialsOf(learner);
  await as(learner).post(`/credentials/${row?.id}/drop`).expect(303);
  await offerFinished({ organisation_id: learner.organisation_id, person_id: learner.id, course_id: course.id });
  await as(learner).get(`/credentials/${row?.id}`).expect(404);
  expect(await credentialsOf(learner)).toMatchObject([{ state: 'declined', content: { titles: {} } }]);
  await as(learner).post('/credentials/finished', { kind: 'course', id: course.id }).expect(303);
  expect((await credentialsOf(learner)).map(({ state }) => state).sort()).toEqual(['declined', 'offered']);
});

it('keeps what was typed when the name is missing', async () => {
  const { learner } = await scene();
  await aFinishedCourse(learner, { badge: true });
  const badge = (await credentialsOf(learner)).find(({ kind }) => kind === 'badge');
  const answer = await as(learner)
    .post(`/credentials/${badge?.id}/accept`, { shown_name: '  ', evidence: 'Näin <i>', by_email: 'yes' })
    .expect(422);
  const $ = page(answer);
  expect($('#evidence').val()).toContain('Näin <i>');
  expect($('#by_email').attr('checked')).toBeDefined();
  expect($('.govuk-error-summary a').attr('href')).toBe('#shown_name');
});

describe('giving by hand', () => {
  it('offers with a reason, once for one form, to anybody but oneself', async () => {
    const { learner, admin } = await scene();
    const id = await anAchievement(admin);
    const form = {
      key: '8c0b1f66-1111-4222-8333-123456789abc',
      person: learner.username,
      reason: 'Neuvoit <b>muita</b>',
    };
    for (const _ of [1, 2]) await as(admin).post(`/organisation/badges/${id}/give`, form).expect(303);
    const rows = await credentialsOf(learner);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ state: 'offered', given_by: admin.id });
    const seen = await as(learner).get(`/credentials/${rows[0]?.id}`).expect(200);
    expect(seen.text).toContain('Neuvoit &lt;b&gt;muita');
    const own = await as(admin)
      .post(`/organisation/badges/${id}/give`, { ...form, person: admin.username })
      .expect(422);
    expect(own.text).toContain('person-error');
    expect(await credentialsOf(admin)).toEqual([]);
  });

  it('is for administrators and reviewers, within their organisation', async () => {
    const { learner, admin, organisation } = await scene();
    const id = await anAchievement(admin);
    const stranger = await aPerson({ roles: ['administrator'] });
    const reviewer = await aPerson({ organisation, roles: ['reviewer'] });
    const form = { key: '8c0b1f66-1111-4222-8333-123456789abc', person: learner.username, reason: 'Hyvin tehty' };
    await as(learner).post(`/organisation/badges/${id}/give`, form).expect(403);
    await as(stranger).post(`/organisation/badges/${id}/give`, form).expect(404);
    await as(stranger).get(`/organisation/badges/${id}`).expect(404);
    const elsewhere = await as(admin).post(`/organisation/badges/${id}/give`, { ...form, person: stranger.username });
    expect(elsewhere.status).toBe(422);
    await as(reviewer).post(`/organisation/badges/${id}/give`, form).expect(303);
    await as(reviewer).post('/organisation/badges/keys', { go: 'new' }).expect(403);
  });
});

it('keeps others out of what is theirs to take, and administrators out of what was not taken', async () => {
  const { learner, organisation, admin } = await scene();
  await aFinishedCourse(learner);
  const [row] = await credentialsOf(learner);
  const colleague = await aPerson({ organisation });
  for (const other of [colleague, admin]) {
    await as(other).get(`/credentials/${row?.id}`).expect(404);
    await as(other).post(`/credentials/${row?.id}/accept`, TAKE).expect(404);
    await as(other).post(`/credentials/${row?.id}/drop`).expect(404);
  }
  await as(admin).get(`/organisation/badges/given/${row?.id}`).expect(404);
  await as(admin).post(`/organisation/badges/given/${row?.id}/revoke`, { reason: 'Ei vielä' }).expect(404);
});

it('revokes the earlier copy when a badge is taken again with other words', async () => {
  const { learner } = await scene();
  const first = await anAcceptedBadge(learner);
  await as(learner)
    .post(`/credentials/${first.row.id}/accept`, { ...TAKE, language: 'fi', evidence: 'Toisin' })
    .expect(303);
  const bits = await asOwner(() => db().table('revoked_bits').pluck('index'));
  expect(bits).toEqual([first.row.status_index]);
  const again = (await credentialsOf(learner)).find(({ kind }) => kind === 'badge');
  expect(again?.code).toBe(first.row.code);
  expect(JSON.parse(again?.document ?? '').evidence[0].narrative).toBe('Toisin');
});

it('changes nothing of given badges when the badge is changed: a new version is another one', async () => {
  const { learner, admin } = await scene();
  const { row } = await anAcceptedBadge(learner);
  const edit = `/organisation/badges/${row.achievement_id}/edit`;
  const id = '8c0b1f66-1111-4222-8333-123456789abd';
  const form = {
    id,
    name_fi: 'Uusi nimi',
    criteria_fi: 'Uusi',
    words_fi: 'Vene',
    template: 'boat',
    given_for: '',
    valid_months: '24',
  };
  expect((await as(admin).post(edit, { ...form, name_sv: 'Bara namn' })).status).toBe(422);
  await as(admin).post(edit, form).expect(303);
  expect(page(await as(undefined).get(`/achievements/${row.achievement_id}`).expect(200))('h1').text()).not.toBe(
    'Uusi nimi',
  );
  expect(page(await as(undefined).get(`/achievements/${id}`).expect(200))('h1').text()).toBe('Uusi nimi');
});

it('makes certificates of paths when their last course is finished', async () => {
  const { learner, organisation } = await scene();
  const course = await aFinishedCourse(learner);
  const [path] = await asOwner(() =>
    db().table('learning_paths').insert({ organisation_id: organisation.id, slug: 'alku' }).returning('*'),
  );
  await asOwner(() =>
    db().table('learning_path_texts').insert({ path_id: path.id, language: 'fi', title: 'Alkupolku' }),
  );
  await asOwner(() =>
    db().table('path_courses').insert({ path_id: path.id, course_id: course.id, position: 1, valid_months: 12 }),
  );
  await as(learner).post('/credentials/finished', { kind: 'path', id: path.id }).expect(303);
  const made = (await credentialsOf(learner)).find(({ kind }) => kind === 'path');
  expect(made).toMatchObject({ state: 'offered', content: { titles: { fi: 'Alkupolku' } } });
  const unfinished = await aFinishedCourse(await aPerson({ organisation }));
  const lesson = await aLesson(unfinished);
  expect(lesson.course_id).toBe(unfinished.id);
  await as(learner).post('/credentials/finished', { kind: 'course', id: unfinished.id }).expect(404);
  await inScope(learner, () => completeLesson(learner, lesson));
});
