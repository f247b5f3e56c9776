import fs from 'node:fs';
import path from 'node:path';
import priorities from './capabilities.json';

/** Titles of all tests that drive something. */
const titles = fs
  .readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .flatMap((file) => [
    ...fs
      .readFileSync(path.join('test', file), 'utf8')
      .matchAll(/\bit(?:\.each\([\s\S]*?\))?\(\s*(['"`])([\s\S]*?)\1/g),
  ])
  .map(([, , title = '']) => title);
const named = new Set(
  titles.flatMap((title) => title.match(/\b(digime|uudi|digiverkosto|digitiekartta|digisti_fiksu)-\d\d\b/g) ?? []),
);

it('drives each capability of the five practices by a test of its name', () => {
  const wanted = Object.entries(priorities).filter(([, priority]) => priority !== 'later');
  expect(wanted.length).toBe(73);
  expect(wanted.map(([id]) => id).filter((id) => !named.has(id))).toEqual([]);
});

it('names no capability that there is not', () => {
  expect([...named].filter((id) => !(id in priorities))).toEqual([]);
});
