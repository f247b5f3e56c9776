import { formatter } from '../../src/lib/format';

const MAY_14 = new Date('2026-05-14T07:20:00Z');
const plainSpaces = (text: string) => text.replace(/\s/g, ' ');

describe('dates', () => {
  test.each([
    ['fi', '14.5.2026', '14.5.', '14.5.2026 klo 10.20'],
    ['fi-x-selko', '14.5.2026', '14.5.', '14.5.2026 klo 10.20'],
    ['sv', '14.5.2026', '14.5', '14.5.2026 10.20'],
    ['en', '14 May 2026', '14 May', '14 May 2026, 10:20'],
  ])('are written as in %s', (lang, date, shortDate, dateTime) => {
    const fmt = formatter(lang);
    expect(fmt.date(MAY_14)).toBe(date);
    expect(fmt.shortDate(MAY_14)).toBe(shortDate);
    expect(plainSpaces(fmt.dateTime(MAY_14))).toBe(dateTime);
  });

  test('are of the Finnish day, also just after midnight there', () => {
    expect(formatter('fi').date(new Date('2026-05-13T21:30:00Z'))).toBe('14.5.2026');
  });
});

describe('numbers', () => {
  test('have a decimal comma in Finnish and a point in English', () => {
    expect(formatter('fi').number(2.345, 1)).toBe('2,3');
    expect(formatter('en').number(2.345, 1)).toBe('2.3');
  });

  test.each(['fi', 'sv', 'en'])('have a true minus sign in %s', (lang) => {
    expect(formatter(lang).number(-3)).toBe('\u22123');
  });

  test('a negative that rounds to zero is zero', () => {
    expect(formatter('fi').number(-0.04, 1)).toBe('0,0');
  });

  test('a change always has a sign', () => {
    const fmt = formatter('fi');
    expect([fmt.signed(0.84), fmt.signed(-0.26), fmt.signed(-0.01)]).toEqual(['+0,8', '\u22120,3', '±0,0']);
  });
});

test('a formatter is made once for a language', () => {
  expect(formatter('fi')).toBe(formatter('fi'));
});
