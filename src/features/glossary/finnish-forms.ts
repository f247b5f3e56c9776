/** How the end of a word changes when it is inflected, where a stemmer that only cuts endings does not bring both together. */
const CHANGES: [end: RegExp, others: string[]][] = [
  [/nen$/, ['sen', 'sta']],
  [/uus$/, ['uuden', 'uuksia']],
  [/yys$/, ['yyden', 'yyksiä']],
  [/us$/, ['uksen', 'uksia', 'uden']],
  [/ys$/, ['yksen', 'yksiä', 'yden']],
  [/nne$/, ['nteen', 'nteita']],
  [/e$/, ['een', 'eita', 'eitä']],
  [/in$/, ['imen', 'imia', 'imiä']],
  [/si$/, ['den', 'ksia']],
  [/kki$/, ['kin']],
  [/tti$/, ['tin']],
];

/** A Finnish word and the forms whose stems may differ from its own. */
export function withFinnishForms(word: string): string[] {
  const [end, others = []] = CHANGES.find(([one]) => one.test(word)) ?? [];
  return [word, ...(end ? others.map((other) => word.replace(end, other)) : [])];
}
