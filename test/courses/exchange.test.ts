import fs from 'node:fs';
import { ExchangeFault, readExchange } from '../../src/features/courses/exchange';

const ours = () => JSON.parse(fs.readFileSync('src/data/modules.json', 'utf8'));

/** What is said of our own file after `spoil` has spoiled it. */
function faultsOf(spoil: (file: ReturnType<typeof ours>) => unknown): readonly string[] {
  const file = ours();
  const other = spoil(file);
  try {
    readExchange(typeof other === 'object' ? file : other);
    return [];
  } catch (error) {
    return (error as ExchangeFault).faults ?? [String(error)];
  }
}

const cases: [string, (file: ReturnType<typeof ours>) => unknown, string][] = [
  [
    'no modules',
    (f) => {
      delete f.modules;
      return f;
    },
    'modules is missing',
  ],
  [
    'a lesson without a title',
    (f) => {
      delete f.modules[0].lessons[1].title;
      return f;
    },
    'lesson "strong-auth-passwords/l2": title is missing',
  ],
  [
    'an empty variant',
    (f) => {
      f.modules[0].lessons[1].title.sv = ' ';
      return f;
    },
    'lesson "strong-auth-passwords/l2": title (sv) is empty',
  ],
  [
    'a rubric in an unknown language',
    (f) => {
      f.modules[0].lessons[1].rubric = [{ id: 'own', name: { fi: 'Kuka' }, levels: [{}, { de: 'Selbst' }, {}] }];
      return f;
    },
    'lesson "strong-auth-passwords/l2": rubric "own" (level 2) has a language that is none of fi_selko, fi, sv, en: de',
  ],
  [
    'a rubric of two levels',
    (f) => {
      f.modules[0].quiz_rubric = [{ id: 'own', name: { fi: 'Kuka' }, levels: [{}, {}] }];
      return f;
    },
    'module "strong-auth-passwords": quiz_rubric "own" (levels) must be at least 3',
  ],
  [
    'an unknown language',
    (f) => {
      f.modules[0].title.de = 'Passwörter';
      return f;
    },
    'module "strong-auth-passwords": title has a language that is none of fi_selko, fi, sv, en: de',
  ],
  [
    'a variant without its text',
    (f) => {
      delete f.modules[1].lessons[0].body_md.en;
      return f;
    },
    'lesson "recognise-scam-messages/l1": body_md (en) is missing',
  ],
  [
    'an option in one language less',
    (f) => {
      delete f.modules[0].quiz[4].options[2].text.fi_selko;
      return f;
    },
    'question "strong-auth-passwords/q5": option "c" (fi_selko) is missing',
  ],
  [
    'two right answers',
    (f) => {
      for (const o of f.modules[0].quiz[0].options) o.correct = true;
      return f;
    },
    'question "strong-auth-passwords/q1": exactly one option must be correct, not 3',
  ],
  [
    'an unknown type',
    (f) => {
      f.modules[0].quiz[0].type = 'essay';
      return f;
    },
    'question "strong-auth-passwords/q1": type must be one of: single, multi, truefalse, matching, ordering, cloze, shorttext, numeric, hotspot, scenario',
  ],
  [
    'a word for a number',
    (f) => {
      f.modules[2].minutes = 'ten';
      return f;
    },
    'module "video-appointment": minutes must be a number',
  ],
  [
    'a slip of the pen',
    (f) => {
      f.modules[0].lessons[0].titel = 1;
      return f;
    },
    'lesson "strong-auth-passwords/l1" has a field that this format does not know: titel',
  ],
  [
    'one id twice',
    (f) => {
      f.modules[1].lessons[0].id = 'strong-auth-passwords/l1';
      return f;
    },
    'two lessons have the id "strong-auth-passwords/l1"',
  ],
  [
    'a video without words',
    (f) => {
      Object.assign(f.modules[0].lessons[0], {
        kind: 'video',
        video: { link: 'https://v.example' },
        body_md: undefined,
      });
      return f;
    },
    'lesson "strong-auth-passwords/l1": body_md is missing; it is the transcript of the video',
  ],
];

it.each(cases)('names the place of %s', (_, spoil, sentence) => {
  expect(faultsOf(spoil)).toContain(sentence);
});

it.each([[null], ['text'], [[]], [{}]])('refuses %j as a whole', (data) => {
  expect(() => readExchange(data)).toThrow(ExchangeFault);
});

it('reads our own file', () => {
  expect(readExchange(ours()).modules).toHaveLength(3);
});

it('names the place of what is wrong in a question of another type', () => {
  const tasks = JSON.parse(fs.readFileSync('src/data/tasks.json', 'utf8'));
  const [, ordering, cloze, numeric, hotspot, , scenario] = tasks.modules[0].quiz;
  ordering.content = undefined;
  cloze.content.text.sv = 'Ingen lucka.';
  numeric.content.value = 'many';
  hotspot.content.picture = 'https://elsewhere.example/picture.png';
  scenario.content.nodes[0].choices[0].to = 'start';
  let faults: readonly string[] = [];
  try {
    readExchange(tasks);
  } catch (error) {
    faults = (error as ExchangeFault).faults;
  }
  expect(faults).toEqual(
    expect.arrayContaining([
      expect.stringContaining('question "try-tasks/steps": content is missing'),
      'question "try-tasks/gaps": content text_sv: Mark at least one gap with square brackets',
      expect.stringContaining('question "try-tasks/seconds": content value: '),
      expect.stringContaining('question "try-tasks/where": content picture: '),
      'question "try-tasks/call": content nodes_start_choices_a_to: This choice leads back to where one has been. Let it lead on',
    ]),
  );
});
