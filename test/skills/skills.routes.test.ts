import { addDays } from '../../src/lib/dates';
import { db, statementsSent } from '../../src/lib/db';
import { LANGUAGES } from '../../src/lib/i18n';
import { as, page } from '../support/browser';
import { aPerson, asOwner, inScope } from '../support/factories';
import { anObservation, theFramework } from '../support/factories-skills';

const text = (html: string) => html.replace(/\s+/g, ' ').trim();
const daysAgo = (days: number) => addDays(new Date(), -days);

beforeEach(theFramework);

describe('GET /skills', () => {
  it('invites kindly where nothing is known yet', async () => {
    const person = await aPerson();
    const $ = page(await as(person).get('/skills'));
    expect($('.next-step a').attr('href')).toBe('/skills/self-assessment');
    expect($('.skill-list h3')).toHaveLength(21);
  });

  it('shows the skill seen last in full: level now and before, how sure, why, the picture and the same as a table', async () => {
    const person = await aPerson({ target_profile: 'professional' });
    const professional = await aPerson({ name: 'Leena Laine', organisation: { id: person.organisation_id } });
    await anObservation(person, { source: 'self', level: 1, observed_at: daysAgo(120) });
    await anObservation(person, { source: 'quiz', level: 3, share_right: 0.875, observed_at: daysAgo(60) });
    await anObservation(person, {
      level: 3,
      help_level: 2,
      observed_at: daysAgo(2),
      by: professional,
      note: 'Went well.',
    });
    await anObservation(person, { competence_code: '2.1', level: 5, observed_at: daysAgo(30) });

    const $ = page(await as(person).get('/skills'));

    expect($('#skill').text()).toBe('Looking after personal information');
    const facts = $('.facts dd')
      .toArray()
      .map((dd) => text($(dd).text()));
    expect(facts.slice(0, 3)).toEqual(['Intermediate, level 3', 'Basic, level 1', 'Advanced, level 5']);
    expect($('.ch-goal')).toHaveLength(1);
    expect($('svg[role=img] .ch-point--solid')).toHaveLength(2);
    const rows = $('#same')
      .closest('table')
      .find('tbody tr')
      .toArray()
      .map((row) => text($(row).text()));
    expect(rows).toHaveLength(3);
    expect(rows[0]).toContain('Noted by Leena Laine');
    expect(rows[0]).toContain('Went well.');
    expect(rows[1]).toContain('88% right');
    expect($('#weights').closest('table').find('tbody tr')).toHaveLength(3);
    expect($('.skill-list a[href="/skills/2.1"]')).toHaveLength(1);
  });

  it.each(LANGUAGES)('speaks %s', async (language) => {
    const person = await aPerson({ language });
    await anObservation(person, { source: 'self' });
    for (const path of ['/skills', '/skills/4.2', '/skills/1.1', '/skills/why']) {
      const response = await as(person).get(path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.text).not.toMatch(/skills\.\w+\.?\w*</);
    }
  });

  it('asks the database the same number of times however much there is', async () => {
    const person = await aPerson({ target_profile: 'professional' });
    await as(person).get('/skills');
    const few = await statements(() => as(person).get('/skills/4.2'));
    for (let n = 0; n < 12; n += 1) {
      await anObservation(person, { observed_at: daysAgo(n) });
      await anObservation(person, { competence_code: '2.1', observed_at: daysAgo(n) });
    }
    expect(await statements(() => as(person).get('/skills/4.2'))).toBe(few);
  });
});

async function statements(work: () => PromiseLike<unknown>): Promise<number> {
  const before = statementsSent();
  await work();
  return statementsSent() - before;
}

it('does not know a skill that is none', async () => {
  const person = await aPerson();
  expect((await as(person).get('/skills/9.9')).status).toBe(404);
  expect((await as(person).post('/skills/9.9/withdraw')).status).toBe(404);
});

it('lets the person take their own view back', async () => {
  const person = await aPerson();
  await anObservation(person, { source: 'self' });
  await anObservation(person, { source: 'quiz' });
  const response = await as(person).post('/skills/4.2/withdraw');
  expect([response.status, response.headers.location]).toEqual([303, '/skills/4.2?saved=withdrawn']);
  expect(await inScope(person, () => db()('observations').select('source'))).toEqual([{ source: 'quiz' }]);
});

describe('what to do next', () => {
  async function aLesson(organisation_id: string, slug: string, code: string, values: object = {}) {
    await asOwner(async () => {
      const [course] = await db()
        .table('courses')
        .insert({ organisation_id, slug, published_at: new Date() })
        .returning('id');
      const [module] = await db().table('modules').insert({ course_id: course.id, position: 0 }).returning('id');
      const lesson = {
        organisation_id,
        course_id: course.id,
        module_id: module.id,
        slug: 'one',
        position: 0,
        kind: 'text',
        published_at: new Date(),
      };
      const [{ id }] = await db()
        .table('lessons')
        .insert({ ...lesson, ...values })
        .returning('id');
      await db()
        .table('lesson_texts')
        .insert({ lesson_id: id, language: 'en', title: `Lesson of ${slug}` });
      await db().table('lesson_competences').insert({ lesson_id: id, competence_code: code });
    });
  }

  it('is a lesson on what is furthest from its target, of the own organisation, published and meant for the person', async () => {
    const person = await aPerson({ target_profile: 'professional' });
    const stranger = await aPerson();
    await aLesson(stranger.organisation_id, 'theirs', '4.2');
    await aLesson(person.organisation_id, 'draft', '4.2', { published_at: null });
    await aLesson(person.organisation_id, 'clients', '4.2', { audience: ['client'] });
    await aLesson(person.organisation_id, 'ours', '4.2');
    const $ = page(await as(person).get('/skills'));
    expect($('#next').parent().text()).toContain('Lesson of ours');
    expect($('#next').parent().find('a').attr('href')).toBe('/learn/ours/one');
  });

  it('is nothing when the targets are reached', async () => {
    const person = await aPerson({ target_profile: 'service_user' });
    await aLesson(person.organisation_id, 'ours', '4.2');
    await anObservation(person, { level: 6 });
    expect(page(await as(person).get('/skills'))('#next')).toHaveLength(0);
  });
});
