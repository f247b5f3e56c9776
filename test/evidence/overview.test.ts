import { as, page } from '../support/browser';
import { aPerson } from '../support/factories';
import { anObservation, theFramework } from '../support/factories-skills';

test('each piece says who sees it: quizzes and own views are the person’s own, words of those asked need sharing', async () => {
  await theFramework();
  const person = await aPerson({ language: 'en' });
  for (const source of ['self', 'quiz', 'peer', 'experience_expert', 'supervisor', 'demonstration'] as const) {
    await anObservation(person, { source });
  }
  const $ = page(await as(person).get('/skills/evidence'));
  const seen = Object.fromEntries(
    $('tbody tr')
      .toArray()
      .map((row) => [$(row).find('td').eq(1).text().split('Noted')[0]?.trim(), $(row).find('td').last().text()]),
  );
  expect(Object.values(seen).sort()).toEqual(
    [
      'Only you',
      'Only you',
      'You. Your supervisor sees it only if you share it',
      'You. Your supervisor sees it only if you share it',
      'You. Your supervisor sees the estimate if the skill is agreed',
      'You. Your supervisor sees the estimate if the skill is agreed',
    ].sort(),
  );
  expect(seen.Quiz).toBe('Only you');
});
