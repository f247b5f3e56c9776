import { as, page } from '../support/browser';
import { aPerson } from '../support/factories';

it.each(['/privacy', '/accessibility'])('%s is open to everyone, in their language', async (path) => {
  const swede = await aPerson({ language: 'sv' });
  expect((await as(undefined).get(path)).status).toBe(200);
  expect(page(await as(swede).get(path))('html').attr('lang')).toBe('sv');
});

it('says who sees what in a table with a cell for each', async () => {
  const $ = page(await as(undefined).get('/privacy'));
  expect($('tbody tr').length).toBe(10);
  expect($('tbody td').filter((_, cell) => $(cell).text().trim() === '').length).toBe(0);
});
