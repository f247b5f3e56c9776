import fs from 'node:fs';
import vm from 'node:vm';

type Sentence = { start: number; end: number; text: string };

/** The page's script without a page: it finds nothing to read and only lends its function. */
const context = vm.createContext({ document: { querySelector: () => null }, Intl });
vm.runInContext(fs.readFileSync('public/js/read-aloud.js', 'utf8'), context);
const sentencesOf = (text: string, lang: string): Sentence[] => context.sentencesOf(text, lang);

it.each([
  ['fi', 'Avaa selain. Kirjoita osoite! Onnistuiko?', ['Avaa selain.', 'Kirjoita osoite!', 'Onnistuiko?']],
  ['fi', 'Tuo laite, esim. puhelin. Tule klo 10.30.', ['Tuo laite, esim. puhelin.', 'Tule klo 10.30.']],
  [
    'fi',
    'Verkossa kukaan ei näe\nkasvojasi. Siksi tunnistaudut.',
    ['Verkossa kukaan ei näe kasvojasi.', 'Siksi tunnistaudut.'],
  ],
  ['sv', 'Ta med t.ex. telefonen. Kom sedan.', ['Ta med t.ex. telefonen.', 'Kom sedan.']],
  ['en', 'Bring a device, e.g. a phone. Then sit.', ['Bring a device, e.g. a phone.', 'Then sit.']],
  ['fi', '  ilman pistettä  ', ['ilman pistettä']],
  ['fi', ' … ', []],
] as const)('%s: “%s”', (lang, text, expected) => {
  const found = sentencesOf(text, lang);
  expect(found.map((sentence) => sentence.text)).toEqual(expected);
  for (const { start, end, text: words } of found) expect(text.slice(start, end).replace(/\s+/g, ' ')).toBe(words);
});
