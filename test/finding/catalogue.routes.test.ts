import { completeLesson, openLesson } from '../../src/features/progress/progress.service';
import { statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, inScope } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';

const titles = (response: { text: string }) => {
  const $ = page(response);
  return $('.course h3')
    .map((_, heading) => $(heading).text())
    .get();
};

it('says so kindly when there is no course yet', async () => {
  const $ = page(await as(await aPerson()).get('/learn'));
  expect($('.empty p').text()).toContain('has not published courses yet');
});

const results = (response: { text: string }) => {
  const $ = page(response);
  return $('.find h3, .course h3')
    .map((_, heading) => $(heading).text())
    .get();
};

it('finds courses and lessons by the words of their titles and texts, in any of their languages', async () => {
  const organisation = await anOrganisation();
  const course = await aCourse(organisation, { title: 'Turvallinen salasana' });
  await aLesson(course, { title: 'Pankkiasiat', body: '## Tunnuslukulista\n\nPidä [lista](https://x.fi) tallessa.' });
  await aCourse(organisation, { title: 'Säker på nätet', languages: ['sv'] });
  const browser = as(await aPerson({ organisation }));
  const found = async (q: string) => results(await browser.get(`/learn?${new URLSearchParams({ q })}`));

  expect(await found('SALASANA turvallinen')).toEqual(['Turvallinen salasana']);
  expect(await found('tallessa')).toEqual(['Pankkiasiat']);
  expect(await found('säkert nät')).toEqual(['Säker på nätet']);
  expect(await found('https')).toEqual([]);
  for (const q of ['%', '\\', "'", "a' | b:*", '!!! & |', '(', '😀', 'x'.repeat(300)])
    expect((await browser.get(`/learn?${new URLSearchParams({ q })}`)).status).toBe(200);
});

it('filters by language and time, and takes no notice of nonsense in the address', async () => {
  const organisation = await anOrganisation();
  await aCourse(organisation, { title: 'Kort', languages: ['sv'], minutes: 10 });
  await aCourse(organisation, { title: 'Long', languages: ['en'], minutes: 50 });
  const browser = as(await aPerson({ organisation }));
  expect(titles(await browser.get('/learn?lang=sv'))).toEqual(['Kort']);
  expect(titles(await browser.get('/learn?time=30'))).toEqual(['Kort']);
  expect(titles(await browser.get('/learn?time=31&lang=xx&page=-1'))).toHaveLength(2);
  expect(page(await browser.get('/learn?q=zzzz'))('.empty a').attr('href')).toBe('/learn');
});

it('tells how far each course is, begun ones first', async () => {
  const organisation = await anOrganisation();
  const actor = await aPerson({ organisation });
  const [done, begun] = [
    await aCourse(organisation, { title: 'Done' }),
    await aCourse(organisation, { title: 'Begun' }),
  ];
  await aCourse(organisation, { title: 'New' });
  const only = await aLesson(done);
  const first = await aLesson(begun);
  await aLesson(begun, { audience: ['client'] });
  await inScope(actor, () => completeLesson(actor, only));
  await inScope(actor, () => openLesson(actor, first));

  const response = await as(actor).get('/learn');

  expect(titles(response)).toEqual(['Begun', 'New', 'Done']);
  const $ = page(response);
  expect($('.course').first().find('.tags').text()).toContain('1 lesson');
  expect($('.course').first().find('.tags').text()).toContain('Under way');
  expect($('.course').last().find('.tags').text()).toContain('Done');
});

it('sends as many queries however many courses there are', async () => {
  const organisation = await anOrganisation();
  const browser = as(await aPerson({ organisation }));
  const count = async () => {
    const before = statementsSent();
    await browser.get('/learn');
    return statementsSent() - before;
  };
  await aLesson(await aCourse(organisation));
  const few = await count();
  for (let more = 0; more < 30; more += 1) await aLesson(await aCourse(organisation));
  expect(await count()).toBe(few);
  // The words of the framework, which a real installation keeps in memory, are three of them.
  expect(few).toBeLessThanOrEqual(7);
  const $ = page(await browser.get('/learn?page=2'));
  expect($('.course')).toHaveLength(7);
  expect($('.pagination a').attr('href')).toBe('/learn');
});
