import fc from 'fast-check';
import { readCase, toCase } from '../../src/features/frameworks/case';
import { FileFault } from '../../src/features/frameworks/reading';
import { plain, trees } from './arbitraries';

const given = { title: '', names: new Map<string, string[]>() };
const item = (identifier: string, values: object = {}) => ({
  ...{ identifier, humanCodingScheme: identifier.toUpperCase(), fullStatement: `Taito ${identifier}`, language: 'fi' },
  ...values,
});
const childOf = (child: string, parent: string, values: object = {}) => ({
  associationType: 'isChildOf',
  originNodeURI: { identifier: child },
  destinationNodeURI: { identifier: parent },
  ...values,
});
const DOCUMENT = { identifier: 'doc', title: 'Taidot', version: '2', creator: 'Kaislatuuli', language: 'fi' };
const file = (values: object = {}) =>
  JSON.stringify({
    CFDocument: DOCUMENT,
    CFItems: [item('a'), item('b'), item('c')],
    CFAssociations: [childOf('a', 'doc'), childOf('b', 'a'), childOf('c', 'b')],
    ...values,
  });
const read = (text: string) => readCase(text, given);
const told = (text: string) =>
  read(text)
    .lines.filter(({ status }) => status !== 'read')
    .map((line) => [line.row, line.status, line.key]);

it('reads the tree of a CFPackage', () => {
  const { framework, version, lines } = read(file());
  expect([framework.title, version, framework.citation]).toEqual(['Taidot', '2', 'Kaislatuuli']);
  expect(framework.nodes.map(({ kind, code, parent_code }) => [kind, code, parent_code])).toEqual([
    ['area', 'A', null],
    ['competence', 'B', 'A'],
    ['can_do', 'C', 'B'],
  ]);
  expect(lines.map(({ status }) => status)).toEqual(['read', 'read', 'changed']);
});

it('takes the short statement as the name and the full one as what it is about', () => {
  const { framework } = read(
    file({
      CFItems: [item('a', { abbreviatedStatement: 'Ohjaus', fullStatement: 'Osaa ohjata.' })],
      CFAssociations: [],
    }),
  );
  expect(framework.nodes.at(-1)?.texts.map(({ field, text }) => [field, text])).toEqual([
    ['name', 'Ohjaus'],
    ['about', 'Osaa ohjata.'],
  ]);
});

it('reads the levels of a rubric as can-do lines of its item', () => {
  const levels = [
    { description: 'Kysyn ensin', score: 2 },
    { description: 'Neuvon toista', score: 5.5 },
    { quality: 'Tyhjä' },
  ];
  const CFRubrics = [{ CFRubricCriteria: [{ CFItemURI: { identifier: 'b' }, CFRubricCriterionLevels: levels }] }];
  const { framework } = read(file({ CFItems: [item('a'), item('b')], CFAssociations: [childOf('b', 'a')], CFRubrics }));
  const lines = framework.nodes.filter(({ kind }) => kind === 'can_do');
  expect(lines.map(({ parent_code, data }) => [parent_code, data.level])).toEqual([
    ['B', 2],
    ['B', 1],
    ['B', 3],
  ]);
});

const BAD: [name: string, values: object, lines: [number, string, string][]][] = [
  [
    'an item twice',
    { CFItems: [item('a'), item('a')], CFAssociations: [] },
    [
      [1, 'changed', 'general'],
      [2, 'wrong', 'duplicate'],
    ],
  ],
  [
    'a circle',
    { CFAssociations: [childOf('a', 'b'), childOf('b', 'a')], CFItems: [item('a'), item('b')] },
    [
      [1, 'wrong', 'cycle'],
      [2, 'wrong', 'cycle'],
    ],
  ],
  [
    'a parent that is not there',
    { CFItems: [item('a')], CFAssociations: [childOf('a', 'x')] },
    [[1, 'wrong', 'parentMissing']],
  ],
  [
    'an item without words',
    { CFItems: [item('a', { fullStatement: '' })], CFAssociations: [] },
    [[1, 'wrong', 'nameMissing']],
  ],
  [
    'an item without a code',
    { CFItems: [{ identifier: 'abc', fullStatement: 'Taito' }], CFAssociations: [] },
    [[1, 'changed', 'identifier']],
  ],
  [
    'a language that is not ours',
    { CFItems: [item('a', { language: 'de' })], CFAssociations: [] },
    [[1, 'changed', 'language']],
  ],
  [
    'other associations',
    { CFItems: [item('a')], CFAssociations: [childOf('a', 'a', { associationType: 'isRelatedTo' })] },
    [
      [1, 'skipped', 'association'],
      [1, 'changed', 'general'],
    ],
  ],
  [
    'a second parent',
    { CFAssociations: [childOf('a', 'doc'), childOf('b', 'a'), childOf('b', 'c')], CFItems: [item('a'), item('b')] },
    [[3, 'skipped', 'secondParent']],
  ],
];

it.each(BAD)('tells of %s', (_name, values, lines) => {
  expect(told(file(values))).toEqual(lines);
});

it.each([
  ['json', '{"CFDocument": '],
  ['notCase', '{"title": "not a package"}'],
  ['notCase', '[]'],
  ['casePlace', JSON.stringify({ CFDocument: DOCUMENT })],
  ['casePlace', JSON.stringify({ CFDocument: DOCUMENT, CFItems: [{ identifier: 7 }] })],
  ['empty', JSON.stringify({ CFDocument: DOCUMENT, CFItems: [] })],
])('refuses what is no package: %s', (key, text) => {
  expect(() => read(text)).toThrow(new FileFault(key));
});

it('is not led astray by names that every object has', () => {
  const odd = item('a', {
    humanCodingScheme: 'constructor',
    extensions: { oppiva: { kind: 'toString', name: { fi: 'Nimi' } } },
  });
  expect(read(file({ CFItems: [odd], CFAssociations: [] })).framework.nodes.at(-1)?.code).toBe('constructor');
});

it('reads back what it writes, whatever the words', () => {
  fc.assert(
    fc.property(trees, (nodes) => {
      const about = { identifier: 'f0', title: 'Taidot', version: '1', licence: '', citation: '' };
      const text = JSON.stringify(toCase(about, nodes, (code) => `id ${code}`));
      const { framework, lines, version } = read(text);
      expect([lines.filter(({ status }) => status === 'wrong'), version]).toEqual([[], '1']);
      expect(plain(framework.nodes)).toEqual(plain(nodes));
    }),
    { numRuns: 60 },
  );
});
