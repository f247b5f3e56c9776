import { completeLesson, openLesson } from '../../src/features/progress/progress.service';
import { statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, inScope } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';

const titles = (response: { text: string }) => {
  const $ = page(response);
  return $('.course h2')
    .map((_, heading) => $(heading).text())
    .get();
};

it('says so kindly when there is no course yet', async () => {
  const $ = page(await as(await aPerson()).get('/learn'));
  expect($('.empty p').text()).toContain('has not published courses yet');
});

it('finds courses by any words of the title and the summary, in any of their languages', async () => {
  const organisation = await anOrganisation();
  await aCourse(organisation, { title: '100 % turvallinen salasana' });
  await aCourse(organisation, { title: 'Pankki_asiat verkossa', languages: ['sv'] });
  const browser = as(await aPerson({ organisation }));
  const found = async (q: string) => titles(await browser.get(`/learn?${new URLSearchParams({ q })}`)).length;

  expect(await found('SALASANA turvallinen')).toBe(1);
  expect(await found('lyhyesti')).toBe(2);
  expect(await found('100 %')).toBe(1);
  expect(await found('%')).toBe(1);
  expect(await found('pankki_')).toBe(1);
  expect(await found('salasana pankki')).toBe(0);
  expect(await found('\\')).toBe(0);
});

it('filters by language and time, and takes no notice of nonsense in the address', async () => {
  const organisation = await anOrganisation();
  await aCourse(organisation, { title: 'Kort', languages: ['sv'], minutes: 10 });
  await aCourse(organisation, { title: 'Long', languages: ['en'], minutes: 50 });
  const browser = as(await aPerson({ organisation }));
  expect(titles(await browser.get('/learn?lang=sv'))).toEqual(['Kort']);
  expect(titles(await browser.get('/learn?time=30'))).toEqual(['Kort']);
  expect(titles(await browser.get('/learn?time=31&lang=xx&page=-1&q=a&q=b'))).toHaveLength(2);
  expect(page(await browser.get('/learn?q=zzz'))('.empty a').attr('href')).toBe('/learn');
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

it('sends one query however many courses there are', async () => {
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
  expect(few).toBe(1);
  const $ = page(await browser.get('/learn?page=2'));
  expect($('.course')).toHaveLength(7);
  expect($('.pagination a').attr('href')).toBe('/learn?page=1');
});
