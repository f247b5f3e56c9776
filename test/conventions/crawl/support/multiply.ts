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
    const own = ['id', 'person_id', 'attempt_id', 'self_assessment_id', 'invitation_id', 'observation_id'].filter(
      (name) => columns.includes(name),
    );
    const changes = Object.fromEntries(own.map((name) => [name, copyOf(`t.${name}`)]));
    // Rows come in any order; what they point to is there at the end.
    await owner.transaction(async (transaction) => {
      await transaction.raw("set local session_replication_role = 'replica'");
      await copyRows(transaction, table, of('person_id') + ours, times, changes);
    });
  }
}

/** One for each draft, each network or each account; team_members goes last, for the others ask it who is in a team. */
const NOT_COPIED = ['draft_signatures', 'network_coordinators', 'team_members', 'team_supervisors', 'credentials'];
