import { isNameTaken } from '../people/people.model';

const LETTERS: Record<string, string> = { ø: 'o', æ: 'ae', ß: 'ss', ð: 'd', þ: 'th', ł: 'l', đ: 'd' };

/** "Åsa von Essen-Kök" -> "asa.von.essen-kok": first and last names as a user name. Never empty. */
export function usernameFrom(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[øæßðþłđ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z0-9\s-]/g, '')
    .trim()
    .replace(/\s+/g, '.')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 50);
  return plain.length > 1 ? plain : 'person';
}

/** The first of anna.korhonen, anna.korhonen2, anna.korhonen3 … that nobody has. */
export async function freeUsername(name: string): Promise<string> {
  const base = usernameFrom(name);
  for (let number = 1; ; number += 1) {
    const username = number === 1 ? base : `${base}${number}`;
    if (!(await isNameTaken(username))) return username;
  }
}
