import { randomUUID } from 'node:crypto';
import { invitationToken, onPaper, readToken, tokenHash } from '../../src/features/evidence/token';
import { withdrawInvitation } from '../../src/features/evidence/views.service';
import { db } from '../../src/lib/db';
import { LANGUAGES } from '../../src/lib/i18n';
import { as, page } from '../support/browser';
import { inDays } from '../support/days';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { anAnswer, anInvitation } from '../support/factories-evidence';
import { theFramework } from '../support/factories-skills';

beforeEach(theFramework);
const outsider = () => as(undefined);
const views = () => asOwner(() => db()('invited_views').orderBy('competence_code'));

describe('the token', () => {
  it('has 130 bits, its own for each invitation, and is stored as a hash only', async () => {
    const learner = await aPerson();
    const { id, token } = await anInvitation(learner);
    expect(token).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(invitationToken(randomUUID())).not.toBe(token);
    const [row] = await inScope(learner, () => db()('view_invitations').where({ id }));
    expect(row?.token_hash).toEqual(tokenHash(token));
    expect(JSON.stringify(row)).not.toContain(token);
  });

  it('is read as people type it', () => {
    const token = invitationToken(randomUUID());
    expect(readToken(` ${onPaper(token).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `)).toBe(token);
    for (const typed of ['', 'ABC', `${token}A`, token.replace(/.$/, 'U'), '<script>'.repeat(30)])
      expect(readToken(typed)).toBeUndefined();
  });
});

it('tells only the chosen name and the skills, asks no engine to keep it, and sets no cookie', async () => {
  const organisation = await anOrganisation({ name: 'SALAINEN JÄRJESTÖ' });
  const learner = await aPerson({ organisation, name: 'Aino SUKUNIMI', target_profile: 'professional' });
  await aPerson({ organisation, name: 'TYÖKAVERI' });
  const { address, id } = await anInvitation(learner, { message: 'Muistatko hakemuksen?' });

  const response = await outsider().get(address);
  expect(response.status).toBe(200);
  expect(response.headers['x-robots-tag']).toContain('noindex');
  // With 'no-referrer' older browsers send the form as coming from nowhere, and it would be refused.
  expect(response.headers['referrer-policy']).toBe('same-origin');
  expect(response.headers['cache-control']).toBe('no-store');
  expect(response.headers['set-cookie']).toBeUndefined();
  const $ = page(response);
  expect($('h1').text()).toContain('Aino');
  expect($('blockquote').text()).toBe('Muistatko hakemuksen?');
  for (const secret of ['SUKUNIMI', 'JÄRJESTÖ', 'TYÖKAVERI', 'professional', learner.id, organisation.id, id])
    expect([secret, response.text.includes(secret)]).toEqual([secret, false]);
});

it('keeps the answer for the person alone, dated to the work, and opens no second time', async () => {
  const learner = await aPerson();
  const { address } = await anInvitation(learner, { competence_codes: ['4.2', '2.1'] });
  const sent = anAnswer({ done_on: inDays(-30), source: 'experience_expert' });
  const first = await outsider().post(address, sent);
  const again = await outsider().post(address, sent);
  expect([first.status, first.headers.location, again.headers.location]).toEqual([303, '/view/thanks', '/view/thanks']);
  expect(first.headers['set-cookie']).toBeUndefined();

  expect(await views()).toMatchObject([
    { competence_code: '4.2', source: 'experience_expert', rater_name: 'Ulla', rater_id: null, accepted_at: null },
  ]);
  expect((await views())[0]?.observed_at.toISOString().slice(0, 10)).toBe(inDays(-30));
  expect(await asOwner(() => db()('observations'))).toEqual([]);

  expect((await outsider().get(address)).status).toBe(404);
  expect((await outsider().post(address, anAnswer())).status).toBe(404);
  expect(await views()).toHaveLength(1);
});

it('answers the same for a guessed, an expired and a withdrawn link, and for one whose person has gone', async () => {
  const learner = await aPerson({ name: 'MERKKI Nimi' });
  const expired = await anInvitation(learner);
  await asOwner(() =>
    db()('view_invitations')
      .where({ id: expired.id })
      .update({ expires_at: new Date(Date.now() - 1000) }),
  );
  const withdrawn = await anInvitation(learner);
  expect(await inScope(learner, () => withdrawInvitation(learner, withdrawn.id))).toBe(true);
  const left = await aPerson();
  const ofTheLeft = await anInvitation(left);
  await asOwner(() =>
    db()('memberships')
      .where({ person_id: left.id })
      .update({ ended_on: new Date('2026-01-01') }),
  );
  const erased = await aPerson();
  const ofTheErased = await anInvitation(erased);
  await asOwner(async () => {
    for (const table of ['memberships', 'audit_events'])
      await db()
        .table(table)
        .where(table === 'memberships' ? { person_id: erased.id } : { actor_id: erased.id })
        .delete();
    await db()('people').where({ id: erased.id }).delete();
  });

  const pages = [];
  for (const address of [
    `/view/${invitationToken(randomUUID())}`,
    '/view/nothing',
    expired.address,
    withdrawn.address,
    ofTheLeft.address,
    ofTheErased.address,
  ]) {
    const got = await outsider().get(address);
    const posted = await outsider().post(address, anAnswer());
    expect([address, got.status, posted.status]).toEqual([address, 404, 404]);
    pages.push(got.text.replaceAll(address, ''), posted.text.replaceAll(address, ''));
  }
  expect(new Set(pages).size).toBe(1);
  expect(pages[0]).not.toContain('MERKKI');
  expect(await views()).toEqual([]);
});

it('shows what is missing with a message by it, and keeps what was typed', async () => {
  const { address } = await anInvitation(await aPerson());
  const response = await outsider().post(
    address,
    anAnswer({
      'seen-4.2': [],
      'help-4.2': '',
      done_on: '31.2.2026',
      source: 'boss',
      rater_name: ' ',
      'note-4.2': 'Säily tässä',
    }),
  );
  const $ = page(response);
  expect(response.status).toBe(422);
  expect($('.govuk-error-summary li')).toHaveLength(4);
  expect($('[name="note-4.2"]').val()?.toString().trim()).toBe('Säily tässä');
  const nothing = await outsider().post(address, anAnswer({ 'seen-4.2': undefined, 'help-4.2': '' }));
  expect([nothing.status, page(nothing)('.govuk-error-summary li').length]).toEqual([422, 1]);
});

it.each([
  ['a line of another skill', { 'seen-4.2': ['1.2-o-1'] }],
  ['a day to come', { done_on: '2999-01-01' }],
  ['a day long gone', { done_on: '1990-01-01' }],
  ['a key that is none', { key: 'x' }],
  ['a long text', { 'note-4.2': 'a'.repeat(501) }],
  ['a long name', { rater_name: 'a'.repeat(81) }],
  ['a help level that is none', { 'help-4.2': '9' }],
  ['a name of unseen signs', { rater_name: '\u202E\u200B' }],
])('refuses %s', async (_what, values) => {
  const { address } = await anInvitation(await aPerson());
  expect((await outsider().post(address, anAnswer(values))).status).toBe(422);
  expect(await views()).toEqual([]);
});

it('shows hostile text as text', async () => {
  const learner = await aPerson();
  const evil = '<script>alert(1)</script>\u202Egpj"\'';
  const { address, id } = await anInvitation(learner, {
    shown_name: '<b>Aino</b>',
    message: '<script>alert(2)</script>',
  });
  expect((await outsider().get(address)).text).not.toMatch(/<script>alert|<b>Aino/);
  await outsider().post(address, anAnswer({ rater_name: evil, knows_from: evil, 'note-4.2': evil }));
  const shown = (await as(learner).get(`/skills/views/${id}`)).text;
  expect(shown).toContain('&lt;script&gt;alert(1)');
  expect(shown).not.toMatch(/<script>alert|\u202E/);
});

it('is no way to tell of oneself', async () => {
  const learner = await aPerson();
  const { address } = await anInvitation(learner);
  expect((await as(learner).get(address)).status).toBe(200);
  expect((await as(learner).post(address, anAnswer())).status).toBe(422);
  expect(await views()).toEqual([]);
});

it('lets nobody try codes without end', async () => {
  const visitor = outsider();
  const statuses = new Set<number>();
  for (let tries = 0; tries < 121; tries += 1)
    statuses.add((await visitor.get(`/view/${invitationToken(randomUUID())}`)).status);
  expect([...statuses]).toEqual([404, 429]);
});

it('leads from a code on paper to the page', async () => {
  const { token } = await anInvitation(await aPerson());
  const response = await outsider().post('/view', { code: onPaper(token) });
  expect(response.headers.location).toBe(`/view/${token}`);
  expect((await outsider().post('/view', { code: 'not a code' })).status).toBe(422);
});

it.each(LANGUAGES)('speaks %s', async (language) => {
  const { address } = await anInvitation(await aPerson());
  for (const path of [address, '/view', '/view/thanks', '/view/gone']) {
    const response = await outsider().get(path).set('Cookie', `language=${language}`);
    expect(response.text).not.toMatch(/>\s*(views|skills)\./);
    expect(response.text).toContain(`lang="${language === 'fi-x-selko' ? 'fi' : language}"`);
  }
});
