import { as, page } from '../support/browser';
import { anOrganisation, aPerson } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';
import { aQuizLesson } from '../support/factories-quizzes';

/** How many stand on the page at first, and how many behind one press that needs no script. */
async function shown(reader: Parameters<typeof as>[0], address: string, what: string): Promise<[number, number]> {
  const $ = page(await as(reader).get(address));
  const hidden = $(`details:not([open]) ${what}`).length;
  return [$(what).length - hidden, hidden];
}

it('shows three courses first to one who sees one thing at a time, and all to others', async () => {
  const organisation = await anOrganisation();
  for (const number of [1, 2, 3, 4, 5]) await aLesson(await aCourse(organisation, { title: `Kurssi ${number}` }));
  const simple = await aPerson({ organisation, simple_mode: true });
  expect(await shown(simple, '/learn', '.courses > li')).toEqual([3, 2]);
  expect(await shown(await aPerson({ organisation }), '/learn', '.courses > li')).toEqual([5, 0]);
});

it('shows the questions of a quiz that wait, at most three, and the others behind one press', async () => {
  const organisation = await anOrganisation();
  const { base } = await aQuizLesson(organisation, { questions: [{}, {}, {}, {}, {}] });
  const simple = await aPerson({ organisation, simple_mode: true });
  const answer = async (number: number) => {
    const $ = page(await as(simple).get(`${base}/questions/${number}`));
    const fields = $('main form input[type=hidden]').get();
    const form = Object.fromEntries(fields.map((field) => [$(field).attr('name'), $(field).val()]));
    await as(simple).post(`${base}/questions/${number}`, { ...form, answer: 'dont-know' });
  };
  await answer(1);
  expect(await shown(simple, `${base}/overview`, '.quiz-list li')).toEqual([3, 2]);
  for (const number of [2, 3, 4, 5]) await answer(number);
  expect(await shown(simple, `${base}/overview`, '.quiz-list li')).toEqual([0, 5]);
  await as(simple).post(`${base}/hand-in`, {});
  expect(await shown(simple, `${base}/result`, '.quiz-list li')).toEqual([0, 5]);
  const whole = await aPerson({ organisation });
  await as(whole).get(`${base}/questions/1`);
  expect(await shown(whole, `${base}/overview`, '.quiz-list li')).toEqual([5, 0]);
});
