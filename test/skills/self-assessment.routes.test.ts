import { db } from '../../src/lib/db';
import { LANGUAGES } from '../../src/lib/i18n';
import { as, page } from '../support/browser';
import { aPerson, asOwner, inScope } from '../support/factories';
import { theFramework } from '../support/factories-skills';

const HOME = '/skills/self-assessment';
beforeEach(theFramework);

const answers = (code: string, k: string, s: string, a: string) => ({
  [`${code}-s-k`]: k,
  [`${code}-s-s`]: s,
  [`${code}-s-a`]: a,
});

describe('the self-assessment', () => {
  it('asks of eight skills, keeps each page, and makes dated observations of what was answered', async () => {
    const person = await aPerson();
    const begun = await as(person).post(HOME);
    expect([begun.status, begun.headers.location]).toEqual([303, `${HOME}/1.2`]);

    const first = await as(person).post(`${HOME}/1.2`, answers('1.2', '2', '2', 'skip'));
    expect(first.headers.location).toBe(`${HOME}/2.1`);
    await as(person).post(`${HOME}/2.1`, answers('2.1', 'skip', 'skip', 'skip'));
    const last = await as(person).post(`${HOME}/5.4`, { '5.4-s-s': '2' });
    expect(last.headers.location).toBe(`${HOME}/ready`);
    expect(await inScope(person, () => db()('observations'))).toHaveLength(0);

    const done = await as(person).post(`${HOME}/ready`);
    expect([done.status, done.headers.location]).toEqual([303, '/skills?saved=self']);
    const rows = await inScope(person, () => db()('observations').orderBy('competence_code'));
    expect(rows).toMatchObject([
      { competence_code: '1.2', source: 'self', level: 4, origin_type: 'self-assessment', help_level: null },
      { competence_code: '5.4', source: 'self', level: 3 },
    ]);
    expect(page(await as(person).get('/skills?saved=self'))('.notice').text()).toContain('own view is kept');
  });

  it('goes on where the person left, with what they chose, and back too', async () => {
    const person = await aPerson();
    await as(person).post(HOME);
    const stopped = await as(person).post(`${HOME}/1.2`, { ...answers('1.2', '0', '1', 'skip'), go: 'stop' });
    expect(stopped.headers.location).toBe('/skills');

    expect((await as(person).post(HOME)).headers.location).toBe(`${HOME}/2.1`);
    expect((await as(person).post(`${HOME}/2.1`, { go: 'back' })).headers.location).toBe(`${HOME}/1.2`);
    const $ = page(await as(person).get(`${HOME}/1.2`));
    expect(
      $('input:checked')
        .toArray()
        .map((input) => [$(input).attr('name'), $(input).val()]),
    ).toEqual([
      ['1.2-s-k', '0'],
      ['1.2-s-s', '1'],
      ['1.2-s-a', 'skip'],
    ]);
    expect(page(await as(person).get(HOME))('.next-step form').attr('action')).toBe(HOME);
  });

  it('asks one thing at a time in simple mode, forward and back, and goes on at the first that is open', async () => {
    const person = await aPerson({ simple_mode: true });
    const press = (address: string, form: object) =>
      as(person)
        .post(address, form)
        .then(({ headers }) => headers.location);
    expect((await as(person).post(HOME)).headers.location).toBe(`${HOME}/1.2`);
    const first = page(await as(person).get(`${HOME}/1.2`));
    expect([first('fieldset').length, first('.simple__where').text().trim()]).toEqual([
      1,
      'Skill 1 of 8, question 1 of 3',
    ]);
    const action = first('form#answers').attr('action') ?? '';
    expect(await press(action, { '1.2-s-k': '2' })).toBe(`${HOME}/1.2?item=2`);
    expect(await press(`${HOME}/1.2?item=2`, { go: 'back' })).toBe(`${HOME}/1.2`);
    expect(page(await as(person).get(`${HOME}/1.2`))('input:checked').val()).toBe('2');
    expect(await press(`${HOME}/1.2?item=2`, { go: 'stop' })).toBe('/stop');
    expect((await as(person).post(HOME)).headers.location).toBe(`${HOME}/1.2?item=2`);
    expect(await press(`${HOME}/1.2?item=3`, { '1.2-s-a': 'skip' })).toBe(`${HOME}/2.1`);
    expect(await press(`${HOME}/2.1`, { go: 'back' })).toBe(`${HOME}/1.2?item=3`);
    expect(await press(`${HOME}/5.4?item=3`, {})).toBe(`${HOME}/ready`);
    const odd = await as(person).post(`${HOME}/2.1?item=2`, { '2.1-s-s': '7' });
    expect([odd.status, page(odd)('fieldset').length]).toEqual([422, 1]);
    for (const item of ['9', 'x', '0']) expect((await as(person).get(`${HOME}/1.2?item=${item}`)).status).toBe(200);
  });

  it('keeps one answer for a script without leading anywhere', async () => {
    const person = await aPerson();
    await as(person).post(HOME);
    const kept = await as(person).post(`${HOME}/4.2`, { '4.2-s-k': '3', go: 'keep' });
    expect([kept.status, kept.text]).toEqual([204, '']);
    expect(await inScope(person, () => db()('self_assessment_answers'))).toMatchObject([
      { item_code: '4.2-s-k', value: 3 },
    ]);
  });

  it('shows the page again for an answer that is none, and does not hand in nothing', async () => {
    const person = await aPerson();
    await as(person).post(HOME);
    const odd = await as(person).post(`${HOME}/1.2`, { '1.2-s-k': '7', '1.2-s-s': '2' });
    expect(odd.status).toBe(422);
    expect(page(odd)('input:checked')).toHaveLength(1);
    const empty = await as(person).post(`${HOME}/ready`);
    expect(empty.status).toBe(422);
    expect(page(empty)('.govuk-error-summary').text()).toContain('at least one question');
  });

  it('hands in once, however often it is pressed', async () => {
    const person = await aPerson();
    await as(person).post(HOME);
    await as(person).post(`${HOME}/1.2`, answers('1.2', '1', '1', '1'));
    await as(person).post(`${HOME}/ready`);
    expect((await as(person).post(`${HOME}/ready`)).headers.location).toBe('/skills');
    expect(await inScope(person, () => db()('observations'))).toHaveLength(1);
  });

  it('leads to the start when nothing is under way, and forgets what is thrown away', async () => {
    const person = await aPerson();
    for (const path of [`${HOME}/1.2`, `${HOME}/ready`])
      expect((await as(person).get(path)).headers.location).toBe(HOME);
    await as(person).post(HOME);
    await as(person).post(`${HOME}/1.2`, answers('1.2', '1', '1', '1'));
    await as(person).post(`${HOME}/discard`);
    expect(await asOwner(() => db()('self_assessment_answers'))).toHaveLength(0);
    expect((await as(person).get(`${HOME}/1.2`)).status).toBe(303);
  });

  it('knows the eight skills and no other page', async () => {
    const person = await aPerson();
    await as(person).post(HOME);
    expect((await as(person).get(`${HOME}/1.1`)).status).toBe(404);
    expect((await as(person).post(`${HOME}/1.1`)).status).toBe(404);
  });

  it.each(LANGUAGES)('asks in %s', async (language) => {
    const person = await aPerson({ language });
    await as(person).post(HOME);
    for (const path of [HOME, `${HOME}/4.2`, `${HOME}/ready`]) {
      const response = await as(person).get(path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.text).not.toMatch(/>\s*skills\./);
    }
    const $ = page(await as(person).get(`${HOME}/4.2`));
    expect($('input[type=radio]')).toHaveLength(15);
  });

  it('shows one person’s answers to nobody else, in the same organisation or another', async () => {
    const person = await aPerson();
    const colleague = await aPerson({
      organisation: { id: person.organisation_id },
      roles: ['learner', 'administrator'],
    });
    await as(person).post(HOME);
    await as(person).post(`${HOME}/1.2`, answers('1.2', '1', '1', '1'));
    for (const other of [colleague, await aPerson()])
      expect(await inScope(other, () => db()('self_assessment_answers'))).toEqual([]);
  });
});
