import { differenceOf, wordsBetween } from '../../src/features/authoring/versions/difference';
import { completeLesson } from '../../src/features/progress/progress.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { asOwner, inScope } from '../support/factories';
import { aDraftOf, aLessonOf, aPair, rewrite, sign, stored, submit } from '../support/factories-together';

const written = (parts: { how: string; text: string }[]) =>
  parts.map(({ how, text }) => ({ same: text, added: `[+${text}]`, removed: `[-${text}]` })[how]).join('');

describe('the difference of two texts', () => {
  const between = (before: string[], after: string[], order?: number[]) => {
    const later = aLessonOf(...after);
    const blocks = order ? order.map((place) => later.blocks[place] as (typeof later.blocks)[number]) : later.blocks;
    return differenceOf(aLessonOf(...before), { ...later, blocks }, 'fi')
      .filter(({ id }) => id !== 'title')
      .map(({ id, state, parts }) => `${id} ${state}: ${written(parts)}`);
  };

  it.each([
    ['a word', 'Soita pankkiin heti.', 'Soita omaan pankkiin heti.', 'Soita [+omaan ]pankkiin heti.'],
    [
      'words side by side',
      'yksi kaksi kolme neljä',
      'yksi viisi kuusi neljä',
      'yksi [-kaksi kolme][+viisi kuusi] neljä',
    ],
    ['all of it', 'vanha', 'uusi', '[-vanha][+uusi]'],
  ])('shows %s', (_, before, after, expected) => expect(written(wordsBetween(before, after))).toBe(expected));

  it('is told part by part, with what came, went and moved', () => {
    expect(between(['Yksi.', 'Kaksi.', 'Kolme.'], ['Yksi.', 'Kaksi!', 'Kolme.', 'Neljä.'])).toEqual([
      'part1 same: Yksi.',
      'part2 changed: Kaksi[-.][+!]',
      'part3 same: Kolme.',
      'part4 added: [+Neljä.]',
    ]);
    expect(between(['Yksi.', 'Kaksi.', 'Kolme.'], ['Yksi.', '', 'Kolme.'])).toEqual([
      'part1 same: Yksi.',
      'part2 removed: [-Kaksi.]',
      'part3 same: Kolme.',
    ]);
    expect(between(['Yksi.', 'Kaksi.', 'Kolme.'], ['Yksi.', 'Kaksi.', 'Kolme.'], [2, 0, 1])).toEqual([
      'part3 moved: Kolme.',
      'part1 same: Yksi.',
      'part2 same: Kaksi.',
    ]);
  });

  it('of long texts without a word in common does not take minutes', () => {
    const words = (stem: string) => Array.from({ length: 3000 }, (_, index) => `${stem}${index}`).join(' ');
    const texts = (stem: string) => aLessonOf(...Array.from({ length: 20 }, (_, index) => words(`${stem}${index}x`)));
    const began = performance.now();
    const lines = differenceOf(texts('a'), texts('b'), 'fi');
    expect(performance.now() - began).toBeLessThan(5000);
    expect(lines.filter(({ state }) => state === 'changed')).toHaveLength(20);
  });
});

describe('the history of a draft', () => {
  const numbers = (id: string): Promise<number[]> =>
    asOwner(() => db().table('draft_versions').where({ draft_id: id }).orderBy('version').pluck('version'));
  const here = (draft: { id: string }) => `/write/drafts/${draft.id}/versions`;

  it('holds a line for a sitting of each writer, and every text that something was done with', async () => {
    const { expert, professional } = await aPair();
    const draft = await aDraftOf(expert, ['Yksi.']);
    for (const text of ['Yksi a.', 'Yksi b.', 'Yksi c.']) await rewrite(expert, draft, text);
    expect(await numbers(draft.id)).toEqual([4]);
    await rewrite(professional, draft, 'Yksi d.');
    expect(await numbers(draft.id)).toEqual([4, 5]);
    await submit(professional, draft);
    await sign(expert, draft, 'true_to_life');
    await as(professional).post(`/write/drafts/${draft.id}/notes`, { text: 'Vielä' });
    await rewrite(professional, draft, 'Yksi e.');
    expect(await numbers(draft.id)).toEqual([4, 5, 6]);
    await asOwner(() => db().raw("update draft_versions set began_at = now() - interval '31 minutes'"));
    await rewrite(professional, draft, 'Yksi f.');
    expect(await numbers(draft.id)).toEqual([4, 5, 6, 7]);
    const $ = page(await as(expert).get(here(draft)));
    expect($('.history li.card')).toHaveLength(4);
    expect($('.history li.card').eq(2).text()).toContain('True to life');
  });

  it('brings a text back as a new version, which is undone in the same way', async () => {
    const { expert, professional } = await aPair();
    const draft = await aDraftOf(expert, ['Vanha.']);
    await rewrite(professional, draft, 'Uusi.');
    const textNow = async () => (await stored(expert, draft.id)).content.blocks[0]?.texts.fi?.text;
    const restore = async (version: number, seen?: number) =>
      as(expert).post(`${here(draft)}/${version}/restore`, {
        version: String(seen ?? (await stored(expert, draft.id)).version),
      });
    const done = await restore(1);
    expect([done.status, done.headers.location, await textNow()]).toEqual([
      303,
      expect.stringContaining('undo=2'),
      'Vanha.',
    ]);
    const $ = page(await as(expert).get(String(done.headers.location)));
    expect($('.notice form').attr('action')).toBe(`${here(draft)}/2/restore`);
    await restore(2);
    expect([await textNow(), await numbers(draft.id)]).toEqual(['Uusi.', [1, 2, 3, 4]]);
    // An old page: somebody has written since.
    expect((await restore(1, 2)).status).toBe(409);
    for (const odd of [0, 99]) expect((await restore(odd)).status).toBe(404);
    expect((await as(expert).get(`${here(draft)}/abc`)).status).toBe(404);
    expect((await as(expert).get(`${here(draft)}/2?with=99`)).status).toBe(404);
    await submit(expert, draft);
    expect((await restore(1)).status).toBe(403);
  });

  it('is of its own organisation and of those who may read the draft', async () => {
    const { expert, learner, stranger } = await aPair();
    const draft = await aDraftOf(expert, ['Vanha.']);
    for (const [actor, status] of [
      [learner, 403],
      [stranger, 404],
    ] as const) {
      expect((await as(actor).get(here(draft))).status).toBe(status);
      expect((await as(actor).get(`${here(draft)}/1`)).status).toBe(status);
      expect((await as(actor).post(`${here(draft)}/1/restore`, { version: '1' })).status).toBe(status);
    }
  });
});

it('shows people who finished a lesson what a changed requirement changed, and asks nothing of them otherwise', async () => {
  const { expert, professional, learner } = await aPair();
  const draft = await aDraftOf(expert, ['Salasanassa on 8 merkkiä.', 'Toinen osa.'], { state: 'in_review' });
  const publish = async (change?: string) => {
    if (change) {
      await as(expert).post(`/write/drafts/${draft.id}/again`);
      const { version, content } = await stored(expert, draft.id);
      const [first] = content.blocks;
      const body = { version: String(version), do: 'submit', change_kind: change, change_words: 'Uusi ohje' };
      await as(expert).post(`/write/drafts/${draft.id}`, {
        ...body,
        [`b_${first?.id}_fi`]: `Salasanassa on ${version + 10} merkkiä.`,
      });
    }
    await sign(expert, draft, 'true_to_life');
    await sign(professional, draft, 'correct_and_safe');
    return stored(expert, draft.id);
  };
  const { lesson_id } = await publish();
  const lesson = await asOwner(() =>
    db()
      .table('lessons as l')
      .join('courses as c', 'c.id', 'l.course_id')
      .where('l.id', lesson_id)
      .first('l.*', 'c.slug as course_slug'),
  );
  await inScope(learner, () => completeLesson(learner, lesson));
  await asOwner(() => db().raw(`update enrolments set completed_at = now() - interval '1 day'`));
  await asOwner(() => db().raw(`update lesson_progress set completed_at = now() - interval '1 day'`));
  const asked = async () =>
    page(await as(learner).get(`/learn/${lesson.course_slug}`))('[aria-labelledby=asked-heading]');

  for (const gentle of ['typo', 'clearer', 'new']) {
    expect((await publish(gentle)).state).toBe('published');
    expect((await asked()).length).toBe(0);
  }
  await publish('requirement');
  const $asked = await asked();
  expect($asked.find('details ins').text()).toMatch(/added: \d+/);
  expect($asked.find('details del').text()).toMatch(/removed: \d+/);
  expect($asked.find('details').text()).not.toContain('Toinen osa');
  expect($asked.text()).toContain('Uusi ohje');
});
