import { remindOfChecks } from '../../src/features/authoring/review/checks.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { addCalendarDays, momentOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { nextDay } from '../support/days';
import { asOwner } from '../support/factories';
import { aDraftOf, aPair, rewrite, sign, stored, submit, toldTo } from '../support/factories-together';
import { queuedJobs, runJobs } from '../support/jobs';

const post = (actor: Actor, draft: { id: string }, path: string, body: object = {}) =>
  as(actor).post(`/write/drafts/${draft.id}/${path}`, body);
const preview = async (actor: Actor, draft: { id: string }) =>
  page(await as(actor).get(`/write/drafts/${draft.id}/preview`));
const TEXT = ['Hyvä salasana on pitkä.'];

describe('a draft on its way', () => {
  it('goes to review, back with words, to review again, and out; each step with who and when', async () => {
    const { expert, professional } = await aPair();
    const draft = await aDraftOf(expert, TEXT);
    expect((await submit(expert, draft)).headers.location).toContain('done=submitted');
    await post(professional, draft, 'notes', { text: 'Lisää esimerkki.' });
    expect((await stored(expert, draft.id)).state).toBe('writing');
    await rewrite(expert, draft, 'Hyvä salasana on pitkä. Esimerkiksi neljä sanaa.');
    await submit(expert, draft);
    await sign(expert, draft, 'true_to_life');
    await sign(professional, draft, 'correct_and_safe');

    const $ = await preview(expert, draft);
    const happened = $('.happened li strong')
      .toArray()
      .map((line) => $(line).text());
    expect(happened).toHaveLength(7);
    expect($('.happened').text()).toContain('Lisää esimerkki.');
    expect(await toldTo(professional)).toEqual(['draft.submitted', 'draft.submitted']);
    expect(await toldTo(expert)).toEqual(expect.arrayContaining(['draft.changes-asked', 'draft.published']));
    expect(await toldTo(expert)).not.toContain('draft.submitted');
  });

  it('is taken back by its writers alone, also when both have signed and it waits', async () => {
    const { expert, professional, organisation: _, learner } = await aPair();
    const draft = await aDraftOf(expert, TEXT, { publish_mode: 'on_press', state: 'in_review' });
    await sign(expert, draft, 'true_to_life');
    expect((await sign(professional, draft, 'correct_and_safe')).headers.location).toContain('done=approved');
    expect((await stored(expert, draft.id)).state).toBe('approved');
    expect((await post(learner, draft, 'back')).status).toBe(403);
    expect((await post(expert, draft, 'back', { text: 'Vielä yksi asia' })).status).toBe(303);
    expect((await stored(expert, draft.id)).state).toBe('writing');
    expect((await post(expert, draft, 'back')).status).toBe(403);
  });

  it('keeps a signature while its text is the same to the letter, and drops it with a word', async () => {
    const { expert, professional } = await aPair();
    const draft = await aDraftOf(expert, TEXT, { state: 'in_review' });
    await sign(expert, draft, 'true_to_life');
    await post(professional, draft, 'notes', { text: 'Katsotaan vielä.' });
    await rewrite(expert, draft, 'Hyvä salasana on lyhyt.');
    const $ = await preview(professional, draft);
    expect($('.is-signed')).toHaveLength(0);
    const since = $('.signature__fallen a').attr('href') ?? '';
    const changed = page(await as(professional).get(since));
    expect([changed('ins').text(), changed('del').text()]).toEqual([
      expect.stringContaining('lyhyt'),
      expect.stringContaining('pitkä'),
    ]);

    await rewrite(expert, draft, TEXT[0]);
    expect((await preview(professional, draft))('.is-signed')).toHaveLength(1);
    await submit(expert, draft);
    expect((await sign(professional, draft, 'correct_and_safe')).headers.location).toContain('done=published');
  });

  it('asks for both signatures anew for the next publication, even of the same words', async () => {
    const { expert, professional } = await aPair();
    const draft = await aDraftOf(expert, TEXT, { state: 'in_review' });
    await sign(expert, draft, 'true_to_life');
    await sign(professional, draft, 'correct_and_safe');
    await post(expert, draft, 'again');
    await submit(expert, draft);
    expect((await stored(expert, draft.id)).state).toBe('in_review');
    expect((await preview(expert, draft))('.is-signed')).toHaveLength(0);
  });
});

describe('the time of publishing', () => {
  const ahead = nextDay('03-01');
  const plan = (actor: Actor, draft: { id: string }, body: object) => post(actor, draft, 'plan', body);
  const atTime = { mode: 'at_time', day: ahead, time: '9.00' };
  /** As if the moment had come. */
  const letTimePass = async () => {
    jest.spyOn(Date, 'now').mockReturnValue(new Date(`${ahead}T07:00:01Z`).getTime());
  };
  afterEach(() => jest.restoreAllMocks());

  it('is Finnish time, and the job publishes what both have signed', async () => {
    const { expert, professional } = await aPair();
    const draft = await aDraftOf(expert, TEXT, { state: 'in_review' });
    expect((await plan(expert, draft, atTime)).headers.location).toContain('done=planned');
    expect((await stored(expert, draft.id)).publish_at?.toISOString()).toBe(`${ahead}T07:00:00.000Z`);
    await sign(expert, draft, 'true_to_life');
    await sign(professional, draft, 'correct_and_safe');
    expect((await stored(expert, draft.id)).state).toBe('approved');

    for (const _ of [1, 2]) await runJobs({ later: true });
    const out = await stored(expert, draft.id);
    expect([out.state, out.publish_mode]).toEqual(['published', 'at_once']);
    const lessons = await asOwner(() => db().table('lessons').where({ id: out.lesson_id }).pluck('version'));
    expect(lessons).toEqual([1]);
  });

  it('tells when it could not, and publishes with the last signature then', async () => {
    const { expert, professional } = await aPair();
    const draft = await aDraftOf(expert, TEXT, { state: 'in_review' });
    await plan(expert, draft, atTime);
    await sign(expert, draft, 'true_to_life');
    await runJobs({ later: true });
    expect((await stored(expert, draft.id)).state).toBe('in_review');
    expect(await toldTo(expert)).toContain('draft.not-published');
    expect((await preview(expert, draft))('.happened').text()).toContain('signature is missing');
    await letTimePass();
    expect((await sign(professional, draft, 'correct_and_safe')).headers.location).toContain('done=published');
  });

  it('that was changed meanwhile is the only one that counts', async () => {
    const { expert, professional } = await aPair();
    const draft = await aDraftOf(expert, TEXT, { state: 'in_review' });
    await plan(expert, draft, atTime);
    const [old] = await queuedJobs({ later: true });
    await plan(expert, draft, { ...atTime, day: addCalendarDays(ahead, 1) });
    expect((await queuedJobs({ later: true })).filter(({ name }) => name === 'authoring.publish')).toHaveLength(1);
    await plan(expert, draft, { mode: 'on_press' });
    await sign(expert, draft, 'true_to_life');
    await sign(professional, draft, 'correct_and_safe');
    await runJobs({ later: true });
    expect((await stored(expert, draft.id)).state).toBe('approved');
    expect(old?.name).toBe('authoring.publish');
    for (const _ of [1, 2]) expect((await post(expert, draft, 'publish')).status).toBe(303);
    expect((await stored(expert, draft.id)).state).toBe('published');
  });

  it.each([
    [{ mode: 'at_time', day: '', time: '9.00' }, 'day'],
    [{ mode: 'at_time', day: '2020-01-01', time: '9.00' }, 'day'],
    [{ mode: 'at_time', day: '2999-01-01', time: '9.00' }, 'day'],
    [{ mode: 'at_time', day: ahead, time: '25.00' }, 'time'],
    [{ mode: 'at_time', day: ahead, time: ['9', '10'] }, 'time'],
    [{ mode: 'now' }, 'mode'],
    [{}, 'mode'],
  ])('says what is wrong with %j', async (body, field) => {
    const { expert } = await aPair();
    const draft = await aDraftOf(expert, TEXT);
    const response = await plan(expert, draft, body);
    expect([response.status, page(response)(`#${field}-error`).length]).toEqual([422, 1]);
    expect((await stored(expert, draft.id)).publish_at).toBeNull();
  });

  it('is read as clocks show it on summer and winter days and on the nights between', () => {
    const utc = (day: string, time: string) => momentOf(day, time)?.toISOString();
    expect(utc('2027-01-15', '9.00')).toBe('2027-01-15T07:00:00.000Z');
    expect(utc('2027-07-15', '9')).toBe('2027-07-15T06:00:00.000Z');
    expect(utc('2027-10-31', '3:30')).toBe('2027-10-31T00:30:00.000Z');
    expect(utc('2027-03-28', '3.30')).toBe('2027-03-28T01:30:00.000Z');
    expect([utc('2027-01-15', '24.00'), utc('2027-01-15', 'x'), utc('2027-01-15', '9.60')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('parts in a course', () => {
  const give = (actor: Actor, draft: { id: string }, person: Actor, role: string) =>
    post(actor, draft, 'people', { person: person.id, role });

  it('let a reader read and comment and nothing else, and name no signer to them', async () => {
    const { expert, professional, learner } = await aPair();
    const draft = await aDraftOf(expert, TEXT, { state: 'in_review' });
    await sign(expert, draft, 'true_to_life', { shown: 'role' });
    expect((await as(learner).get(`/write/drafts/${draft.id}/preview`)).status).toBe(403);
    await give(professional, draft, learner, 'reader');
    expect(await toldTo(learner)).toEqual(['draft.part-reader']);
    const read = await as(learner).get(`/write/drafts/${draft.id}/preview`);
    expect([read.status, read.text.includes('Pekka Mäkinen')]).toEqual([200, false]);
    expect((await as(learner).get(`/write/drafts/${draft.id}/comments`)).status).toBe(200);
    expect((await as(learner).get(`/write/drafts/${draft.id}`)).status).toBe(403);
    expect((await as(learner).get(`/write/drafts/${draft.id}/people`)).status).toBe(403);
    await post(professional, draft, 'people/removal', { person: learner.id, role: 'reader' });
    expect((await as(learner).get(`/write/drafts/${draft.id}/preview`)).status).toBe(403);
  });

  it('leave writing to the named authors once there are some', async () => {
    const { expert, professional } = await aPair();
    const draft = await aDraftOf(expert, TEXT);
    expect((await as(professional).get(`/write/drafts/${draft.id}`)).status).toBe(200);
    await give(expert, draft, expert, 'author');
    expect((await as(professional).get(`/write/drafts/${draft.id}`)).headers.location).toContain('/preview');
    expect((await submit(professional, draft)).status).toBe(403);
    await give(expert, draft, professional, 'author');
    expect((await as(professional).get(`/write/drafts/${draft.id}`)).status).toBe(200);
  });

  it('of those who have left hold nobody back', async () => {
    const { expert, professional } = await aPair();
    const draft = await aDraftOf(professional, TEXT, { author_id: null });
    await give(expert, draft, expert, 'author');
    const writes = async () => (await as(professional).get(`/write/drafts/${draft.id}`)).status;
    expect(await writes()).toBe(303);
    await asOwner(() =>
      db()
        .table('memberships')
        .where({ person_id: expert.id })
        .update({ ended_on: new Date('2020-01-01') }),
    );
    expect(await writes()).toBe(200);
  });

  it('are given to people of the organisation whose role allows it', async () => {
    const { expert, learner, stranger } = await aPair();
    const draft = await aDraftOf(expert, TEXT);
    expect((await give(expert, draft, learner, 'author')).status).toBe(422);
    expect((await give(expert, draft, stranger, 'reader')).status).toBe(404);
    expect((await give(expert, draft, learner, 'king')).status).toBe(422);
    expect((await post(expert, draft, 'people', { person: 'x', role: 'reader' })).status).toBe(422);
    for (const _ of [1, 2]) expect((await give(expert, draft, learner, 'tester')).status).toBe(303);
    expect(await asOwner(() => db().table('course_people').pluck('role'))).toEqual(['tester']);
  });

  it('offer an expert by experience only when they show it, and name two different people', async () => {
    const { expert, professional } = await aPair();
    const draft = await aDraftOf(professional, TEXT);
    const choices = async (actor: Actor) =>
      page(await as(actor).get(`/write/drafts/${draft.id}/people`))('#expert_id').text();
    expect(await choices(professional)).not.toContain('Pekka');
    expect(await choices(expert)).toContain('Pekka');
    const pair = (actor: Actor, body: object) => post(actor, draft, 'people/pair', body);
    expect((await pair(professional, { expert_id: expert.id, professional_id: '' })).status).toBe(403);
    expect((await pair(expert, { expert_id: expert.id, professional_id: professional.id })).status).toBe(303);
    expect(await toldTo(professional)).toEqual(['draft.part-pair']);
    expect((await pair(expert, { expert_id: expert.id, professional_id: expert.id })).status).toBe(422);
    const now = await stored(expert, draft.id);
    expect([now.expert_id, now.professional_id]).toEqual([expert.id, professional.id]);
  });
});

describe('a text that is getting old', () => {
  it('is in the list and told of, once when the day is near and once when it has come, until somebody reads it', async () => {
    const { expert, professional } = await aPair();
    const draft = await aDraftOf(expert, TEXT, { state: 'in_review' });
    await sign(expert, draft, 'true_to_life');
    await sign(professional, draft, 'correct_and_safe');
    expect((await post(expert, draft, 'check-day', { check_by: '2020-01-01' })).status).toBe(422);
    expect((await post(expert, draft, 'check-day', { check_by: '2098-05-31' })).status).toBe(303);
    const listed = async () => page(await as(professional).get('/write/aging'))('.draft-list li').text();
    expect(await listed()).toBe('');
    const remind = async (days: number) => {
      await asOwner(() => db().raw('update lesson_drafts set check_by = current_date + ?::int', [days]));
      for (const _ of [1, 2]) await remindOfChecks(expert.organisation_id);
      return (await toldTo(expert)).filter((kind) => kind === 'draft.check').length;
    };
    expect([await remind(40), await remind(10)]).toEqual([0, 1]);
    expect(await listed()).toContain('Hyvä salasana');
    await post(professional, draft, 'checked');
    expect(await listed()).toBe('');
    expect(await remind(400)).toBe(1);
  });
});
