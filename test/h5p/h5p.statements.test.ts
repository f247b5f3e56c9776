import { completeStatement, LONGEST_STATE, readState, readStatement } from '../../src/features/h5p/h5p.statements';

const SENT = {
  id: 'made-up',
  timestamp: '1999-01-01T00:00:00Z',
  stored: '1999-01-01T00:00:00Z',
  authority: { mbox: 'mailto:teacher@example.org' },
  actor: { mbox: 'mailto:someone-else@example.org', objectType: 'Agent' },
  verb: { id: 'http://adlnet.gov/expapi/verbs/answered', display: { 'en-US': 'answered' } },
  object: {
    id: 'http://host/h5p/c/signed.token.here?subContentId=aaaa-1111',
    objectType: 'Activity',
    definition: {
      name: { 'en-US': 'Which?' },
      interactionType: 'choice',
      choices: [{ id: '0', description: { 'en-US': 'One' } }],
      correctResponsesPattern: ['0'],
      extensions: {
        'http://h5p.org/x-api/h5p-local-content-id': 'x',
        'https://h5p.org/x-api/alternatives': [['right answer']],
        'http://id.tincanapi.com/extension/ending-point': 2,
      },
    },
  },
  context: {
    contextActivities: {
      category: [{ id: 'http://h5p.org/libraries/H5P.MultiChoice-1.16', objectType: 'Activity' }],
      parent: { id: 'http://host/h5p/c/signed.token.here' },
    },
  },
  result: {
    score: { min: 0, raw: 1, max: 2, scaled: 0.5 },
    completion: true,
    success: false,
    duration: 'PT3.2S',
    response: '1',
  },
};

const ORIGIN = {
  id: '0d3f',
  at: new Date('2026-03-02T09:00:00Z'),
  homePage: 'https://oppiva.example',
  personId: 'person-7',
  contentIri: 'https://oppiva.example/h5p/contents/9',
};

it('keeps what was told, with actor, id, time and addresses of the server', () => {
  const incoming = readStatement(SENT);
  const complete = completeStatement(incoming as NonNullable<typeof incoming>, ORIGIN);
  expect(complete).toEqual({
    id: '0d3f',
    timestamp: '2026-03-02T09:00:00.000Z',
    actor: { objectType: 'Agent', account: { homePage: 'https://oppiva.example', name: 'person-7' } },
    verb: SENT.verb,
    object: {
      id: 'https://oppiva.example/h5p/contents/9?subContentId=aaaa-1111',
      objectType: 'Activity',
      definition: {
        name: { 'en-US': 'Which?' },
        interactionType: 'choice',
        choices: [{ id: '0', description: { 'en-US': 'One' } }],
        extensions: { 'http://id.tincanapi.com/extension/ending-point': 2 },
      },
    },
    context: {
      contextActivities: {
        category: [{ id: 'http://h5p.org/libraries/H5P.MultiChoice-1.16' }],
        parent: [{ id: 'https://oppiva.example/h5p/contents/9', objectType: 'Activity' }],
      },
    },
    result: SENT.result,
  });
});

it('never lets through who, when, the right answers or a signed address', () => {
  const incoming = readStatement(SENT);
  const kept = JSON.stringify(completeStatement(incoming as NonNullable<typeof incoming>, ORIGIN));
  for (const secret of [
    'made-up',
    '1999',
    'someone-else',
    'teacher',
    'correctResponsesPattern',
    'right answer',
    'signed',
  ]) {
    expect(kept).not.toContain(secret);
  }
});

it('loses no answer for a detail that makes no sense', () => {
  const odd = {
    verb: { id: 'http://adlnet.gov/expapi/verbs/answered', display: 7 },
    object: { id: 5, definition: { name: 'Which?', choices: 'none', type: [] } },
    context: { contextActivities: { category: 'x' }, extensions: 'x' },
    result: { score: { raw: '3', max: 4 }, duration: 'long', success: 'yes', response: 'my answer' },
  };
  expect(readStatement(odd)).toMatchObject({ result: { response: 'my answer', score: { max: 4 } } });
});

it.each<[string, unknown]>([
  ['nothing', undefined],
  ['text', 'answered'],
  ['no verb', { object: {} }],
  ['a parent that is none', { ...SENT, context: { contextActivities: { parent: 'x' } } }],
  ['a giant', { ...SENT, result: { response: 'a'.repeat(70_000) } }],
])('takes %s for no statement', (_name, value) => {
  expect(readStatement(value)).toBeUndefined();
});

it('takes a state that is JSON text of a sensible length', () => {
  expect(readState('{"chosen":1}')).toBe('{"chosen":1}');
  for (const value of ['{', '', 5, { chosen: 1 }, undefined, JSON.stringify('a'.repeat(LONGEST_STATE))]) {
    expect(readState(value)).toBeUndefined();
  }
});
