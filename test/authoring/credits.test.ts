import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { asOwner } from '../support/factories';
import { aDraftOf, aPair, sign, stored } from '../support/factories-together';

async function aPublished(expertShown: Record<string, string> = { shown: 'role' }) {
  const pair = await aPair();
  const draft = await aDraftOf(pair.expert, ['Teksti.'], { state: 'in_review' });
  await sign(pair.expert, draft, 'true_to_life', expertShown);
  await sign(pair.professional, draft, 'correct_and_safe');
  const { lesson_id } = await stored(pair.expert, draft.id);
  const lesson = await asOwner(() =>
    db()
      .table('lessons as l')
      .join('courses as c', 'c.id', 'l.course_id')
      .where('l.id', lesson_id)
      .first('l.id', 'l.slug', 'c.slug as course'),
  );
  const read = async () => {
    const $ = page(await as(pair.learner).get(`/learn/${lesson.course}/${lesson.slug}`));
    return $('.credits li')
      .toArray()
      .map((line) => $(line).text().trim());
  };
  const change = (actor: Actor, body: object) => as(actor).post(`/write/credits/${lesson.id}`, body);
  return { ...pair, draft, lesson, read, change };
}

it.each([
  [{ shown: 'full' }, 'True to life: Pekka Mäkinen'],
  [{ shown: 'short' }, 'True to life: Pekka M.'],
  [{ shown: 'pen', pen_name: 'Metsän Poika' }, 'True to life: Metsän Poika'],
  [{ shown: 'role' }, 'True to life: an expert by experience'],
  [{ shown: 'none' }, undefined],
])('names a signer as they wish: %j', async (shown, expected) => {
  const { read } = await aPublished(shown);
  expect((await read()).find((line) => line.startsWith('True to life'))).toBe(expected);
});

it('is changed at any time by the person alone, and holds at once', async () => {
  const { expert, professional, stranger, read, change } = await aPublished({ shown: 'full' });
  expect((await change(expert, { kind: 'true_to_life', shown: 'role' })).status).toBe(303);
  expect(await read()).toContain('True to life: an expert by experience');
  expect((await change(expert, { kind: 'written', shown: 'pen', pen_name: 'Metsän Poika' })).status).toBe(303);
  expect(await read()).toContain('Written by: Metsän Poika');
  expect((await change(professional, { kind: 'true_to_life', shown: 'full' })).status).toBe(404);
  expect((await change(stranger, { kind: 'true_to_life', shown: 'full' })).status).toBe(404);
  expect((await change(expert, { kind: 'king', shown: 'full' })).status).toBe(404);
  const odd = await change(expert, { kind: 'true_to_life', shown: 'pen', pen_name: ' ' });
  expect([odd.status, page(odd)('.govuk-error-message').length]).toEqual([422, 1]);
  expect((await change(expert, { kind: 'true_to_life', shown: 'pen', pen_name: 'a'.repeat(61) })).status).toBe(422);
  expect((await change(expert, { kind: 'true_to_life', shown: 'all' })).status).toBe(422);
  expect(await read()).toContain('True to life: an expert by experience');
});

it('digime-09: stays with the writer through the next publication, and is taken anew from who signs', async () => {
  const { expert, professional, draft, read, change } = await aPublished({ shown: 'full' });
  await change(expert, { kind: 'written', shown: 'short' });
  await as(expert).post(`/write/drafts/${draft.id}/again`);
  await as(expert).post(`/write/drafts/${draft.id}`, {
    version: String((await stored(expert, draft.id)).version),
    do: 'submit',
  });
  await sign(expert, draft, 'true_to_life', { shown: 'none' });
  await sign(professional, draft, 'correct_and_safe', { shown: 'role' });
  expect((await read()).sort()).toEqual(['Correct and safe: a professional', 'Written by: Pekka M.']);
});

it('leaves with the person who is forgotten', async () => {
  const { expert, lesson, read } = await aPublished({ shown: 'pen', pen_name: 'Metsän Poika' });
  await asOwner(() => db().table('credit_wishes').where({ person_id: expert.id }).delete());
  expect(await read()).toEqual(['Correct and safe: Sanna Niemi']);
  expect(lesson.slug).toBeTruthy();
});

it('asks for a pen name when that is what is shown, and marks nothing as signed', async () => {
  const { expert } = await aPair();
  const draft = await aDraftOf(expert, ['Teksti.'], { state: 'in_review' });
  const response = await sign(expert, draft, 'true_to_life', { shown: 'pen', pen_name: '' });
  expect([response.status, page(response)('#pen_name-error').length]).toEqual([422, 1]);
  expect(await asOwner(() => db().table('draft_signatures').pluck('kind'))).toEqual([]);
});
