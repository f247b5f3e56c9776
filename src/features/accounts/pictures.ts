/**
 * The pictures of the picture code, in the order in which they stand for everybody and always: a person who finds the code
 * hard remembers places too, and a supporter can practise with them. 20 to the power of 4 = 160,000 codes; see `byNameAnywhere`
 * in pictures.routes for how many may be tried.
 */
export const PICTURES = [
  'sun',
  'moon',
  'star',
  'cloud',
  'tree',
  'flower',
  'apple',
  'mushroom',
  'fish',
  'cat',
  'bird',
  'butterfly',
  'house',
  'boat',
  'car',
  'key',
  'book',
  'cup',
  'clock',
  'umbrella',
] as const;
export type Picture = (typeof PICTURES)[number];

export const CODE_LENGTH = 4;

/** What was pressed so far, in order; what is no picture is left out. */
export function readPictures(text: unknown, pressed: unknown): Picture[] {
  const all = `${typeof text === 'string' ? text : ''},${typeof pressed === 'string' ? pressed : ''}`.split(',');
  const known = all.filter((name): name is Picture => (PICTURES as readonly string[]).includes(name));
  return known.slice(0, CODE_LENGTH);
}

export const isWhole = (chosen: readonly Picture[]): boolean => chosen.length === CODE_LENGTH;

/** Four alike, or two pairs, are what anybody tries. */
export const isGuessable = (chosen: readonly Picture[]): boolean => new Set(chosen).size < 3;

/** What is hashed, with a salt of its own for each person. */
export const pictureSecret = (chosen: readonly Picture[]): string => `pictures ${chosen.join(' ')}`;
