/** A stretch of a found text; `isFound` where the words that were looked for are. */
export interface Stretch {
  text: string;
  isFound: boolean;
}

const [BEGIN, END] = ['\ue000', '\ue001'];

/** Reads the signs that PostgreSQL puts around found words. The texts are escaped by the view as any other. */
export function stretchesOf(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let isFound = false;
  for (const part of text.split(/([\ue000\ue001])/)) {
    if (part === BEGIN || part === END) isFound = part === BEGIN;
    else if (part !== '') stretches.push({ text: part, isFound });
  }
  return stretches;
}
