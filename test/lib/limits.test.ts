import { db } from '../../src/lib/db';
import { limit } from '../../src/lib/limits';

const rows = () => db().table('rate_limits').select('*');

it('keeps no name or address that could be read', async () => {
  const tries = limit('sign-in-name', 2, 60);
  await tries.count('aino@example.org');
  await tries.count('aino@example.org');
  await expect(tries.count('aino@example.org')).rejects.toMatchObject({ status: 429 });
  expect(JSON.stringify(await rows())).not.toContain('aino');
  await tries.forget('aino@example.org');
  await tries.count('aino@example.org');
});

it('keeps a count no longer than it counts', async () => {
  await db()
    .table('rate_limits')
    .insert({ key: 'old', points: 3, expire: Date.now() - 1 });
  await db()
    .table('rate_limits')
    .insert({ key: 'new', points: 3, expire: Date.now() + 60_000 });
  await limit('x', 5, 60).count('first');
  expect((await rows()).map(({ key }) => key)).toEqual(expect.arrayContaining(['new']));
  expect((await rows()).map(({ key }) => key)).not.toContain('old');
});
