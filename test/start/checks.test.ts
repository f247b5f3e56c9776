import fs from 'node:fs';
import { checkRights, checkVersion } from '../../src/check-database';
import { readConfig } from '../../src/config';

it('refuses a PostgreSQL older than 16 and takes newer ones', () => {
  expect(() => checkVersion(150014)).toThrow('PostgreSQL 15 is too old. Oppiva needs version 16 or newer.');
  expect(() => checkVersion(160000)).not.toThrow();
  expect(() => checkVersion(180001)).not.toThrow();
});

it('takes a superuser, a user with CREATEROLE, and one that an administrator gave the role to', () => {
  const rights = { name: 'me', mayMakeRoles: false, appRoleExists: false, isMember: false, mayMakeTables: true };
  expect(() => checkRights({ ...rights, mayMakeRoles: true })).not.toThrow();
  expect(() => checkRights({ ...rights, appRoleExists: true, isMember: true })).not.toThrow();
  expect(() => checkRights(rights)).toThrow('create role oppiva_app nologin; grant oppiva_app to me;');
  expect(() => checkRights({ ...rights, appRoleExists: true })).toThrow(/database: grant oppiva_app to me;$/);
  expect(() => checkRights({ ...rights, mayMakeTables: false })).toThrow('me may not make tables');
});

it('reads settings once, takes an empty one as not given, and names each wrong one', () => {
  expect(readConfig({ PORT: '', HOST: '' })).toMatchObject({ PORT: 3000, HOST: '127.0.0.1' });
  expect(() => readConfig({ PORT: '99999', SESSION_SECRET: 'short' })).toThrow(/PORT: .*SESSION_SECRET: at least 32/);
});

it('can be read by an old Node up to the line that says it is too old', () => {
  const source = fs.readFileSync('src/server.ts', 'utf8');
  const imports = [...source.matchAll(/^import .* from '(.*)'/gm)].map(([line, from]) => [
    from,
    /^import type/.test(line),
  ]);
  // Only what every Node has may be loaded before the check; the rest is loaded after it.
  expect(imports.filter(([from, isType]) => !isType && !String(from).startsWith('node:'))).toEqual([]);
  expect(JSON.parse(fs.readFileSync('tsconfig.json', 'utf8')).compilerOptions.target).toBe('es2023');
});
