import { isNameTaken } from '../people/people.model';

const LETTERS: Record<string, string> = { ø: 'o', æ: 'ae', ß: 'ss', ð: 'd', þ: 'th', ł: 'l', đ: 'd' };

/** Longer ones are hard to copy from paper. */
const EASY_LENGTH = 30;

/** "Åsa von Essen-Kök" -> "asa.von.essen-kok"; of a long name only the first and the last part. Never empty. */
export function usernameFrom(name: string): string {
  const whole = plainName(name);
  const parts = whole.split('.');
  const plain = whole.length > EASY_LENGTH && parts.length > 2 ? `${parts[0]}.${parts.at(-1)}` : whole;
  return plain.length > 1 ? plain : 'person';
}

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[øæßðþłđ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z0-9\s-]/g, '')
    .trim()
    .replace(/\s+/g, '.')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 50)
    .replace(/\.+$/, '');
}

/** The first of anna.korhonen, anna.korhonen2, anna.korhonen3 … that nobody has. */
export async function freeUsername(name: string): Promise<string> {
  const base = usernameFrom(name);
  for (let number = 1; ; number += 1) {
    const username = number === 1 ? base : `${base}${number}`;
    if (!(await isNameTaken(username))) return username;
  }
}
