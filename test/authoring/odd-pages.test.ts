import type { Express } from 'express';
import fc from 'fast-check';
import request from 'supertest';
import type { Draft } from '../../src/features/authoring/drafts.model';
import { BLOCK_KINDS } from '../../src/features/blocks/block';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { aDraft, temporaryStorage } from '../support/factories-authoring';

const SEED = 20261122;
let removeStorage: () => void;
let author: Actor;
let draft: Draft;
let app: Express;
beforeEach(async () => {
  removeStorage = temporaryStorage();
  author = await aPerson({ organisation: await anOrganisation(), roles: ['learner', 'expert'] });
  draft = await aDraft(author);
  app = as(author).app as unknown as Express;
});
afterEach(() => removeStorage());

const rows = () => asOwner(() => db()('lesson_drafts').where({ organisation_id: author.organisation_id }));
const put = (body: unknown) =>
  request(app)
    .post(`/write/drafts/${draft.id}/page`)
    .type('json')
    .send(typeof body === 'string' ? body : JSON.stringify(body));

const node = (text: unknown, attrs: object = {}) => ({
  type: 'piece',
  attrs: { id: 'uusi', kind: 'text', needs: {}, ...attrs },
  content: [
    { type: 'richPart', attrs: { name: 'text' }, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
  ],
});
const sent = (content: unknown, more: object = {}) => ({
  version: 1,
  language: 'fi',
  title: 'x',
  doc: { type: 'doc', content },
  ...more,
});
const deep = (depth: number, open: string, close: string, inside = '1') =>
  open.repeat(depth) + inside + close.repeat(depth);

const REFUSED: Record<string, () => unknown> = {
  'a list as deep as a well': () => deep(200_000, '[', ']'),
  'objects as deep as a well': () => deep(100_000, '{"a":', '}'),
  'a page as deep as a well': () =>
    JSON.stringify(sent(['HERE'])).replace('"HERE"', deep(5000, '{"type":"piece","content":[', ']}', '')),
  'paragraphs in quotations without end': () =>
    JSON.stringify(sent([node('x')])).replace(
      '{"type":"paragraph","content":[{"type":"text","text":"x"}]}',
      deep(60, '{"type":"blockquote","content":[', ']}', '{"type":"paragraph"}'),
    ),
  'constructors among the needs': () => sent([node('x', { needs: { constructor: { prototype: { x: 1 } } } })]),
  'a kind of nobody': () => sent([node('x', { kind: 'script' })]),
  'a kind that every object has': () => sent([node('x', { kind: 'toString' })]),
  'a number for a text': () => sent([node(5)]),
  'an object for a text': () => sent([node({ toString: 'x' })]),
  'a version that is no number': () => sent([node('x')], { version: 'NaN' }),
  'a version of parts': () => sent([node('x')], { version: 1.5 }),
  'a language of nobody': () => sent([node('x')], { language: '__proto__' }),
  'ids twice': () => sent([node('x'), node('y')]),
  'an id that is a path': () => sent([node('x', { id: '../../x' })]),
  'more blocks than a lesson holds': () => sent(Array.from({ length: 401 }, (_, n) => node('x', { id: `n${n}` }))),
  'a title without end': () => sent([node('x')], { title: 'a'.repeat(100_000) }),
  'a text over the limit of its kind': () => sent([node('a'.repeat(150_000))]),
  'no page at all': () => ({}),
  'a list for a page': () => [],
};

it.each(Object.entries(REFUSED))('refuses %s with a sentence, and the lesson stays as it was', async (_, make) => {
  const before = await rows();
  const response = await put(make());
  expect([response.status, response.body.message?.length > 10]).toEqual([422, true]);
  expect(await rows()).toEqual(before);
});

it.each([
  ['ten megabytes of text', 413, () => sent([node('a'.repeat(10_000_000))])],
  ['half a page', 400, () => JSON.stringify(sent([node('x')])).slice(0, -9)],
  ['no JSON', 400, () => '<html>'],
  ['a single word', 400, () => '"x"'],
  ['zero signs', 400, () => sent([node('a\u0000b')])],
  ['half a pair of letters', 400, () => JSON.stringify(sent([node('HALF')])).replace('HALF', '\\ud800')],
])('answers %s as %i, and the lesson stays as it was', async (_, status, make) => {
  const before = await rows();
  expect((await put(make())).status).toBe(status);
  expect(await rows()).toEqual(before);
});

it('takes nothing from the keys of prototypes', async () => {
  const body = JSON.stringify(sent([node('x', { needs: 'P' })])).replace('"P"', '{"__proto__":{"isAdmin":true}}');
  expect((await put(body)).status).toBe(200);
  expect(JSON.stringify(await rows())).not.toContain('isAdmin');
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});

/** A page with something in it changed for something else, wherever it is. */
const broken = fc
  .tuple(
    fc.constantFrom(...BLOCK_KINDS),
    fc.array(fc.nat(6), { minLength: 1, maxLength: 9 }),
    fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('__proto__', -1, 1e308, '\u202e', '\ud800', 'a'.repeat(30_000), 'javascript:__ran(1)', null),
    ),
    fc.constantFrom('set', 'add', 'drop', 'double'),
  )
  .map(([kind, way, value, how]) => {
    const whole = sent([node('Sana', { kind }), node('Toinen', { id: 'toka', kind })]);
    let at: Record<string, unknown> = whole as never;
    for (const step of way) {
      const keys = Object.keys(at);
      const key = keys[step % keys.length] as string;
      const inside = at[key];
      if (typeof inside === 'object' && inside !== null && Object.keys(inside).length > 0 && way.at(-1) !== step) {
        at = inside as never;
        continue;
      }
      if (how === 'drop') delete at[key];
      else if (how === 'double' && Array.isArray(at)) at.push(...at);
      else at[how === 'add' ? String(value).slice(0, 20) : key] = value;
      break;
    }
    return whole;
  });

it('takes or refuses every odd page, and never fails; what it refused changed nothing', async () => {
  const told: string[] = [];
  for (const body of fc.sample(broken, { numRuns: 150, seed: SEED })) {
    const [before] = await rows();
    const { status } = await put({
      ...body,
      version: typeof body.version === 'number' ? before?.version : body.version,
    });
    const [after] = await rows();
    if (![200, 400, 409, 422].includes(status)) told.push(`${status} ${JSON.stringify(body).slice(0, 300)}`);
    if (status !== 200 && after?.version !== before?.version) told.push(`${status} changed ${JSON.stringify(body)}`);
  }
  expect(told).toEqual([]);
  for (const way of ['page', 'preview', 'versions'])
    expect((await as(author).get(`/write/drafts/${draft.id}/${way}`)).status).toBe(200);
});

it('takes or refuses every odd form of the editor without scripts, and shows a page', async () => {
  const $ = page(await as(author).get(`/write/drafts/${draft.id}`));
  const names = [
    ...new Set(
      $('form [name]')
        .toArray()
        .map((field) => $(field).attr('name') ?? ''),
    ),
  ];
  const name = fc.oneof(
    fc.constantFrom(...names),
    fc.string({ maxLength: 20 }),
    fc.constantFrom('__proto__', 'constructor', 'b_x_fi'),
  );
  const presses = [
    'save',
    'add-block:text:',
    'add-block:__proto__:',
    'up:x',
    'remove:',
    'add-option:',
    'add-question:toString',
    'submit',
    '::::',
  ];
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(...presses, 'a'.repeat(200_000), '-1', '\u0000'),
  );
  const form = fc.array(fc.tuple(name, value), { maxLength: 12 });
  const told: string[] = [];
  for (const fields of fc.sample(form, { numRuns: 80, seed: SEED })) {
    const [now] = await rows();
    const body = new URLSearchParams([
      ['version', String(now?.version)],
      ...fields.map(([key, text]) => [key, text.toWellFormed()] as [string, string]),
    ]);
    const response = await request(app).post(`/write/drafts/${draft.id}`).type('form').send(body.toString());
    if (![303, 400, 409, 413, 422].includes(response.status))
      told.push(`${response.status} ${body.toString().slice(0, 300)}`);
    if (response.status >= 400 && !response.text.includes('<h1')) told.push(`${response.status} without a page`);
    await asOwner(() => db()('lesson_drafts').where({ id: draft.id }).update({ state: 'writing' }));
  }
  expect(told).toEqual([]);
});
