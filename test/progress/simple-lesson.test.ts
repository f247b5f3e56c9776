import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';

const BODY = 'Eka kappale.\n\nToka kappale, selain.\n\nKolmas kappale.';

async function aWorld(simple_mode = true) {
  const organisation = await anOrganisation();
  const person = await aPerson({ organisation, simple_mode });
  const course = await aCourse(organisation);
  const lesson = await aLesson(course, { body: BODY, languages: ['fi'] });
  await aLesson(course);
  return { person, lesson, here: `/learn/${lesson.course_slug}/${lesson.slug}`, organisation };
}

const says = (response: { text: string }) => page(response)('[data-read].say').text().replace(/\s+/g, ' ').trim();

describe('a lesson in simple mode', () => {
  it('goes forward and back one thought at a time, remembers the place, and ends in one press', async () => {
    const { person, lesson, here } = await aWorld();
    const first = await as(person).get(here);
    expect(says(first)).toBe('Eka kappale.');
    expect(page(first)('.three a').eq(1).attr('href')).toBe(`/learn/${lesson.course_slug}`);
    const forward = page(first)('a.fwd').attr('href') ?? '';
    const second = await as(person).get(forward);
    expect(says(second)).toMatch(/^Toka kappale/);
    expect(page(second)('.three a').eq(1).attr('href')).toBe(`${here}?at=spot-1`);

    // Another day, another device: the same thought.
    expect(says(await as(person).get(here))).toMatch(/^Toka kappale/);
    const last = page(await as(person).get(page(second)('a.fwd').attr('href') ?? ''));
    expect(last('form').attr('action')).toBe(`${here}/done`);
    await as(person).post(`${here}/done`).expect(303).expect('location', `${here}/finished`);
    const [progress] = await inScope(person, () => db().table('lesson_progress').where({ lesson_id: lesson.id }));
    expect(progress.completed_at).not.toBeNull();
  });

  it('tells one who comes back after a day where they were, once', async () => {
    const { person, lesson, here } = await aWorld();
    const recap = async () =>
      page(await as(person).get(here))('.recap')
        .text()
        .trim();
    expect(await recap()).toBe('');
    await asOwner(() =>
      db().table('enrolments').where({ course_id: lesson.course_id }).update({ last_seen_at: '2026-01-01' }),
    );
    expect(await recap()).toMatch(/^Last time you were reading .+\. Next .+\.$/);
    expect(await recap()).toBe('');
  });

  it('takes back what was marked as done by mistake, as long as the course is not complete', async () => {
    const { person, lesson, here } = await aWorld();
    const isDone = async () => {
      const [row] = await inScope(person, () => db().table('lesson_progress').where({ lesson_id: lesson.id }));
      return row.completed_at !== null;
    };
    await as(person).post(`${here}/done`);
    const $ = page(await as(person).get(`${here}/finished`));
    expect([await isDone(), $('form[action$="/undone"]').length]).toEqual([true, 1]);
    await as(person).post(`${here}/undone`);
    expect(await isDone()).toBe(false);
    const [row] = await inScope(person, () => db().table('enrolments').where({ person_id: person.id }));
    expect(row.lessons_done).toBe(0);

    await as(person).post(`${here}/done`);
    await inScope(person, () =>
      db().table('enrolments').where({ person_id: person.id }).update({ completed_at: new Date() }),
    );
    await as(person).post(`${here}/undone`);
    expect(await isDone()).toBe(true);
  });

  it('takes an address of a step from a leaflet; the whole page opens at that place', async () => {
    const simple = await aWorld();
    expect(says(await as(simple.person).get(`${simple.here}?at=spot-3`))).toBe('Kolmas kappale.');
    const whole = await aWorld(false);
    await as(whole.person).get(`${whole.here}?at=spot-3`).expect(303).expect('location', `${whole.here}#spot-3`);
    await as(whole.person).get(`${whole.here}?at=%22%3E`).expect(200);
    const signIn = await as(undefined).get(`${whole.here}?at=spot-3`);
    expect(signIn.headers.location).toBe(`/sign-in?next=${encodeURIComponent(`${whole.here}?at=spot-3`)}`);
  });

  it('explains hard words unless the person turned that off', async () => {
    const { person, here } = await aWorld();
    const address = `${here}?at=spot-2`;
    expect(page(await as(person).get(address))('.word').text()).toBe('selain');
    const off = { ...person, look: { ...person.look, explains_words: false } };
    expect(page(await as(off).get(address))('.word')).toHaveLength(0);
  });
});

describe('on paper', () => {
  it('has the lesson, a code and its address in letters, in the language asked for', async () => {
    const { person, here } = await aWorld(false);
    const $ = page(await as(person).get(`${here}/leaflet?language=fi&at=spot-2`));
    expect($('.leaflet__address').text()).toMatch(new RegExp(`^http://127.0.0.1:\\d+${here}\\?at=spot-2$`));
    expect($('.leaflet__code svg path').length).toBeGreaterThan(0);
    expect($('.leaflet__text').attr('lang')).toBe('fi');
    expect(page(await as(person).get(`${here}/words`))('dt').text()).toBe('selain');
  });

  it('is not there for another organisation', async () => {
    const { here } = await aWorld(false);
    const foreign = await aPerson();
    for (const address of [`${here}/leaflet`, `${here}/words`]) await as(foreign).get(address).expect(404);
  });
});
