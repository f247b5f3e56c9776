import { readFramework } from '../../src/features/skills/framework-file';

/** The smallest files of the official forms; the words are ours. */
const digcomp = {
  meta: { framework: 'DigComp', version: '3.0', title: 'DigComp', citation: 'Someone, 2025', licence: 'CC BY 4.0' },
  bands: [
    {
      name: { en: 'Highly advanced', fi: 'Huippu' },
      description: { en: 'Very well' },
      levels: [7, 8],
      status: { en: 'official (JRC)', fi: 'unofficial' },
    },
  ],
  levels: [{ level: 7, description: { en: 'Nearly all' } }],
  areas: [
    {
      code: '1',
      title: { en: 'Finding', sv: 'Hitta' },
      title_status: { en: 'official (JRC)', sv: 'published-translation' },
      description: { en: 'To find' },
      description_status: { en: 'JRC text, from a quotation' },
      competences: [
        {
          code: '1.1',
          title: { en: 'Searching', fi: 'Haku' },
          title_status: { en: 'official (JRC)', fi: 'unofficial (see note)' },
          description: { en: 'To search' },
          levels: [{ level: 7, descriptors_en: ['search well', 'search fast'] }],
          statements: [{ id: 'CS1', level: 'Highly advanced', text_en: 'Knows how' }],
          outcomes: [{ id: 'LO1', level: 'Highly advanced', type: 'K', text_en: 'Tells how' }],
        },
      ],
    },
  ],
  glossary: [{ term_en: 'Search', explanation_en: 'To look for' }],
};

const labels = ['a', 'b', 'c', 'd'];
const scale = { en: labels, fi: labels, selko: labels, sv: labels };
const item = { competence: '1.1', type: 'K', target_band: 'Foundation', text_en: 'I know', text_fi: 'Tiedän' };
const sat = {
  meta: { title: 'Items', citation: 'Someone, 2020', licence: 'CC BY 4.0' },
  scales: { K: scale, S: scale, A: scale },
  items: [
    { ...item, no: 1, verification: 'checked against the item bank' },
    { ...item, no: 2, verification: 'from a copy' },
  ],
};

const textsOf = (framework: ReturnType<typeof readFramework>, kind: string, code: string) =>
  framework.nodes
    .find((node) => node.kind === kind && node.code === code)
    ?.texts.map(({ language, field, status }) => `${language} ${field}: ${status}`);

it('reads DigComp with the standing of each text', () => {
  const framework = readFramework(JSON.stringify(digcomp));
  expect([framework.key, framework.version]).toEqual(['digcomp', '3.0']);
  expect(textsOf(framework, 'band', 'highly_advanced')).toEqual([
    'en name: official',
    'fi name: unofficial',
    'en help: official',
  ]);
  expect(textsOf(framework, 'area', '1')).toEqual(['en name: official', 'sv name: published', 'en about: unreviewed']);
  expect(textsOf(framework, 'competence', '1.1')).toContain('fi name: unofficial');
  const lines = framework.nodes.filter(({ parent_code }) => parent_code === '1.1');
  expect(lines.map(({ kind, code, data }) => [kind, code, data])).toEqual([
    ['statement', '1.1-7-1', { level: 7 }],
    ['statement', '1.1-7-2', { level: 7 }],
    ['statement', 'CS1', { band: 'highly_advanced' }],
    ['outcome', 'LO1', { band: 'highly_advanced', type: 'K' }],
  ]);
});

it('reads the item bank and tells checked items from copied ones', () => {
  const framework = readFramework(JSON.stringify(sat));
  expect(textsOf(framework, 'self_item', '1')).toEqual(['en text: official', 'fi text: unofficial']);
  expect(textsOf(framework, 'self_item', '2')).toEqual(['en text: unreviewed', 'fi text: unofficial']);
  expect(framework.nodes.filter(({ kind }) => kind === 'answer')).toHaveLength(12);
});

it('says where an official file is wrong', () => {
  const bad = { ...sat, items: [{ ...sat.items[0], type: 'X' }] };
  expect(() => readFramework(JSON.stringify(bad))).toThrow(/^items\[0\]\.type: /);
});
