import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { declaredRoutes } from '../../src/lib/routes';
import '../../src/routes';
import { ensureBuilt } from '../start/server';

const SRC = path.resolve('src');
/** What is measured against, in bench, serves nobody. */
const files = fs
  .readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('bench'));
const text = (file: string) => fs.readFileSync(path.join(SRC, file), 'utf8');

it('does not start with a route that names no policy', async () => {
  await ensureBuilt();
  // The built server, in which one policy has gone missing, as after a slip of the pen.
  const policies = JSON.stringify(path.resolve('dist/src/features/organisations/organisations.policy.js'));
  const server = JSON.stringify(path.resolve('dist/src/server.js'));
  const script = `require(${policies}).signedIn = undefined; require(${server})`;
  const run = promisify(execFile)(process.execPath, ['-e', script], { env: { PATH: process.env.PATH, PORT: '0' } });
  await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^GET \/\S* names no policy\n$/) });
}, 60_000);

it('has no address outside of lib/routes, where each names its policy', () => {
  const outside = files.filter((file) => /\bRouter\(|\bexpress\(\)|\.(all|put|patch|delete)\('\//.test(text(file)));
  expect(outside.sort()).toEqual(['app.ts', 'lib/routes.ts', 'routes.ts']);
  const uses = [...text('app.ts').matchAll(/app\.(get|post|all)\(/g)];
  expect(uses).toEqual([]);
});

it('registers in the address map every Routes there is', () => {
  const made = files.flatMap((file) =>
    [...text(file).matchAll(/export const (\w+) = new Routes\(/g)].map(([, name]) => name),
  );
  const map = text('routes.ts') + text('routes.shared-work.ts').split('sharedWork')[1];
  expect(made.filter((name) => !new RegExp(`at\\(${name}\\)|^  ${name},`, 'm').test(map))).toEqual([]);
});

it('declares no address twice', () => {
  const addresses = declaredRoutes().map(({ method, path: address }) => `${method} ${address.replace(/:\w+/g, ':')}`);
  expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
});

it('has every route in the table of roles that reviewers read', () => {
  const table = fs.readFileSync(path.join(__dirname, 'crawl', 'access-matrix.txt'), 'utf8');
  const inTable = new Map(
    [...table.matchAll(/^((?:GET|POST) \S+) +(\S+) /gm)].map(([, route, policy]) => [route, policy]),
  );
  const declared = declaredRoutes().map(
    (route) => [`${route.method.toUpperCase()} ${route.path}`, route.policy] as const,
  );
  // Missing ones: npx jest crawl/access.test -u, then read what changed in access-matrix.txt.
  expect(declared.filter(([route, policy]) => inTable.get(route) !== policy)).toEqual([]);
});
