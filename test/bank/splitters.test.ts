import fc from 'fast-check';
import { readGift } from '../../src/features/bank/reading/gift';
import { splitGift } from '../../src/features/bank/reading/gift-split';
import type { Item } from '../../src/features/bank/reading/item';
import { readMoodle } from '../../src/features/bank/reading/moodle';
import { giftFile } from '../../src/features/bank/writing/gift';
import { moodleFile } from '../../src/features/bank/writing/moodle';
import type { Written } from '../../src/features/bank/written';

const READING = { language: 'sv' as const, competence: '', level: 1 };
const items = (all: Iterable<Item | 'category'>) => [...all].filter((item) => item !== 'category');

const good = (name: string) =>
  `<question type="truefalse"><name><text>${name}</text></name><questiontext><text>${name}</text></questiontext>` +
  '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>';

/** What may stand between two good questions without taking either with it; and how many questions it is itself. */
const JUNK: [string, number][] = [
  ['', 0],
  ['\r\n\t words between \n', 0],
  ['<!-- <question type="truefalse"></question> -->', 0],
  ['<question type="category"><category><text>$course$/x</text></category></question>', 0],
  ['<question type="essay"><questiontext><text>never closed</text></questiontext>', 1],
  ['<question type="essay"><questiontext><text><![CDATA[never closed</text></questiontext></question>', 1],
  ['<question type="essay"><!-- never closed <questiontext></questiontext></question>', 1],
  ['<question type="essay"><a><b></a></b></question>', 1],
  ['<question type="essay"><questiontext><text><![CDATA[a </question> in words]]></text></questiontext></question>', 1],
  ['<question type="x&"/></question>', 1],
];

test('one bad question of a Moodle file takes no other with it, and each is counted', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...JUNK), { maxLength: 12 }), (junk) => {
      const xml = `<?xml version="1.0"?><quiz>${good('first')}${junk.map(([text], at) => `${text}\n${good(`q${at}`)}`).join('\n')}</quiz>`;
      const read = items(readMoodle(xml, READING));
      const fine = read.filter(({ question }) => question).map(({ name }) => name);
      expect(fine).toEqual(['first', ...junk.map((_, at) => `q${at}`)]);
      expect(read).toHaveLength(fine.length + junk.reduce((sum, [, count]) => sum + count, 0));
    }),
    { numRuns: 150 },
  );
});

test('the pieces of a GIFT file are the file, line by line', () => {
  const line = fc.oneof(
    fc.constantFrom('', '  ', '// note', '$CATEGORY: a', 'Q {', '=a', '}', 'Q {T}', '\\{ \\}', 'text'),
    fc.string({ maxLength: 20 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      const text = lines.join('\n').replace(/\uFEFF/g, '');
      const kept = splitGift(text).flatMap((piece) => piece.text.split('\n'));
      const wanted = text.split(/\r\n?|\n/).filter((one) => one.trim() !== '');
      expect(kept).toEqual(wanted);
    }),
    { numRuns: 400 },
  );
});

test('whatever stands in a file, reading it ends and explains', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          '{',
          '}',
          '=a',
          '~b',
          '::t::',
          '#f',
          '\n\n',
          '\n',
          '\\',
          'Q?',
          '%50%',
          '->',
          '//c',
          'T',
          '[html]<p>',
        ),
        { maxLength: 40 },
      ),
      (signs) => {
        for (const { question, reason } of items(readGift(signs.join(''), READING)))
          expect((question === undefined) !== (reason === undefined)).toBe(true);
      },
    ),
    { numRuns: 400 },
  );
});

/** Words with every sign that means something in one of the formats. */
const words = fc
  .array(
    fc.constantFrom(
      'a',
      'B',
      'å',
      '7',
      '=',
      '~',
      '#',
      '{',
      '}',
      ':',
      '\\',
      '%',
      '&',
      '<b>',
      '&amp;',
      ']]>',
      '->',
      '"',
      '*',
      '_',
      '[x]',
      '//',
      '$',
      '|',
      '✓',
      ' ',
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((signs) => `w${signs.join('')}w`.replace(/ +/g, ' '));
const text = (inside: fc.Arbitrary<string>) => fc.record({ text: inside, feedback: fc.oneof(fc.constant(''), inside) });
const distinct = (least: number, most: number) =>
  fc.uniqueArray(words, { minLength: least, maxLength: most, selector: (one) => one.toLowerCase() });
const sv = <T>(value: T) => ({ sv: value });

const choice = fc
  .tuple(
    fc.constantFrom('single' as const, 'multi' as const),
    fc.array(text(words), { minLength: 2, maxLength: 6 }),
    fc.nat(),
  )
  .map(([type, options, right]) => ({
    type,
    options: options.map((one, at) => ({
      key: 'abcdef'[at] ?? '',
      correct: type === 'single' ? at === right % options.length : at === 0 || (right >> at) % 2 === 1,
      texts: sv(one),
    })),
  }));
const matching = fc.tuple(distinct(2, 5), distinct(3, 6)).map(([lefts, rights]) => ({
  type: 'matching' as const,
  options: [],
  content: {
    pairs: lefts
      .slice(0, rights.length - 1)
      .map((left, at) => ({ key: 'abcdef'[at], left: sv(left), right: sv(rights[at]) })),
    extras: rights
      .slice(lefts.length)
      .slice(0, 4)
      .map((right, at) => ({ key: `x${'abcd'[at]}`, right: sv(right) })),
  },
}));
const short = fc.tuple(distinct(1, 4), fc.boolean()).map(([accepted, almost]) => ({
  type: 'shorttext' as const,
  options: [],
  content: {
    judged_by: 'accepted',
    accepted: sv([...accepted.map((one) => one.replace(/\*/g, '+')), 'a*'].join('\n')),
    model: {},
    almost,
  },
}));
const numeric = fc
  .tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 0, max: 500 }))
  .map(([value, tolerance]) => ({
    type: 'numeric' as const,
    options: [],
    content: { value: value / 100, tolerance: tolerance / 100, unit: {}, unit_asked: false },
  }));
const ordering = distinct(2, 6).map((steps) => ({
  type: 'ordering' as const,
  options: [],
  content: { steps: steps.map((one, at) => ({ key: 'abcdef'[at], text: sv(one) })) },
}));
// What is taken out may leave two spaces side by side, which are one space in HTML.
const gap = words.map(
  (one) =>
    one
      .replace(/[[\]|]/g, '')
      .replace(/\\/g, '/')
      .replace(/\s+/g, ' ')
      .trim() || 'w',
);
const cloze = fc
  .tuple(fc.array(fc.tuple(words, gap), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([gaps, almost]) => ({
    type: 'cloze' as const,
    options: [],
    content: {
      text: sv(
        gaps
          .map(
            ([before, one]) =>
              `${before
                .replace(/[[\]{}]/g, '')
                .replace(/\s+/g, ' ')
                .trim()} [${one}|toinen]`,
          )
          .join(' ')
          .trim(),
      ),
      almost,
    },
  }));
const head = fc.record({
  prompt: fc.array(words, { minLength: 1, maxLength: 2 }).map((lines) => lines.join('\n')),
  feedback: fc.array(words, { maxLength: 2 }).map((parts) => parts.join('\n\n')),
});
const written = <T extends Omit<Written, 'texts' | 'competence' | 'level'>>(
  type: fc.Arbitrary<T>,
): fc.Arbitrary<Written> =>
  fc
    .tuple(type, head, fc.constantFrom('', '4.2'), fc.integer({ min: 1, max: 8 }))
    .map(([rest, said, competence, level]) => ({ ...rest, competence, level, texts: sv(said) }) as Written);

const entry = (question: Written) => ({ question, language: 'sv' as const, pictures: new Map() });

test('any question goes into Moodle XML and comes back the same', () => {
  fc.assert(
    fc.property(
      fc.oneof(written(choice), written(matching), written(short), written(numeric), written(ordering), written(cloze)),
      (question) => {
        const [item] = items(readMoodle(moodleFile([entry(question)]).text, READING));
        expect(item?.question ?? item).toEqual(question);
      },
    ),
    { numRuns: 400 },
  );
});

test('any question that GIFT has a place for goes into GIFT and comes back the same', () => {
  fc.assert(
    fc.property(fc.oneof(written(choice), written(matching), written(short), written(numeric)), (question) => {
      const [item] = items(readGift(giftFile([entry(question)]).text, READING));
      expect(item?.question ?? item).toEqual(question);
    }),
    { numRuns: 400 },
  );
});
