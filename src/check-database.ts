import { createHash } from 'node:crypto';
import pg from 'pg';
import { StartFault } from './start-fault';

const OLDEST_POSTGRES = 160000;

/** Stops unless `versionNumber` (PostgreSQL's server_version_num) is new enough. Throws StartFault. */
export function checkVersion(versionNumber: number): void {
  if (versionNumber >= OLDEST_POSTGRES) return;
  const version = Math.floor(versionNumber / 10000);
  throw new StartFault(`PostgreSQL ${version} is too old. Oppiva needs version 16 or newer.`);
}

export interface OwnerRights {
  name: string;
  mayMakeRoles: boolean;
  appRoleExists: boolean;
  isMember: boolean;
  mayMakeTables: boolean;
}

/** Stops unless the owner's login can make the tables and the application's role. Throws StartFault. */
export function checkRights({ name, mayMakeRoles, appRoleExists, isMember, mayMakeTables }: OwnerRights): void {
  if (!mayMakeTables) {
    throw new StartFault(
      `The database user ${name} may not make tables. Make it the owner: alter database … owner to ${name};`,
    );
  }
  if (mayMakeRoles || (appRoleExists && isMember)) return;
  throw new StartFault(
    `The database user ${name} may not make the role oppiva_app. Run once as an administrator of the database: ` +
      `${appRoleExists ? '' : 'create role oppiva_app nologin; '}grant oppiva_app to ${name};`,
  );
}

/** Reaches the database as the owner of the tables, and checks version and rights. `setting` is named in messages. */
export async function checkOwner(url: string, setting: string): Promise<void> {
  await withClient(url, setting, async (client) => {
    const { rows: versions } = await client.query('show server_version_num');
    checkVersion(Number(versions[0].server_version_num));
    const { rows } = await client.query(`
      select me.rolname as name, me.rolsuper or (me.rolcreaterole and app.oid is null) as "mayMakeRoles",
        app.oid is not null as "appRoleExists",
        coalesce(pg_has_role(me.oid, app.oid, 'set, member with admin option'), false) as "isMember",
        has_schema_privilege('public', 'create') as "mayMakeTables"
      from pg_roles me left join pg_roles app on app.rolname = 'oppiva_app' where me.rolname = current_user`);
    checkRights(rows[0]);
  });
}

/** With a login of its own, the application must be held by the row policies. Throws StartFault when it is not. */
export async function checkAppLogin(url: string, role: string, setting: string): Promise<void> {
  await withClient(url, setting, async (client) => {
    const { rows } = await client.query(
      `select current_user as name, rolsuper or rolbypassrls or exists(
          select from pg_class where relowner = pg_roles.oid and relnamespace = 'public'::regnamespace) as "isFree",
        pg_has_role($1, 'usage') as "isMember" from pg_roles where rolname = current_user`,
      [role],
    );
    const { name, isFree, isMember } = rows[0];
    if (isFree) {
      throw new StartFault(
        `The database user ${name} in ${setting} passes the row policies. Give the application a login that owns no table and is no superuser.`,
      );
    }
    if (!isMember) {
      throw new StartFault(
        `The database user ${name} in ${setting} is not a member of ${role}. Run: grant ${role} to ${name};`,
      );
    }
  });
}

/**
 * Gives the embedded database a login for the application: a member of its role and nothing more, so that no statement can
 * step past the row policies. Returns its address.
 */
export async function appLogin(ownerUrl: string, role: string): Promise<string> {
  const url = new URL(ownerUrl);
  const password = createHash('sha256').update(`oppiva_web ${url.password}`).digest('hex');
  await withClient(ownerUrl, 'DATA_FOLDER', async (client) => {
    const { rowCount } = await client.query("select from pg_roles where rolname = 'oppiva_web'");
    if (!rowCount) await client.query(`create role oppiva_web login in role ${pg.escapeIdentifier(role)}`);
    await client.query(`alter role oppiva_web password ${pg.escapeLiteral(password)}`);
  });
  url.username = 'oppiva_web';
  url.password = password;
  return url.href;
}

async function withClient(url: string, setting: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await work(client);
  } catch (error) {
    if (error instanceof StartFault) throw error;
    throw new StartFault(`The database in ${setting} cannot be used: ${reason(error)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What went wrong, without the address: it holds a password. */
function reason(error: unknown): string {
  const { code, message, errors } = error as { code?: string; message?: string; errors?: Error[] };
  return message || errors?.[0]?.message || code || 'no answer';
}
