import { randomUUID } from 'node:crypto';
import { atomically, db, statementsSent, together } from '../../src/lib/db';
import { withScope } from '../../src/lib/scope';

const scope = () => ({ organisationId: randomUUID(), personId: null });
const seen = async () => (await db().raw('select oppiva_organisation() as id')).rows[0].id;

it('gives every query the scope it was asked in, and no query the scope of another', async () => {
  const [one, two] = [scope(), scope()];
  expect(await withScope(one, seen)).toBe(one.organisationId);
  expect(await withScope(two, seen)).toBe(two.organisationId);
  expect(await seen()).toBeNull();
});

it('keeps the scope through transactions and savepoints', async () => {
  const ours = scope();
  await withScope(ours, () =>
    atomically(async () => {
      expect(await seen()).toBe(ours.organisationId);
      await atomically(async () => expect(await seen()).toBe(ours.organisationId));
      await expect(atomically(() => db().raw('select 1 / 0'))).rejects.toThrow('division by zero');
      expect(await seen()).toBe(ours.organisationId);
    }),
  );
});

it('undoes all of a failed transaction', async () => {
  const work = atomically(async () => {
    await db()('rate_limits' as never).insert({ key: 'gone' } as never);
    throw new Error('stop');
  });
  await expect(work).rejects.toThrow('stop');
  expect(await db()('rate_limits' as never).where({ key: 'gone' } as never)).toEqual([]);
});

it('sends reads together and answers as each alone would', async () => {
  const before = statementsSent();
  const [rows, first, none] = await together(
    db()('pg_class').where({ relname: 'people' }).select('relname'),
    db()('pg_class').where({ relname: 'people' }).first('relkind'),
    db()('pg_class').where({ relname: 'no such table' }).first('relkind'),
  );
  expect(rows).toEqual([{ relname: 'people' }]);
  expect(first).toEqual({ relkind: 'r' });
  expect(none).toBeUndefined();
  expect(statementsSent() - before).toBe(3);
});

it('has the day of Finland, whatever the server of the database thinks', async () => {
  expect((await db().raw('show timezone')).rows).toEqual([{ TimeZone: 'Europe/Helsinki' }]);
  const { rows } = await db().raw("select timestamptz '2026-07-01 22:30Z'::date::text as day");
  expect(rows[0].day).toBe('2026-07-02');
});
