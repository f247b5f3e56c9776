import { findFaults } from '../../src/features/authoring/drafts.check';
import { newContent, variantState } from '../../src/features/authoring/drafts.document';
import { applyAction, applyForm } from '../../src/features/authoring/drafts.form';
import { placeOf } from '../../src/features/authoring/fault-place';
import { readability } from '../../src/features/authoring/readability';
import { translator } from '../../src/lib/i18n';

const started = () => newContent('fi', 'Hyvä salasana', 'text');
const first = (content = started()) => content.blocks[0]?.id ?? '';

describe('the editor’s form', () => {
  it('keeps what was typed and leaves what was not on the form', () => {
    const content = started();
    content.title.en = 'A good password';
    const next = applyForm(content, { title_fi: ' Salasana ', [`b_${first(content)}_fi`]: 'Pitkä on hyvä.' }, [
      'fi',
      'sv',
    ]);
    expect(next.title).toEqual({ fi: 'Salasana', en: 'A good password' });
    expect(next.blocks[0]?.texts.fi?.text).toBe('Pitkä on hyvä.');
    expect(content.blocks[0]?.texts.fi).toBeUndefined();
  });

  it('marks the followers of a changed original as behind, until they are read or changed', () => {
    let content = started();
    const id = first(content);
    const type = (body: object) => {
      content = applyForm(content, body as Record<string, unknown>, ['fi', 'fi-x-selko']);
      return content.blocks[0] && variantState(content, content.blocks[0], 'fi-x-selko');
    };
    expect(type({ [`b_${id}_fi`]: 'Ensimmäinen.', [`b_${id}_fi-x-selko`]: 'Eka.' })).toBe('current');
    expect(type({ [`b_${id}_fi`]: 'Muutettu.', [`b_${id}_fi-x-selko`]: 'Eka.' })).toBe('behind');
    expect(
      type({ [`b_${id}_fi`]: 'Muutettu.', [`b_${id}_fi-x-selko`]: 'Eka.', [`b_${id}_fi-x-selko_read`]: 'yes' }),
    ).toBe('current');
  });

  it('moves, adds and removes pieces, and ignores words it does not know', () => {
    let content = applyAction(applyAction(started(), 'add-text'), 'add-try');
    const [one, two, three] = content.blocks.map(({ id }) => id);
    content = applyAction(content, `up:${three}`);
    expect(content.blocks.map(({ id }) => id)).toEqual([one, three, two]);
    expect(applyAction(content, `up:${one}`).blocks).toEqual(content.blocks);
    expect(applyAction(content, `remove:${three}`).blocks.map(({ id }) => id)).toEqual([one, two]);
    expect(applyAction(content, 'constructor:__proto__')).toBe(content);
  });

  it('survives whatever else is posted', () => {
    const content = started();
    const odd = {
      title_fi: ['a', 'b'],
      minutes: '9999',
      level: '-1',
      competences_shown: 'x',
      competences: ['4.2', '9', { a: 1 }],
    };
    const next = applyForm(content, odd, ['fi', 'sv']);
    expect([next.title.fi, next.minutes, next.level, next.competences]).toEqual(['Hyvä salasana', 5, 1, ['4.2']]);
  });
});

describe('what must be mended before review', () => {
  it('asks for a title, text and a right answer', () => {
    expect(findFaults(started(), 'text').map(({ key }) => key)).toEqual(['authoring.fault.noText']);
    const quiz = newContent('fi', 'Kysymyksiä', 'quiz');
    expect(findFaults(quiz, 'quiz').map(({ key }) => key)).toEqual([
      'authoring.fault.twoOptions',
      'authoring.fault.oneRight',
    ]);
  });
});

it('counts the words of the longest sentence', () => {
  expect(readability('Lyhyt virke. Tässä on vähän pidempi virke, jossa on yhdeksän sanaa.', 'fi')).toEqual({
    longest: 9,
    tooLong: undefined,
  });
  expect(
    readability(
      'Yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen yksitoista kaksitoista kolmetoista.',
      'fi-x-selko',
    ).tooLong,
  ).toBe('Yksi kaksi kolme neljä viisi kuusi …');
  expect(readability('- yksi kaksi\n- kolme', 'fi').longest).toBe(2);
});

describe('where a fault is', () => {
  const words = (content: ReturnType<typeof started>, field: string) =>
    placeOf(content, field)
      .map(({ key, values }) => translator('en')(key, values))
      .join(', ');

  it('is told by question, row and language, whatever the type', () => {
    let content = newContent('fi', 'Kysymyksiä', 'quiz');
    for (const type of ['matching', 'scenario', 'hotspot']) content = applyAction(content, `add-question:${type}`);
    const [single, matching, scenario, hotspot] = content.questions.map(({ id }) => id);
    const told = Object.fromEntries(findFaults(content, 'quiz').map(({ field }) => [field, words(content, field)]));
    expect(told).toMatchObject({
      [`q_${single}_a_fi_text`]: 'Question 1, Answer A, Finnish',
      [`q_${single}_correct`]: 'Question 1',
      [`q_${matching}_pairs_b_right_fi`]: 'Question 2, Pair 2, Its pair, Finnish',
      [`q_${hotspot}_picture`]: 'Question 4',
      [`q_${hotspot}_alt_fi`]: 'Question 4, Finnish',
    });
    const choice = Object.entries(told).find(
      ([field]) => field.startsWith(`q_${scenario}_nodes_`) && /choices/.test(field),
    );
    expect(choice?.[1]).toMatch(/^Question 3, Part 1, Choice A/);
    expect(Object.values(told).every((place) => place.startsWith('Question'))).toBe(true);
  });

  it('survives fields that are nowhere', () => {
    const content = newContent('fi', 'Kysymyksiä', 'quiz');
    const id = content.questions[0]?.id;
    for (const field of [
      '',
      'q',
      'q_',
      'r_x_name_sv',
      'q_nobody_pairs_a',
      `q_${id}_constructor_x`,
      'b__proto__',
      'form',
    ])
      expect(words(content, field)).toMatch(/^(Question 1|Swedish)?$/);
  });
});

it('a rubric’s levels need the name of what is looked at, in each language that has them; an empty row needs nothing', () => {
  let content = applyAction(applyAction(started(), 'add-criterion'), 'add-criterion');
  const [one] = content.rubric?.map(({ key }) => key) ?? [];
  const faults = () => findFaults(content, 'text').filter(({ field }) => field.startsWith('r_'));
  expect(faults()).toEqual([]);
  content = applyForm(content, { [`r_${one}_1_sv`]: 'Med hjälp' }, ['fi', 'sv']);
  expect(faults().map(({ field }) => field)).toEqual([`r_${one}_name_fi`, `r_${one}_name_sv`]);
  content = applyForm(content, { [`r_${one}_name_fi`]: 'Kuka tekee', [`r_${one}_name_sv`]: 'Vem' }, ['fi', 'sv']);
  expect(faults()).toEqual([]);
});
