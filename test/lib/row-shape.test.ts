import { db, together } from '../../src/lib/db';
import { moment } from '../../src/lib/row-shape';

it('reads moments as PostgreSQL writes them', () => {
  expect(moment('2026-05-15 09:00:00+00')).toEqual(new Date('2026-05-15T09:00:00Z'));
  expect(moment('2026-05-15 09:00:00.5+00')).toEqual(new Date('2026-05-15T09:00:00.500Z'));
  expect(moment('2026-05-15 09:00:00.123456+00')).toEqual(new Date('2026-05-15T09:00:00.123Z'));

  expect(moment('0026-05-15 09:00:00+00')).toEqual(new Date('0026-05-15T09:00:00Z'));
  expect(moment('2026-05-15 12:00:00.25+03')).toEqual(new Date('2026-05-15T09:00:00.250Z'));
  expect(moment('2026-01-15 04:00:00-05')).toEqual(new Date('2026-01-15T09:00:00Z'));
  for (const other of [
    'infinity',
    '-infinity',
    '0044-03-15 00:00:00+00 BC',
    '2026-05-15',
    '12026-05-15 09:00:00+00',
    '2026-05-15 09:00:00+05:30',
  ])
    expect(moment(other)).toBeUndefined();
});

const ODD = `select 1 as a, 2 as a, null as "it's", '{x,"y z"}'::text[] as list, '{"k": [1]}'::jsonb as json, true as yes,
  '2026-05-15 12:00:00.25+03'::timestamptz as at, '-infinity'::timestamptz as never, '2026-05-15'::date as day, 1.5::float8 as f`;

it('answers the same the first time and when it knows the statement', async () => {
  const [first] = await together(db().raw(ODD));
  const [second] = await together(db().raw(ODD));
  expect(second.rows).toEqual(first.rows);
  expect(first.rows[0]).toEqual({
    a: 2,
    "it's": null,
    list: ['x', 'y z'],
    json: { k: [1] },
    yes: true,
    at: new Date('2026-05-15T09:00:00.250Z'),
    never: Number.NEGATIVE_INFINITY,
    day: expect.anything(),
    f: 1.5,
  });
});

it('counts rows that were changed and gives none that were not asked for', async () => {
  await db().raw('create temporary table notes (id int, text text)');
  for (const _ of [1, 2]) {
    const inserted = await db().raw("insert into notes values (1, 'a'), (2, 'b')");
    expect([inserted.rowCount, inserted.rows]).toEqual([2, []]);
  }
  expect(await db().table('notes').where({ id: 1 }).update({ text: 'c' })).toBe(2);
  expect((await db().raw('select * from notes where id = 9')).rows).toEqual([]);
});

it('goes on after a statement has failed', async () => {
  const divide = (by: number) => db().transaction((inner) => inner.raw('select 10 / ?::int as n', [by]));
  expect((await divide(2)).rows).toEqual([{ n: 5 }]);
  await expect(divide(0)).rejects.toThrow('division by zero');
  expect((await divide(5)).rows).toEqual([{ n: 2 }]);
});
