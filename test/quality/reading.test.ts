import { ADVICE, MUSTS } from '../../src/features/quality/finding';
import { proseOf } from '../../src/features/quality/prose';
import { messagesOf } from '../../src/lib/i18n';
import { aBlock, findings, rulesOf } from './support';

const words = (count: number) => `${'Sana sana '.repeat(count / 2).trim()}.`;

describe('a text is read as sentences', () => {
  it.each([
    ['Yksi. Kaksi! Kolme?', 3],
    ['Katso esim. tästä ohjeesta lisää.', 1],
    ['Tarvitset:\n- kynän\n- paperin', 3],
    ['| a | b |\n| --- | --- |\n| c | d |', 0],
    ['```\nkoodi. Ei. Ole. Tekstiä.\n```', 0],
    ['**Muista:** vaihda salasana.', 1],
    ['Rivi yksi,\nja sen jatko.', 1],
    ['Ensimmäinen kappale\n\nToinen kappale', 2],
  ])('%j', (text, count) => {
    expect(proseOf(text).sentences).toHaveLength(count);
  });
});

/** A rule, a language, texts that break it and texts that do not. */
const RULES: [string, 'fi' | 'fi-x-selko' | 'sv' | 'en', string[], string[]][] = [
  ['longSentence', 'fi-x-selko', [words(14)], [words(12), 'Yksi. Kaksi.']],
  ['longSentence', 'fi', [words(22)], [words(20)]],
  ['longSentence', 'sv', [words(24)], [words(22)]],
  ['longSentence', 'en', [words(26)], [words(24)]],
  [
    'manyClauses',
    'fi-x-selko',
    ['Soita heti, jos tunnus katoaa, koska se on vaarassa.', 'Kun olet valmis, kerro, että lopetat.'],
    ['Soita heti, jos tunnus katoaa.', 'Kun olet valmis, lopeta.', 'Ota kynä, paperi ja kumi.'],
  ],
  ['manyClauses', 'fi', [], ['Soita heti, jos tunnus katoaa, koska se on vaarassa.']],
  [
    'longWord',
    'fi-x-selko',
    ['Asiakaspalvelujärjestelmä on auki.'],
    ['Verkkopankki on auki.', 'Asiakas-palvelu-järjestelmä on auki.'],
  ],
  ['longWord', 'en', ['An uncharacteristically long word.'], ['An understandable word.']],
  [
    'hardWord',
    'fi',
    ['Soita, mikäli tunnus katoaa.', 'Hyödynnä tätä.', 'Kyseisessä palvelussa.'],
    ['Soita, jos tunnus katoaa.', 'Se on mahdollista.'],
  ],
  ['hardWord', 'sv', ['Ring omgående.', 'Frågor angående koden.'], ['Ring genast.']],
  ['hardWord', 'en', ['Utilise the app.', 'Call prior to the visit.'], ['Use the app.']],
  [
    'abbreviation',
    'fi',
    ['Käytä esim. sovellusta.', 'Siellä on mm. ohjeita.', 'Noin n. 5 kertaa.', 'Lue HUSLAB ohje.'],
    [
      'Käytä esimerkiksi sovellusta.',
      'Hän on Pekka N. Toinen on Aino.',
      'Anna PIN ja avaa PDF.',
      'Kansaneläkelaitos (KELAX) auttaa. Soita KELAX palveluun.',
      'Tule klo 9.',
    ],
  ],
  ['abbreviation', 'sv', ['Använd t.ex. appen.', 'Appar, kort osv.'], ['Använd till exempel appen.']],
  ['abbreviation', 'en', ['Use e.g. the app.'], ['Use for example the app.']],
  [
    'passive',
    'fi-x-selko',
    [
      'Salasana vaihdetaan usein.',
      'Viesti lähetetään heti.',
      'Tästä sanotaan usein.',
      'Lomake on tehty.',
      'Tätä tehdään usein.',
      'Tunnus tallennoidaan tänne.',
    ],
    [
      'Vaihda salasana usein.',
      'Hän tuli vastaan.',
      'Mene kotiin ja hae sana uudestaan.',
      'Kirjaudu tunnuksillaan.',
      'Avaa nettiin pääsy.',
      'Hän vie asioitaan laitteellaan.',
      'Se on tuttu laite.',
      'Kirjoita omaan kohtaan.',
      'Lue lisää listaan.',
    ],
  ],
  [
    'passive',
    'fi',
    ['Salasana vaihdetaan. Viesti lähetetään. Asia kerrotaan.'],
    ['Salasana vaihdetaan. Sinä teet sen itse. Hän auttaa.'],
  ],
  [
    'passive',
    'sv',
    ['Koden ska skickas. Den används. Kortet blir stulet. Allt kontrolleras.'],
    ['Du kan lyckas. Det finns hjälp. Jag hoppas det.'],
  ],
  [
    'passive',
    'en',
    ['The code is sent. The card was stolen. It is checked. It was made.'],
    ['You are worried. It is needed. You send it.'],
  ],
  [
    'participle',
    'fi-x-selko',
    ['Kirjauduttuasi näet sivun.', 'Avataksesi sivun paina tästä.', 'Lukiessasi mieti asiaa.'],
    ['Kun olet kirjautunut, näet sivun.', 'Pidä puhelin kädessäsi.', 'Ohje on puhelimessasi ja laitteessasi.'],
  ],
  [
    'numbers',
    'fi',
    ['Hinta on 25000 euroa.'],
    [
      'Hinta on 25 000 euroa.',
      'Soita 116117.',
      'Soita 0295000.',
      'Vuonna 2026 se muuttui.',
      'Tunnus on 1.1.2026 asti.',
    ],
  ],
  [
    'numbers',
    'fi-x-selko',
    ['Osuus on 35 %.', 'Luku on 3,5.'],
    ['Joka kolmas osaa.', 'Tule klo 9.30.', 'Tarvitset 2 asiaa.'],
  ],
  ['capitals', 'fi', ['ÄLÄ KOSKAAN ANNA tunnuksia.'], ['Älä koskaan anna tunnuksia.', 'Anna PIN tai PUK.']],
  [
    'longParagraph',
    'fi-x-selko',
    ['Yksi asia. Kaksi asiaa. Kolme asiaa. Neljä asiaa.'],
    ['Yksi asia.\nKaksi asiaa.\nKolme asiaa.\nNeljä asiaa.'],
  ],
];

it.each(RULES)('%s in %s tells bad sentences from good ones', (rule, language, bad, good) => {
  expect(bad.filter((text) => !rulesOf(text, language).includes(rule))).toEqual([]);
  expect(good.filter((text) => rulesOf(text, language).includes(rule))).toEqual([]);
});

it('leaves words alone that the lesson or the organisation explains', () => {
  const text = aBlock('text', 'Asiakaspalvelujärjestelmä auttaa, mikäli HYTEX on auki.', {}, 'fi-x-selko');
  const word = aBlock('word', 'asiakaspalvelujärjestelmä', { parts: { explanation: 'Tapa palvella.' } }, 'fi-x-selko');
  const rules = (more: string[]) => findings([text, word], 'fi-x-selko', {}, more).map(({ rule }) => rule);
  expect(rules([])).toEqual(expect.arrayContaining(['hardWord', 'abbreviation']));
  expect(rules([])).not.toContain('longWord');
  expect(rules(['hytex', 'mikäli'])).toEqual([]);
});

it('knows easy Finnish that is the Finnish as it stands', () => {
  const long = 'Salasana on pitkä ja sinun oma. Sitä ei kannata antaa kenellekään. Se pysyy salassa. '.repeat(2);
  const block = aBlock('text', long);
  const easy = { ...block, texts: { ...block.texts, 'fi-x-selko': { text: long, follows: 1 } } };
  expect(findings([easy], 'fi-x-selko').map(({ rule }) => rule)).toContain('sameAsPlain');
  expect(findings([easy], 'fi').map(({ rule }) => rule)).not.toContain('sameAsPlain');
});

it('says each rule in every language', () => {
  for (const language of ['fi', 'sv', 'en'] as const) {
    const messages = messagesOf(language);
    const missing = [...MUSTS, ...ADVICE].filter(
      (rule) => !messages[`quality.short.${rule}`] || !messages[`quality.rule.${rule}`],
    );
    expect(missing).toEqual([]);
  }
});

it('tells the same of a text at most three times, and reads a lesson of 200 blocks in a moment', () => {
  const blocks = Array.from({ length: 200 }, () => aBlock('text', `${words(30)} `.repeat(10)));
  const began = process.cpuUsage();
  const found = findings(blocks);
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(3000);
  expect(found.filter(({ rule }) => rule === 'longSentence')).toHaveLength(600);
});
