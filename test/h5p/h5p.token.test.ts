import fc from 'fast-check';
import { readContentToken, signContentToken } from '../../src/features/h5p/h5p.token';

const NOON = new Date('2026-03-02T12:00:00Z');
const after = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

it('gives back the content it was made for, in letters that fit a path', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 40 }), (id) => {
      const token = signContentToken(id, 'secret', NOON);
      expect(token).toMatch(/^[\w.-]+$/);
      expect(readContentToken(token, 'secret', NOON)).toBe(id);
    }),
  );
});

it('lasts two to four hours, and is the same meanwhile so that browsers keep the files', () => {
  const token = signContentToken('a', 'secret', NOON);
  expect(signContentToken('a', 'secret', after(119))).toBe(token);
  expect(readContentToken(token, 'secret', after(239))).toBe('a');
  expect(readContentToken(token, 'secret', after(240))).toBeUndefined();
});

it('is no good with anything changed', () => {
  const token = signContentToken('content-1', 'secret', NOON);
  const other = signContentToken('content-2', 'secret', NOON);
  const mixed = [...other.split('.').slice(0, 2), token.split('.')[2]].join('.');
  const longer = token.replace(/\.(\w+)\./, '.zzzzzz.');
  for (const wrong of [mixed, longer, token.slice(0, -1), `${token}A`, '', 'a.b.c', 'a.b']) {
    expect(readContentToken(wrong, 'secret', NOON)).toBeUndefined();
  }
  expect(readContentToken(token, 'other secret', NOON)).toBeUndefined();
});
