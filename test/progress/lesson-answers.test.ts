import type { PublishedBlock } from '../../src/features/blocks/published';
import type { Actor } from '../../src/features/organisations/organisations.model';
import type { Question } from '../../src/features/quizzes/question';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';

const question = (prompt: string): Question => ({
  ...{ id: 'q', version: 1, quiz_id: 'q', number: 1, type: 'truefalse', judged: true, competence_code: null, level: 1 },
  ...{ language: 'fi', languages: ['fi'], feedback: 'Pankki ei kysy.', content: null, prompt },
  options: ['a', 'b'].map((key) => ({ key, is_correct: key === 'b', text: key, feedback: '' })),
});

const of = (id: string, more: Partial<PublishedBlock>): PublishedBlock => ({
  ...{ id, kind: 'text', text: '', parts: {}, html: {}, languages: ['fi'] },
  ...more,
});

const blocksOf = (prompt: string) => [
  of('alku', { html: { text: '<p id="spot-1">Alku.</p>' } }),
  of('mieti', { kind: 'question', question_id: 'q', question: question(prompt) }),
  of('loppu', { html: { text: '<p id="spot-2">Loppu.</p>' } }),
];

const PROMPT = '**Anna** saa viestin.\n\nKysyykö pankki tunnuksia?';

const write = (lessonId: string, prompt: string) =>
  asOwner(() =>
    db()
      .table('lesson_texts')
      .where({ lesson_id: lessonId })
      .update({ blocks: JSON.stringify(blocksOf(prompt)) }),
  );

async function aWorld(simple_mode = false) {
  const organisation = await anOrganisation();
  const person = await aPerson({ organisation, simple_mode });
  const course = await aCourse(organisation, { sharedWith: 'all' });
  const lesson = await aLesson(course, { languages: ['fi'] });
  await write(lesson.id, PROMPT);
  const here = `/learn/${lesson.course_slug}/${lesson.slug}`;
  return { organisation, person, lesson, here, think: `${here}/think/mieti` };
}

/** Presses the option that says this. */
async function answer(person: Actor, think: string, says: string) {
  const $ = page(await as(person).get(`${think}?again=`));
  const box = $('.govuk-radios__item')
    .filter((_, one) => $(one).text().trim() === says)
    .find('input');
  return as(person)
    .post(think)
    .send({ answer: box.attr('value') })
    .expect(303)
    .expect('location', think);
}

const rowsOf = (person: Parameters<typeof inScope>[0]) => inScope(person, () => db().table('lesson_answers'));

describe('the answer to a question in the middle of a lesson', () => {
  it('is kept for its giver, told when they come back, changed, and taken away by one press', async () => {
    const { person, here, think } = await aWorld();
    const asked = page(await as(person).get(think));
    expect(asked('h1').text().trim()).toBe('Kysyykö pankki tunnuksia?');
    expect(asked('.saved').text()).toContain('Only you see');
    await answer(person, think, 'a');
    expect(page(await as(person).get(think))('.feedback').text()).toContain('Pankki ei kysy.');
    expect(page(await as(person).get(here))('#b-mieti').text()).toContain('You have answered this');
    const again = page(await as(person).get(`${think}?again=`));
    expect(again('input[name=answer][checked] + label').text().trim()).toBe('a');
    await answer(person, think, 'b');
    expect(await rowsOf(person)).toMatchObject([{ chosen: ['b'] }]);
    await as(person).post(`${think}/removal`).expect(303).expect('location', `${here}#b-mieti`);
    expect([await rowsOf(person), page(await as(person).get(think))('form input[name=answer]').length > 0]).toEqual([
      [],
      true,
    ]);
  });

  it('is told with the question that was asked, also when the lesson has changed since', async () => {
    const { person, lesson, think } = await aWorld();
    await answer(person, think, 'b');
    expect(page(await as(person).get(think)).text()).not.toContain('It has changed since');
    await write(lesson.id, 'Onko tämä uusi kysymys?');
    const $ = page(await as(person).get(think));
    expect([$('h1').text(), $.text().includes('It has changed since')]).toEqual(['Kysyykö pankki tunnuksia?', true]);
  });

  it('keeps nothing of a form that says nothing, or of a block that asks nothing', async () => {
    const { person, here, think } = await aWorld();
    await as(person).post(think).send('').expect(422);
    await as(person).post(think).send('answer=zzz').expect(422);
    await as(person).post(`${here}/think/alku`).send('answer=a').expect(404);
    expect(await rowsOf(person)).toEqual([]);
  });

  it('is seen by nobody else: not beside them, not in another organisation that reads the same lesson', async () => {
    const { organisation, person, think } = await aWorld();
    await answer(person, think, 'b');
    const beside = await aPerson({ organisation, roles: ['learner', 'reviewer', 'administrator'] });
    const elsewhere = await aPerson();
    for (const other of [beside, elsewhere]) {
      expect(page(await as(other).get(think).expect(200))('.feedback')).toHaveLength(0);
      await as(other).post(`${think}/removal`).expect(303);
      expect(await rowsOf(other)).toEqual([]);
    }
    expect(await rowsOf(person)).toHaveLength(1);
  });

  it('in simple mode is a page of its own in its place, and leads on to the next thing', async () => {
    const { person, here, think } = await aWorld(true);
    const first = page(await as(person).get(here));
    const forward = first('a.fwd').attr('href') ?? '';
    expect(forward).toBe(`${here}?at=b-mieti`);
    const block = page(await as(person).get(forward));
    expect([block('#b-mieti h2').text(), block('#b-mieti strong').text()]).toEqual([
      'Kysyykö pankki tunnuksia?',
      'Anna',
    ]);
    expect(block('#b-mieti a.govuk-button').attr('href')).toBe(think);
    await answer(person, think, 'b');
    const said = page(await as(person).get(think));
    expect(said('a.govuk-button').first().attr('href')).toBe(`${here}?at=spot-2`);
    expect(said('.three a').eq(1).attr('href')).toBe(forward);
  });
});
