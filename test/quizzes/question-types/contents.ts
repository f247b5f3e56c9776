import type { ScenarioContent } from '../../../src/features/quizzes/question-types/scenario';

const words = (en: string, fi: string) => ({ en, fi });
const choice = (key: string, text: string, to: string) => ({ key, text: words(text, `${text} fi`), to, points: null });
const node = (key: string, values: Partial<ScenarioContent['nodes'][number]>) => ({
  key,
  text: words(`Node ${key}`, `Kohta ${key}`),
  is_end: false,
  points: null,
  feedback: {},
  choices: [],
  ...values,
});

/** A call from "the bank": a → b or the good end d; b → the bad end c or the good end d. */
export const theScenario: ScenarioContent = {
  nodes: [
    node('a', { choices: [choice('a', 'Listen', 'b'), choice('b', 'Hang up', 'd')] }),
    node('b', { choices: [choice('a', 'Give the code', 'c'), choice('b', 'Hang up after all', 'd')] }),
    node('c', { is_end: true, points: 0, feedback: words('Call the bank now', 'Soita pankkiin nyt') }),
    node('d', { is_end: true, points: 1, feedback: words('Well done', 'Hyvin tehty') }),
  ],
};

/** A content of each type with a right answer that tests know, in English and Finnish. */
export const CONTENTS = {
  matching: {
    pairs: ['a', 'b', 'c'].map((key) => ({
      key,
      left: words(`Left ${key}`, `Vasen ${key}`),
      right: words(`Right ${key}`, `Oikea ${key}`),
    })),
    extras: [{ key: 'x', right: words('Nothing', 'Ei mitään') }],
  },
  ordering: { steps: ['a', 'b', 'c', 'd'].map((key) => ({ key, text: words(`Step ${key}`, `Vaihe ${key}`) })) },
  cloze: {
    text: words('Never give your [password|code]. [Hang up].', 'Älä anna [salasanaa]. [Lopeta] puhelu.'),
    almost: true,
  },
  shorttext: {
    judged_by: 'accepted',
    accepted: words('two-step\ntwo step*', 'kaksivaihei*\nkaksivaiheinen'),
    model: words('Two-step sign-in', 'Kaksivaiheinen'),
    almost: true,
  },
  numeric: { value: 112, tolerance: 0, unit: words('euros\n€', 'euroa\n€'), unit_asked: true },
  hotspot: {
    picture: '/images/tasks/browser-address.webp',
    width: 800,
    height: 500,
    alt: words('A browser window', 'Selaimen ikkuna'),
    many: false,
    spots: [
      {
        key: 'a',
        name: words('Address bar', 'Osoiterivi'),
        feedback: words('Yes', 'Kyllä'),
        is_correct: true,
        x: 20,
        y: 5,
        w: 60,
        h: 10,
      },
      { key: 'b', name: words('Heading', 'Otsikko'), feedback: {}, is_correct: false, x: 20, y: 40, w: 60, h: 10 },
    ],
  },
  scenario: theScenario,
} as const;
