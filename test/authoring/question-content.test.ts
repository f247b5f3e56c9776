import { findFaults } from '../../src/features/authoring/drafts.check';
import {
  type DraftContent,
  newContent,
  newQuestion,
  questionState,
} from '../../src/features/authoring/drafts.document';
import { applyAction, applyForm } from '../../src/features/authoring/drafts.form';
import { contentAfter, contentFromForm } from '../../src/features/authoring/question-content';
import { contentFaultsOf } from '../../src/features/quizzes/question-types/check';
import { CONTENT_TYPES, typeOf } from '../../src/features/quizzes/question-types/registry';
import { CONTENTS } from '../quizzes/question-types/contents';

/** A copy to spoil; of no type, as what a file or a form could hold. */
type Loose = ReturnType<typeof JSON.parse>;
const fresh = (value: unknown): Loose => JSON.parse(JSON.stringify(value));

describe('contentFromForm', () => {
  it('reads each value by its way in the content and leaves what the form did not have', () => {
    const before = typeOf('matching').blank();
    const after: Loose = contentFromForm(
      'matching',
      before,
      { q_1_pairs_a_left_en: ' A ', q_1_pairs_a_right_sv: 'B' },
      'q_1',
      ['en'],
    );
    expect(after.pairs[0]).toEqual({ key: 'a', left: { en: 'A' }, right: {} });
    expect(after.pairs[1]).toEqual({ key: 'b', left: {}, right: {} });
  });

  it('takes numbers with a decimal comma and boxes that were left empty', () => {
    const body = { q_value: '2,5', q_tolerance: 'much', q_unit_asked_shown: 'yes' };
    const after = contentFromForm('numeric', { ...CONTENTS.numeric, tolerance: 1 }, body, 'q', ['en']);
    expect(after).toMatchObject({ value: 2.5, tolerance: 1, unit_asked: false });
    expect(contentFromForm('numeric', CONTENTS.numeric, { q_value: '' }, 'q', ['en'])).toMatchObject({ value: null });
  });

  it('cuts a text that is too long and keeps the value that a made-up one would replace', () => {
    const body = { q_accepted_en: 'x'.repeat(9000), q_judged_by: 'magic', q_model_en: 'Kept' };
    const after: Loose = contentFromForm('shorttext', CONTENTS.shorttext, body, 'q', ['en']);
    expect([after.accepted.en.length, after.judged_by, after.model.en]).toEqual([2000, 'accepted', 'Kept']);
  });

  it('sets no picture by a field', () => {
    const body = { q_picture: '/files/00000000-0000-4000-8000-000000000000', q_width: '1' };
    expect(contentFromForm('hotspot', CONTENTS.hotspot, body, 'q', ['en'])).toEqual(CONTENTS.hotspot);
  });
});

describe('contentAfter', () => {
  const keys = (content: Loose, list = 'steps') => content[list].map(({ key }: { key: string }) => key).join('');

  it('adds, moves and removes rows, also those within rows', () => {
    const { ordering, scenario } = CONTENTS;
    expect(keys(contentAfter('ordering', ordering, 'add-row', 'steps'))).toBe('abcde');
    expect(keys(contentAfter('ordering', ordering, 'up-row', 'steps/c'))).toBe('acbd');
    expect(keys(contentAfter('ordering', ordering, 'up-row', 'steps/a'))).toBe('abcd');
    expect(keys(contentAfter('ordering', ordering, 'down-row', 'steps/a'))).toBe('bacd');
    expect(keys(contentAfter('ordering', ordering, 'remove-row', 'steps/b'))).toBe('acd');
    const more: Loose = contentAfter('scenario', scenario, 'add-row', 'nodes/b/choices');
    expect(keys(more.nodes[1], 'choices')).toBe('abc');
  });

  it('adds no more than there may be, and changes nothing for a way that is not there', () => {
    let content: object = CONTENTS.ordering;
    for (let times = 0; times < 30; times += 1) content = contentAfter('ordering', content, 'add-row', 'steps');
    expect(keys(content)).toHaveLength(10);
    for (const way of ['', 'zzz', 'steps/zzz', 'nodes/a', '__proto__', 'constructor/a', 'steps/a/b/c'])
      expect(contentAfter('ordering', CONTENTS.ordering, 'remove-row', way)).toEqual(CONTENTS.ordering);
  });
});

describe('what is checked before publishing', () => {
  const faults = (type: (typeof CONTENT_TYPES)[number], content: object, languages: ('en' | 'fi')[] = ['en']) =>
    contentFaultsOf(type, content, languages).map(({ path, key }) => `${path} ${key.replace('authoring.fault.', '')}`);

  it.each(CONTENT_TYPES)('finds nothing in a whole %s, and something in a new one', (type) => {
    expect(faults(type, CONTENTS[type], ['en', 'fi'])).toEqual([]);
    expect(faults(type, typeOf(type).blank())).not.toEqual([]);
  });

  it('names the text that a language lacks', () => {
    const content = fresh(CONTENTS.matching);
    content.pairs[1].right.fi = ' ';
    expect(faults('matching', content, ['en', 'fi'])).toEqual(['pairs_b_right_fi empty']);
  });

  it('sees spots that overlap, go over the edge or are too small, and a picture without words', () => {
    const content = fresh(CONTENTS.hotspot);
    content.spots[1] = { ...content.spots[1], x: 70, y: 10, w: 40, h: 2 };
    expect(faults('hotspot', content)).toEqual(['spots_b_w smallSpot']);
    content.spots[1].h = 10;
    expect(faults('hotspot', content)).toEqual(['spots_b_x outsideSpot']);
    content.spots[1].w = 20;
    expect(faults('hotspot', content)).toEqual(['spots_b_x overlappingSpots']);
    expect(faults('hotspot', { ...CONTENTS.hotspot, alt: {}, picture: '' })).toEqual([
      'picture noPicture',
      'alt_en alt',
    ]);
  });

  it('sees where a reader of a story would be lost', () => {
    const change = (spoil: (nodes: Loose[]) => void) => {
      const content = fresh(CONTENTS.scenario);
      spoil(content.nodes);
      return faults('scenario', content);
    };
    expect(
      change((nodes) => {
        nodes[1].choices = [];
      }),
    ).toContain('nodes_b_is_end deadEnd');
    expect(
      change((nodes) => {
        nodes[1].choices[0].to = 'a';
      }),
    ).toEqual(['nodes_c_text unreachable', 'nodes_b_choices_a_to circle']);
    expect(
      change((nodes) => {
        nodes[0].choices[0].to = 'zz';
      }),
    ).toContain('nodes_a_choices_a_to leadsNowhere');
    expect(
      change((nodes) => {
        for (const node of nodes) node.is_end = false;
      }),
    ).toContain('nodes noEnd');
    expect(
      change((nodes) => {
        nodes[0].is_end = true;
      }),
    ).toContain('nodes_a_is_end endGoesOn');
  });

  it('sees gaps without an answer and gaps that a language lacks', () => {
    expect(faults('cloze', { text: { en: 'Say [no] and [*].' }, almost: true })).toEqual(['text_en emptyGap']);
    expect(faults('cloze', { text: { en: '[One] [two]', fi: '[Yksi]' }, almost: true }, ['en', 'fi'])).toEqual([
      'text_fi gapCount',
    ]);
  });
});

describe('a translated question', () => {
  const content = (): DraftContent => {
    const draft = newContent('en', 'Quiz', 'quiz');
    draft.title.fi = 'Kysymykset';
    draft.questions = [{ ...newQuestion('ordering'), id: 'one' }];
    return draft;
  };
  const english = {
    q_one_en_prompt: 'Order?',
    q_one_steps_a_text_en: 'First',
    q_one_steps_b_text_en: 'Second',
    q_one_steps_c_text_en: 'Third',
  };
  const finnish = {
    q_one_fi_prompt: 'Järjestys?',
    q_one_steps_a_text_fi: 'Eka',
    q_one_steps_b_text_fi: 'Toka',
    q_one_steps_c_text_fi: 'Kolmas',
  };

  it('follows its original until a text of that changes, and again once it is read', () => {
    const state = (draft: DraftContent) => questionState(draft, draft.questions[0]!, 'fi');
    let draft = applyForm(content(), english, ['en', 'fi']);
    expect(state(draft)).toBe('missing');
    draft = applyForm(draft, finnish, ['en', 'fi']);
    expect(state(draft)).toBe('current');
    expect(findFaults(draft, 'quiz')).toEqual([]);

    draft = applyForm(draft, { ...english, ...finnish, q_one_steps_b_text_en: 'Second, changed' }, ['en', 'fi']);
    expect(state(draft)).toBe('behind');
    draft = applyForm(draft, { q_one_fi_read: 'yes' }, ['en', 'fi']);
    expect(state(draft)).toBe('current');
  });

  it('gets rows by presses, and none in the questions beside it', () => {
    const draft = applyAction(content(), 'add-row:one:steps');
    expect((draft.questions[0]!.content as Loose).steps).toHaveLength(4);
    expect(applyAction(content(), 'add-row:two:steps')).toEqual(content());
  });
});
