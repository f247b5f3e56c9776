import type { IconName } from '../../../lib/icons';

/** Kinds of task that have a sentence and a picture of their own; the first are offered first. */
const KNOWN: Record<string, IconName> = {
  MultiChoice: 'list',
  TrueFalse: 'check',
  Blanks: 'pen',
  SingleChoiceSet: 'question',
  Summary: 'quote',
  QuestionSet: 'copy',
  Accordion: 'heading',
  Dialogcards: 'redo',
  OppivaToy: 'help',
};

const nameOf = (folder: string) => /^H5P\.(\w+)-/.exec(folder)?.[1] ?? '';

export const pictureOf = (folder: string): IconName => KNOWN[nameOf(folder)] ?? 'puzzle';

/** The key of a plain sentence about a kind of task, and whether it is one that most people need. */
export function sentenceOf({ folder }: { folder: string }): { sentence: string; isUsual: boolean } {
  const name = nameOf(folder);
  const isUsual = Object.hasOwn(KNOWN, name);
  return { sentence: `h5pForm.kind.${isUsual ? name : 'other'}`, isUsual };
}
