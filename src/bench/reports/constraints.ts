import type { Knex } from 'knex';

interface Definition {
  table: string;
  name: string;
  sql: string;
}

/** What makes the loading of tables slow, put aside: indexes and constraints, to be made again when the rows are there. */
export interface PutAside {
  indexes: Definition[];
  keys: Definition[];
}

const select = async (owner: Knex, sql: string, tables: readonly string[]): Promise<Definition[]> =>
  (await owner.raw(sql, [[...tables]])).rows;

/** Keys of these tables, and references from and to them, those first. */
const keysOf = (owner: Knex, tables: readonly string[], types: string) =>
  select(
    owner,
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(c.oid) as sql
     from pg_constraint c join pg_class t on t.oid = any(array[conrelid, confrelid])
     where contype in (${types}) and t.relname = any(?) group by c.oid, conrelid, conname, contype order by contype = 'f' desc`,
    tables,
  );

/** Drops the references of these tables, whose indexes are needed while rows come in. */
export async function putReferencesAside(owner: Knex, tables: readonly string[]): Promise<PutAside> {
  const keys = await keysOf(owner, tables, `'f'`);
  for (const { table, name } of keys) await owner.raw(`alter table ${table} drop constraint ${name}`);
  return { indexes: [], keys };
}

/** Drops the indexes, keys and references of these tables, and returns how to make them again. */
export async function putAside(owner: Knex, tables: readonly string[]): Promise<PutAside> {
  const keys = await keysOf(owner, tables, `'p', 'u', 'f'`);
  const indexes = await select(
    owner,
    `select t.relname as table, c.relname as name, pg_get_indexdef(i.indexrelid) as sql
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
     where t.relname = any(?) and not exists (select from pg_constraint where conindid = i.indexrelid)`,
    tables,
  );
  for (const { table, name } of keys) await owner.raw(`alter table ${table} drop constraint ${name}`);
  for (const { name } of indexes) await owner.raw(`drop index ${name}`);
  return { indexes, keys };
}

/**
 * Makes them again, two tables at a time. References hold for new rows from then on and are not looked through: the
 * rows were made from the people they refer to.
 */
export async function putBack(owner: Knex, { indexes, keys }: PutAside, told: (what: string) => void): Promise<void> {
  const [references, own] = [keys.filter(isReference), keys.filter((key) => !isReference(key))];
  const work = [
    ...own.map(({ table, name, sql }) => ({ table, statement: `alter table ${table} add constraint ${name} ${sql}` })),
    ...indexes.map(({ table, sql }) => ({ table, statement: sql })),
  ];
  const tables = [...Map.groupBy(work, ({ table }) => table).values()];
  // No more at once than there are connections: who waits for one longer than a minute is turned away.
  const lane = async () => {
    for (let table = tables.shift(); table; table = tables.shift())
      for (const { statement } of table) {
        await owner.raw(statement);
        told(statement);
      }
  };
  await Promise.all([lane(), lane()]);
  for (const { table, name, sql } of references)
    await owner.raw(`alter table ${table} add constraint ${name} ${sql} not valid`);
}

const isReference = ({ sql }: Definition) => sql.startsWith('FOREIGN');
