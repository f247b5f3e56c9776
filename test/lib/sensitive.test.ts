import { isForbidden, sensitiveHits } from '../../src/lib/sensitive';

const kinds = (text: string) => sensitiveHits(text).map(({ kind }) => kind);

it.each([
  ['Hänen tunnuksensa on 131052-308T.', ['identity-number']],
  ['131052A308T', ['identity-number']],
  ['Syntynyt 131052-308U', []],
  ['Tili FI21 1234 5600 0007 85 on hänen', ['bank-code']],
  ['Tili FI22 1234 5600 0007 85', []],
  ['kortti 4111 1111 1111 1111', ['bank-code']],
  ['PIN on 1234', ['bank-code']],
  ['Soita 040 123 4567', ['phone']],
  ['Kirjoita aino@example.org', ['email']],
  ['Hänellä on masennusta ja lääkitys', ['health-word', 'health-word']],
  ['Pankki kysyi koodin kolmesti klo 12.30, käynti kesti 45 minuuttia', []],
  ['Laskun summa oli 1 250 euroa vuonna 2026', []],
])('%s', (text, expected) => {
  expect(kinds(text)).toEqual(expected);
});

it('forbids codes and identity numbers, and warns of the rest', () => {
  expect(isForbidden('131052-308T')).toBe(true);
  expect(isForbidden('Soita 040 123 4567')).toBe(false);
});
