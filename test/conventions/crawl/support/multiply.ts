import type { Knex } from 'knex';

/**
 * Copies the rows of a table that meet the condition, `times` over. `changes` are SQL expressions for columns that
 * must differ; they may use `n`, the number of the copy. An `id` that has a default gets a new one.
 */
export async function copyRows(
  owner: Knex,
  table: string,
  condition: string,
  times: number,
  changes: Record<string, string> = {},
): Promise<void> {
  const { rows } = await owner.raw(
    `select attname::text as name from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where attrelid = ?::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''
       and not (attname = 'id' and d.oid is not null)`,
    [table],
  );
  const columns: string[] = rows.map((row: { name: string }) => row.name);
  const all = [...new Set([...columns, ...Object.keys(changes)])];
  await owner.raw(
    `insert into ${table} (${all.join(', ')})
     select ${all.map((name) => changes[name] ?? (name === 'id' ? 'gen_random_uuid()' : `t.${name}`)).join(', ')}
     from ${table} t, generate_series(1, ${times}) n where ${condition}`,
  );
}

/** The id of the n-th copy of a row: worked out from the first one's, so that others can point to it. */
export const copyOf = (column: string) => `md5(${column}::text || n)::uuid`;

/** Ten times the people of the organisation's teams, each with a history of their own. */
export async function multiplyPeople(owner: Knex, organisationId: string, times: number): Promise<void> {
  const inTeams = `t.{} in (select person_id from team_members where organisation_id = '${organisationId}')`;
  const of = (column: string) => inTeams.replace('{}', column);
  await copyRows(owner, 'people', of('id'), times, {
    id: copyOf('t.id'),
    username: "t.username || '-' || n",
    email: 'null',
  });
  const { rows } = await owner.raw(
    `select relname as table, array_agg(attname::text) as columns
     from pg_class c join pg_attribute on attrelid = c.oid and attnum > 0 and not attisdropped
     where relkind = 'r' and relnamespace = 'public'::regnamespace and not relname = any (?)
     group by 1 having 'person_id' = any (array_agg(attname::text)) order by relname <> 'memberships', 1`,
    [NOT_COPIED],
  );
  for (const { table, columns } of rows as { table: string; columns: string[] }[]) {
    const ours = columns.includes('organisation_id') ? ` and t.organisation_id = '${organisationId}'` : '';
    const own = ['person_id', ...HANGING, ...(await keysWithoutPerson(owner, table))].filter((name) =>
      columns.includes(name),
    );
    const changes = Object.fromEntries(own.map((name) => [name, copyOf(`t.${name}`)]));
    // What is found by a code has one of its own, and its own place in the list of revoked ones.
    if (table === 'issued_credentials') {
      const code = 'case when t.code is not null then upper(substr(md5(t.id::text || n), 1, 16)) end';
      Object.assign(changes, { code, status_list: 'null', status_index: 'null' });
    }
    // Rows come in any order; what they point to is there at the end.
    await owner.transaction(async (transaction) => {
      await transaction.raw("set local session_replication_role = 'replica'");
      await copyRows(transaction, table, of('person_id') + ours, times, changes);
    });
  }
}

/** What rows of a person hang on: rows that are copied, too. */
const HANGING = ['attempt_id', 'self_assessment_id', 'invitation_id', 'observation_id'];

/** Of each unique index that leaves the person out, the first id: without a change of it a copy would be the same row. */
async function keysWithoutPerson(owner: Knex, table: string): Promise<string[]> {
  const { rows } = await owner.raw(
    `select distinct on (i.indexrelid) a.attname::text as name from pg_index i
     cross join lateral unnest(i.indkey::int2[]) with ordinality k (number, place)
     join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
     where i.indrelid = ?::regclass and i.indisunique and a.atttypid = 'uuid'::regtype and a.attname <> 'organisation_id'
       and not exists (select from pg_attribute p where p.attrelid = i.indrelid and p.attname = 'person_id' and p.attnum = any(i.indkey))
     order by i.indexrelid, k.place`,
    [table],
  );
  return rows.map(({ name }: { name: string }) => name);
}

/** One for each draft, each network or each account; team_members goes last, for the others ask it who is in a team. */
const NOT_COPIED = ['draft_signatures', 'network_coordinators', 'team_members', 'team_supervisors', 'credentials'];
