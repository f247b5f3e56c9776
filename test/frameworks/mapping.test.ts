import { carriedCodes, inverted, mapLevels, mapSkills } from '../../src/features/frameworks/mapping';

const skill = (code: string, fi: string, en?: string) => ({
  ...{ code, name: fi },
  names: [{ language: 'fi', text: fi }, ...(en ? [{ language: 'en', text: en }] : [])],
});
const OLD = [
  skill('1.1', 'Haku', 'Search'),
  skill('2.5', 'Netiketti', 'Netiquette'),
  skill('4.3', 'Hyvinvointi'),
  skill('9.1', 'Vanha'),
];
const NEW = [
  skill('1.1', 'Haku'),
  skill('2.5', 'Digikäytös', 'Digital behaviour'),
  skill('4.3', 'Hyvinvointi'),
  skill('7.1', 'Uusi'),
];

it('takes the same code for the same skill, and says where its name is another', () => {
  const { skills, fresh } = mapSkills(OLD, NEW, []);
  expect(skills.map(({ code, to_code, how, isRenamed }) => [code, to_code, how, isRenamed])).toEqual([
    ['1.1', '1.1', 'same', false],
    ['2.5', '2.5', 'same', true],
    ['4.3', '4.3', 'same', false],
    ['9.1', null, 'open', false],
  ]);
  expect(fresh.map(({ code }) => code)).toEqual(['7.1']);
});

it('takes no translation for another name', () => {
  const english = { code: '1.1', name: 'Search', names: [{ language: 'en', text: 'Search' }] };
  const finnish = { code: '1.1', name: 'Haku', names: [{ language: 'fi', text: 'Haku' }] };
  expect(mapSkills([english], [finnish], []).skills[0]?.isRenamed).toBe(false);
});

it('lets what somebody said go before the code, and passes over what points nowhere', () => {
  const said = [
    { from_code: '9.1', to_code: '7.1', relation: 'broader' as const },
    { from_code: '1.1', to_code: 'gone', relation: 'equal' as const },
    { from_code: '4.3', to_code: null, relation: 'none' as const },
  ];
  const { skills } = mapSkills(OLD, NEW, said);
  expect(skills.map(({ to_code, relation }) => [to_code, relation])).toEqual([
    ['1.1', 'equal'],
    ['2.5', 'equal'],
    [null, 'none'],
    ['7.1', 'broader'],
  ]);
  expect(carriedCodes(skills)).toEqual([{ from: '9.1', to: '7.1' }]);
});

it('turns a mapping round: broader becomes narrower', () => {
  expect(
    inverted([
      { from_code: 'a', to_code: 'b', relation: 'broader' },
      { from_code: 'c', to_code: null, relation: 'none' },
    ]),
  ).toEqual([{ from_code: 'b', to_code: 'a', relation: 'narrower' }]);
});

it('keeps the higher level where two skills become one, and drops what has no counterpart', () => {
  const said = [{ from_code: '9.1', to_code: '1.1', relation: 'narrower' as const }];
  const levels = new Map([
    ['1.1', { minimum: 3, aim: 4 }],
    ['9.1', { minimum: 2, aim: 6 }],
    ['other', { minimum: 8, aim: 8 }],
  ]);
  expect([...mapLevels(levels, mapSkills(OLD, NEW, said).skills)]).toEqual([['1.1', { minimum: 3, aim: 6 }]]);
});
