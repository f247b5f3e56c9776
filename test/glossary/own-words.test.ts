import { randomUUID } from 'node:crypto';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';

const HOME = '/write/words';
const WORD = { word_fi: 'olohuone, olkkari', about_fi: 'Paikka, johon saat tulla ilman aikaa.' };
const form = (more: object = {}) => ({ id: randomUUID(), ...WORD, ...more });
const rows = () => asOwner(() => db().table('own_words').whereNull('removed_at'));

/** An organisation that shares a lesson with another one, an author in each and a learner in each. */
async function twoOrganisations() {
  const ours = await anOrganisation();
  const theirs = await anOrganisation();
  const course = await aCourse(ours, { slug: 'kurssi', sharedWith: 'all' });
  const lesson = await aLesson(course, { body: 'Olohuoneessa selain aukeaa.', languages: ['fi', 'sv'] });
  const author = await aPerson({ organisation: ours, roles: ['learner', 'author'] });
  const colleague = await aPerson({ organisation: ours });
  const stranger = await aPerson({ organisation: theirs });
  const theirAuthor = await aPerson({ organisation: theirs, roles: ['learner', 'author'] });
  return { ours, author, colleague, stranger, theirAuthor, here: `/learn/kurssi/${lesson.slug}` };
}

const explainedTo = async (reader: Parameters<typeof as>[0], here: string) =>
  page(await as(reader).get(here))('.word__about').text();

it('explains a word of the organisation in place to its own people, in all forms, and to nobody else', async () => {
  const { author, colleague, stranger, here } = await twoOrganisations();
  expect(await explainedTo(colleague, here)).not.toContain('ilman aikaa');
  const added = await as(author).post(HOME, form());
  expect([added.status, added.headers.location]).toEqual([303, `${HOME}?saved=added`]);

  const $ = page(await as(colleague).get(here));
  expect($('.word').first().text()).toBe('Olohuoneessa');
  expect($('.word__about').text()).toContain(WORD.about_fi);
  // The common glossary goes on as before.
  expect($('.word').last().text()).toBe('selain');
  expect(page(await as(colleague).get(`${here}/words`))('dt').text()).toBe('olohuoneselain');
  expect(await explainedTo(stranger, here)).not.toContain('ilman aikaa');
  expect(page(await as(stranger).get(`${here}/words`))('dt').text()).toBe('selain');
});

it('follows a change and a removal at once, and an own word comes before a common one', async () => {
  const { author, colleague, here } = await twoOrganisations();
  const word = form({ word_fi: 'selain', about_fi: 'Meillä se on sininen kuvake.' });
  await as(author).post(HOME, word);
  expect(await explainedTo(colleague, here)).toContain('sininen kuvake');
  const changed = await as(author).post(`${HOME}/${word.id}`, { ...word, about_fi: 'Meillä se on vihreä kuvake.' });
  expect(changed.headers.location).toBe(`${HOME}?saved=changed`);
  expect(await explainedTo(colleague, here)).toContain('vihreä kuvake');
  await as(author).post(`${HOME}/${word.id}/removal`);
  const left = await explainedTo(colleague, here);
  expect([left.includes('kuvake'), left.length > 0]).toEqual([false, true]);
  expect((await as(author).get(`${HOME}/${word.id}`)).status).toBe(404);

  const events = await asOwner(() => db().table('audit_events').whereLike('action', 'word.%').orderBy('id'));
  expect(events.map(({ action, details }) => [action, details.name])).toEqual([
    ['word.added', 'selain'],
    ['word.changed', 'selain'],
    ['word.removed', 'selain'],
  ]);
});

it('is for authors and administrators of its organisation only', async () => {
  const { ours, author, colleague, theirAuthor } = await twoOrganisations();
  const word = form();
  await as(author).post(HOME, word);
  const administrator = await aPerson({ organisation: ours, roles: ['learner', 'administrator'] });
  for (const keeper of [author, administrator])
    for (const address of [HOME, `${HOME}/new`, `${HOME}/${word.id}`])
      expect([address, (await as(keeper).get(address)).status]).toEqual([address, 200]);
  const mayNot = as(colleague);
  expect((await mayNot.get(HOME)).status).toBe(403);
  expect((await mayNot.post(HOME, form({ word_fi: 'toinen' }))).status).toBe(403);
  expect(page(await as(theirAuthor).get(HOME))('.own-words li')).toHaveLength(0);
  for (const path of ['', '/removal'])
    expect((await as(theirAuthor).post(`${HOME}/${word.id}${path}`, word)).status).toBe(404);
  // Another organisation's id is not told of, and nothing of theirs is touched.
  expect((await as(theirAuthor).post(HOME, { ...word, about_fi: 'Toista mieltä.' })).status).toBe(303);
  expect(page(await as(author).get(HOME))('.own-words').text()).toContain('ilman aikaa');
  expect(page(await as(theirAuthor).get(HOME))('.own-words li')).toHaveLength(0);
});

it('keeps a form sent twice once, and knows a word in three languages', async () => {
  const { author } = await twoOrganisations();
  const word = form({
    word_sv: 'vardagsrummet',
    about_sv: 'Hit får du komma utan tid.',
    word_en: '',
    about_en: ' ',
  });
  await Promise.all([as(author).post(HOME, word), as(author).post(HOME, word)]);
  expect(await rows()).toHaveLength(1);
  const $ = page(await as(author).get(`${HOME}/${word.id}`));
  expect([$('#word_fi').val(), $('#word_sv').val(), $('#word_en').val()]).toEqual([WORD.word_fi, 'vardagsrummet', '']);
});

it.each([
  ['nothing', { word_fi: '', about_fi: '' }, '#word_fi'],
  ['a word without its meaning', { about_fi: '' }, '#about_fi'],
  ['a meaning without its word', { word_fi: ' , ', about_sv: 'En sida', word_sv: '' }, '#word_fi'],
  ['marks in the word', { word_fi: '<b>olohuone</b>' }, '#word_fi'],
  ['a word of 61 letters', { word_fi: 'x'.repeat(61) }, '#word_fi'],
  ['six words in a row', { word_fi: 'a b c d e f' }, '#word_fi'],
  ['nine names', { word_fi: 'a,b,c,d,e,f,g,h,i' }, '#word_fi'],
  ['a meaning of 201 letters', { about_fi: 'x'.repeat(201) }, '#about_fi'],
])('says what to mend in %s, and keeps what was typed', async (_, typed, field) => {
  const { author } = await twoOrganisations();
  const sent = await as(author).post(HOME, form(typed));
  expect(sent.status).toBe(422);
  const $ = page(sent);
  expect($(`.govuk-error-summary a[href="${field}"]`)).toHaveLength(1);
  expect($('#about_fi').text().trim()).toBe(('about_fi' in typed ? typed.about_fi : WORD.about_fi).trim());
  expect(await rows()).toEqual([]);
});

it('does not take a word twice in one language, and shows marks in a meaning as letters', async () => {
  const { author, colleague, here } = await twoOrganisations();
  await as(author).post(HOME, form({ about_fi: '<b>Vale</b> & "sivu"' }));
  const again = await as(author).post(HOME, form({ word_fi: 'OLKKARI' }));
  expect(again.status).toBe(422);
  expect(page(again)('.govuk-error-summary').text()).toContain('in your list already');
  expect(
    (await as(author).post(HOME, form({ word_fi: '', about_fi: '', word_sv: 'olohuone', about_sv: 'Sida' }))).status,
  ).toBe(303);
  const $ = page(await as(colleague).get(here));
  expect($('.word__about').first().text()).toBe('olohuone <b>Vale</b> & "sivu"');
});
