import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { db } from '../../src/lib/db';
import { currentScope, withScope } from '../../src/lib/scope';
import { inOurScope, streamed } from '../../src/lib/streamed';

const numbers = (most: number) => db().raw('select generate_series(1, ?::int) as n', [most]);
const open = async () =>
  Number((await db().raw("select count(*)::int as n from pg_cursors where name like 'rows_%'")).rows[0].n);

it.each([0, 1, 6, 7])('gives each of %i rows once, in order, in batches of three', async (most) => {
  const rows: number[] = [];
  for await (const { n } of streamed<{ n: number }>(numbers(most), 3)) rows.push(n);
  expect(rows).toEqual(Array.from({ length: most }, (_, index) => index + 1));
  expect(await open()).toBe(0);
});

it('ends the query when its reader goes away', async () => {
  const rows = streamed<{ n: number }>(numbers(1_000_000_000), 10);
  await rows.next();
  expect(await open()).toBe(1);
  await rows.return(undefined);
  expect(await open()).toBe(0);
});

it('ends the query and passes the error on when a row cannot be made', async () => {
  const rows = streamed(db().raw('select 1 / (3 - n) as n from (select generate_series(1, 5) as n) one'), 2);
  await rows.next();
  await rows.next();
  await expect(rows.next()).rejects.toThrow('division by zero');
  expect(await open()).toBe(0);
});

it('reads in the scope of who asked, whoever pulls', async () => {
  async function* scopes() {
    try {
      for (;;) yield currentScope().personId;
    } finally {
      ended = currentScope().personId;
    }
  }
  let ended: string | null = '';
  const outside = AsyncLocalStorage.snapshot();
  const rows = withScope({ organisationId: 'o', personId: 'p' }, () => inOurScope(scopes())[Symbol.asyncIterator]());
  await outside(async () => {
    expect((await rows.next()).value).toBe('p');
    await turn();
    expect((await rows.next()).value).toBe('p');
    await rows.return?.();
  });
  expect(ended).toBe('p');
});
