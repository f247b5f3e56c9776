import type { Knex } from 'knex';

interface ForeignKey {
  table: string;
  columns: string[];
  parent: string;
  parentColumns: string[];
}

/** The condition that finds an organisation's rows in a table; the organisation's id is put in by the caller. */
export type Condition = (organisationId: string) => string;

/**
 * For each table that belongs to organisations, how to find one organisation's rows: by its own organisation_id, or
 * by following a foreign key to a table that has one. People are those who are members of it and of no other.
 */
export async function ownerships(owner: Knex): Promise<Map<string, Condition>> {
  const tables = await tablesWithOrganisation(owner);
  const keys = await foreignKeys(owner);
  const found = new Map<string, Condition>([
    [
      'people',
      (id) => `id in (select person_id from memberships group by person_id having bool_and(organisation_id = '${id}'))`,
    ],
  ]);
  for (const table of tables)
    if (!SHARED.has(table) && !GIVEN.has(table)) found.set(table, (id) => `organisation_id = '${id}'`);
  for (let grew = true; grew; ) {
    grew = false;
    for (const { table, columns, parent, parentColumns } of keys) {
      const above = found.get(parent);
      if (!above || found.has(table) || SHARED.has(table)) continue;
      const [mine, theirs] = [columns.join(', '), parentColumns.join(', ')];
      found.set(table, (id) => `(${mine}) in (select ${theirs} from ${parent} where ${above(id)})`);
      grew = true;
    }
  }
  return found;
}

/** Rows that all organisations have in common on purpose. */
const SHARED = new Set(['h5p_libraries']);
/** Name the organisation that was given something; they are that of the giver, to which they point. */
const GIVEN = new Set(['bank_shares', 'course_shares']);

export async function protectedTables(owner: Knex): Promise<string[]> {
  const { rows } = await owner.raw(
    "select relname from pg_class where relrowsecurity and relkind = 'r' and relnamespace = 'public'::regnamespace",
  );
  return rows.map((row: { relname: string }) => row.relname).sort();
}

async function tablesWithOrganisation(owner: Knex): Promise<string[]> {
  const { rows } = await owner.raw(`
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attname = 'organisation_id'
      and not a.attisdropped order by 1`);
  return rows.map((row: { relname: string }) => row.relname);
}

async function foreignKeys(owner: Knex): Promise<ForeignKey[]> {
  const { rows } = await owner.raw(`
    select k.conrelid::regclass::text as table, k.confrelid::regclass::text as parent,
      array(select attname::text from unnest(k.conkey) with ordinality u (n, i)
        join pg_attribute on attrelid = k.conrelid and attnum = n order by i) as columns,
      array(select attname::text from unnest(k.confkey) with ordinality u (n, i)
        join pg_attribute on attrelid = k.confrelid and attnum = n order by i) as "parentColumns"
    from pg_constraint k
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.confrelid <> 'organisations'::regclass
    order by 1, k.conkey[1]`);
  return rows;
}

/** One short sum for each table's rows of the organisation: equal before and after when nothing changed. */
export async function sums(owner: Knex, organisationId: string): Promise<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const [table, where] of await ownerships(owner)) {
    const { rows } = await owner.raw(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum
       from ${table} t where ${where(organisationId)}`,
    );
    result[table] = rows[0].sum;
  }
  return result;
}

/** Rows of one organisation that point to rows of another, as "table.column"; people may be members of several. */
export async function crossings(owner: Knex, ours: string, theirs: string): Promise<string[]> {
  const conditions = await ownerships(owner);
  const found: string[] = [];
  for (const { table, columns, parent, parentColumns } of await foreignKeys(owner)) {
    const [mine, others] = [conditions.get(table), conditions.get(parent)];
    if (!mine || !others) continue;
    const { rows } = await owner.raw(
      `select count(*)::int as n from ${table} where ${mine(ours)}
       and (${columns.join(', ')}) in (select ${parentColumns.join(', ')} from ${parent} where ${others(theirs)})`,
    );
    if (rows[0].n > 0) found.push(`${table}.${columns.join('+')}`);
  }
  return found;
}
