import { rebuildSearch, refreshCourseSearch } from '../../src/features/courses/search-index.model';
import { CatalogueQuery } from '../../src/features/finding/catalogue.schema';
import { readFindings } from '../../src/features/finding/findings';
import { completeLesson, openLesson } from '../../src/features/progress/progress.service';
import { db, statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';

const search = (q: string, more = '') => `/learn?${new URLSearchParams({ q })}${more}`;
const names = (response: { text: string }) => {
  const $ = page(response);
  return $('.find h3')
    .map((_, heading) => $(heading).text())
    .get();
};

it('shows nothing of another organisation: no text, no count, no word', async () => {
  const [ours, theirs] = [await anOrganisation(), await anOrganisation()];
  const foreign = await aCourse(theirs, { title: 'Salakirjoitus' });
  await aLesson(foreign, { title: 'Kryptografia', body: 'Zebraxylofoni soi.' });
  const reader = as(await aPerson({ organisation: ours, language: 'fi' }));
  for (const q of ['zebraxylofoni', 'zebraxylofonj', 'salakirjoitus', 'salakirjojtus', 'kryptografia']) {
    const $ = page(await reader.get(search(q)));
    expect([q, $('.find').length, $('.meant').length, $('.choices a').length]).toEqual([q, 0, 0, 0]);
  }
  expect(names(await as(await aPerson({ organisation: theirs, language: 'fi' })).get(search('zebraxylofonj')))).toEqual(
    ['Kryptografia'],
  );
  await asOwner(() => db().table('course_shares').insert({ course_id: foreign.id, organisation_id: ours.id }));
  expect(names(await reader.get(search('zebraxylofonj')))).toEqual(['Kryptografia']);
});

it('finds neither what was taken back nor what is meant for others', async () => {
  const organisation = await anOrganisation();
  const course = await aCourse(organisation);
  await aLesson(course, { title: 'Takaisin otettu', body: 'Mustikkapiirakka.', published_at: null });
  await aLesson(course, { title: 'Henkilöstölle', body: 'Mustikkapiirakka.', audience: ['staff'] });
  const found = async (relation: 'client' | 'employee') =>
    names(await as(await aPerson({ organisation, relation, language: 'fi' })).get(search('mustikkapiirakka')));
  expect(await found('client')).toEqual([]);
  expect(await found('employee')).toEqual(['Henkilöstölle']);
});

it('puts titles before headings and headings before texts, and the reader’s own language first', async () => {
  const organisation = await anOrganisation();
  const course = await aCourse(organisation);
  await aLesson(course, { title: 'Kolmas', body: 'Tässä puhutaan pilvipalvelusta.', languages: ['fi'] });
  await aLesson(course, { title: 'Toinen', body: '## Pilvipalvelu\n\nTeksti.', languages: ['fi'] });
  await aLesson(course, { title: 'Pilvipalvelu', languages: ['fi'] });
  await aLesson(course, { title: 'Pilvipalvelu', body: 'Selko.', languages: ['fi-x-selko', 'fi'] });
  const reader = await aPerson({ organisation, language: 'fi', content_language: 'fi-x-selko' });
  const $ = page(await as(reader).get(search('pilvipalvelun')));
  expect(names({ text: $.html() })).toEqual(['Pilvipalvelu', 'Pilvipalvelu', 'Toinen', 'Kolmas']);
  expect($('.find').first().text()).toContain('Selko.');
});

it('shows texts as texts, with the found words marked', async () => {
  const organisation = await anOrganisation();
  await aLesson(await aCourse(organisation), {
    title: '<img src=x> salasana',
    body: 'Salasana <script>alert(1)</script> & muuta.',
  });
  const response = await as(await aPerson({ organisation, language: 'fi' })).get(search('salasana'));
  expect(response.text).not.toMatch(/<img src=x|<script>alert/);
  expect(page(response)('.find mark').first().text().toLowerCase()).toBe('salasana');
});

it('counts beside each filter what choosing it shows', async () => {
  const organisation = await anOrganisation();
  const actor = await aPerson({ organisation, language: 'fi' });
  const course = await aCourse(organisation, { minutes: 20 });
  const done = await aLesson(course, { title: 'Tehty', level: 1, minutes: 5 });
  await aLesson(course, { title: 'Uusi', level: 3, minutes: 25, languages: ['sv'] });
  await aLesson(course, { title: 'Kolmas', level: 4, minutes: 40 });
  await asOwner(() => db().table('lesson_competences').insert({ lesson_id: done.id, competence_code: '4.2' }));
  await asOwner(() => refreshCourseSearch([course.id]));
  await inScope(actor, () => completeLesson(actor, done));
  const browser = as(actor);
  const $ = page(await browser.get('/learn?kind=lesson&level=2'));
  const told = $('.choices a')
    .map((_, link) => [[$(link).attr('href'), Number(/\((\d+)\)/.exec($(link).text())?.[1])]])
    .get() as unknown as [string, number][];
  expect(told.length).toBeGreaterThan(3);
  for (const [href, count] of told) {
    if (href === '/learn?level=2' || href === '/learn?kind=lesson') continue;
    const shown = page(await browser.get(href));
    expect([href, shown('.find, .course').length]).toEqual([href, count]);
  }
  expect(page(await browser.get('/learn?kind=lesson&left=yes'))('.find')).toHaveLength(2);
  expect(page(await browser.get('/learn?kind=lesson&skill=4.2'))('.find h3').text()).toBe('Tehty');
});

const allThatIsKept = () =>
  asOwner(async () => ({
    entries: await db()
      .table('search_entries')
      .orderBy(['title', 'language', 'course_id'])
      .select('title', 'language', 'body', 'words', 'course_id', 'audience'),
    words: await db().table('search_words').orderBy(['tongue', 'word']),
  }));

it('is the same when everything is made anew', async () => {
  const organisation = await anOrganisation();
  await aLesson(await aCourse(organisation), { title: 'Ääkköset', body: '# Öljy\n\nÅland ja ÄITI.' });
  const before = await allThatIsKept();
  await rebuildSearch();
  expect(await allThatIsKept()).toEqual(before);
  expect(before.words.map(({ word }) => word)).toEqual(expect.arrayContaining(['ääkköset', 'öljy', 'äiti']));
});

it('is mended by making it anew, whatever was lost, wrong or left over', async () => {
  const organisation = await anOrganisation();
  for (let more = 0; more < 25; more += 1) await aLesson(await aCourse(organisation), { title: `Salasana ${more}` });
  const before = await allThatIsKept();
  await asOwner(async () => {
    await db().raw(
      "delete from catalogue_items where id in (select item_id from search_entries where title like '%1%')",
    );
    await db().raw("update search_entries set words = '', title = 'Vanha'");
    await db().raw("update search_words set stem = 'x', key = 'y' where word = 'salasana'");
    await db().raw("insert into search_words values ('fi', 'aavesana', 'aavesan', 'aavesan')");
  });
  expect(await rebuildSearch()).toEqual({ courses: 25, paths: 0 });
  expect(await allThatIsKept()).toEqual(before);
});

it('says "at least" of a word that very many texts have, and filters are exact all the same', async () => {
  const organisation = await anOrganisation();
  const course = await aCourse(organisation);
  for (let n = 0; n < 12; n += 1) await aLesson(course, { title: `Kartta ${n}`, level: n < 11 ? 1 : 7, minutes: 10 });
  const actor = await aPerson({ organisation, language: 'fi' });
  const find = (query: object, most?: number) =>
    inScope(actor, () => readFindings(actor, CatalogueQuery.parse({ q: 'kartta', ...query }), most));
  const { found: all } = await find({});
  expect([all.total, all.total_is_least, all.counts_are_least]).toEqual([12, false, false]);
  const { found: many } = await find({}, 11);
  expect([many.total < 12, many.total_is_least, many.counts_are_least]).toEqual([true, true, true]);
  const { found: few } = await find({ level: 4 }, 11);
  expect([few.total, few.total_is_least, few.counts_are_least]).toEqual([1, false, true]);
  expect(few.items.map(({ title }) => title.replace(/[\ue000\ue001]/g, ''))).toEqual(['Kartta 11']);
});

it('leads from the page of all to the exact place in each course under way, the last one first', async () => {
  const organisation = await anOrganisation();
  const actor = await aPerson({ organisation });
  const [first, second] = [await aCourse(organisation, { slug: 'a' }), await aCourse(organisation, { slug: 'b' })];
  const one = await aLesson(first, { slug: 'one' });
  await aLesson(first, { slug: 'two' });
  const three = await aLesson(second, { slug: 'three' });
  await aLesson(second, { slug: 'four' });
  await inScope(actor, () => completeLesson(actor, one));
  await inScope(actor, () => openLesson(actor, three));
  await asOwner(() => db().table('lesson_progress').where({ lesson_id: three.id }).update({ spot: 'spot-3' }));
  await asOwner(() => db().table('enrolments').where({ course_id: first.id }).update({ last_seen_at: '2026-01-01' }));
  const $ = page(await as(actor).get('/learn'));
  expect($('.next-step a').attr('href')).toBe('/learn/b/three#spot-3');
  expect($('[aria-labelledby=mine-heading] a').attr('href')).toBe('/learn/a/two');
});

it('asks as many queries for a search whatever there is to find', async () => {
  const organisation = await anOrganisation();
  const course = await aCourse(organisation);
  const browser = as(await aPerson({ organisation, language: 'fi' }));
  const count = async () => {
    const before = statementsSent();
    await browser.get(search('salasana'));
    return statementsSent() - before;
  };
  await aLesson(course, { title: 'Salasana' });
  const few = await count();
  for (let more = 0; more < 30; more += 1) await aLesson(course, { title: `Salasana ${more}` });
  expect(await count()).toBe(few);
});
