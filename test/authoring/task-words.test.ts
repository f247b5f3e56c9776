import { randomUUID } from 'node:crypto';
import request from 'supertest';
import type { Actor, Role } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { anH5pContent } from '../support/factories-h5p';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

async function aCopy(roles: Role[] = ['learner', 'author']) {
  const organisation = await anOrganisation();
  const { id: contentId } = await anH5pContent(organisation);
  const author = await aPerson({ organisation, roles });
  const id = randomUUID();
  const begun = await as(author).post(`/write/h5p/contents/${contentId}/edit`, { id, language: 'fi', way: 'words' });
  return { organisation, author, contentId, id, begun };
}

/** As a browser sends a form with `multipart/form-data`. */
function sendsForm(actor: Actor, path: string, fields: Record<string, string>) {
  const sending = request(as(actor).app).post(path);
  for (const [name, value] of Object.entries(fields)) sending.field(name, value);
  return sending;
}

const form = (id: string) => asOwner(() => db()('h5p_forms').where({ id }).first());
const content = (id: string) => db()('h5p_contents').where({ id }).first();
const send = (actor: Actor, id: string, fields: Record<string, string>) =>
  sendsForm(actor, `/write/h5p/${id}/words`, { page: '1', ...fields });

it('begins with a copy and shows its words and files, nothing of how it works', async () => {
  const { author, id, begun } = await aCopy();
  expect(begun.headers.location).toBe(`/write/h5p/${id}/words`);
  const $ = page(await as(author).get(`/write/h5p/${id}/words`));
  expect(
    $('textarea, input.govuk-input')
      .toArray()
      .map((field) => $(field).attr('name')),
  ).toEqual(['title', 'question', 'answers.0.text', 'answers.0.feedback', 'answers.1.text', 'answers.1.feedback']);
  expect($('main').text()).toContain('viesti.png');
});

it('keeps new words, cleaned, and leaves the rest and the content it came from', async () => {
  const { author, id, contentId } = await aCopy();
  const before = (await content(contentId))?.content_json as { answers: { text: string }[] };
  const typed = {
    question: 'Uusi kysymys <script>steal()</script>',
    'answers.1.text': 'Soitan ensin',
    'answers.1.points': '9',
    title: 'Uusi nimi',
  };
  await send(author, id, { version: '1', do: 'preview', ...typed }).expect(303);
  const made = await form(id);
  const { answers } = before;
  expect(made).toMatchObject({
    title: 'Uusi nimi',
    version: 2,
    params: {
      ...before,
      question: '<p>Uusi kysymys </p>',
      answers: [answers[0], { ...answers[1], text: 'Soitan ensin' }],
    },
  });
  expect((await content(contentId))?.content_json).toEqual(before);
  await as(author).post(`/write/h5p/${id}/finish`, { version: '2' }).expect(303);
  expect(await content(id)).toMatchObject({ title: 'Uusi nimi', being_made: false, main_library: 'H5P.OppivaToy-1.0' });
});

it('sent as it came changes nothing', async () => {
  const { author, id } = await aCopy();
  const $ = page(await as(author).get(`/write/h5p/${id}/words`));
  const shown = $('textarea, input.govuk-input')
    .toArray()
    .map((field) => [String($(field).attr('name')), String($(field).val()).replace(/^\n/, '')] as const);
  await send(author, id, { version: '1', do: 'save', ...Object.fromEntries(shown) }).expect(303);
  expect((await form(id))?.version).toBe(1);
});

it('never writes over what another saved, and keeps what was typed', async () => {
  const { author, id } = await aCopy();
  await send(author, id, { version: '1', 'answers.0.text': 'Ensimmäinen' }).expect(303);
  const late = await send(author, id, { version: '1', 'answers.0.text': 'Toinen' });
  expect(late.status).toBe(422);
  expect(page(late)('input[name="answers.0.text"]').val()).toBe('Toinen');
  expect((await form(id))?.params).toMatchObject({ answers: [{ text: 'Ensimmäinen' }, {}] });
});

it('asks for a name', async () => {
  const { author, id } = await aCopy();
  expect((await send(author, id, { version: '1', title: ' ' })).status).toBe(422);
});

it('is for authors of its organisation', async () => {
  const { id, organisation } = await aCopy();
  const status = async (actor: Actor) => (await as(actor).get(`/write/h5p/${id}/words`)).status;
  expect(await status(await aPerson({ organisation, roles: ['learner', 'author'] }))).toBe(200);
  expect(await status(await aPerson({ organisation, roles: ['learner'] }))).toBe(403);
  const other = await aPerson({ roles: ['learner', 'author'] });
  expect(await status(other)).toBe(404);
  expect((await send(other, id, { version: '1', title: 'Toinen' })).status).toBe(404);
  expect((await form(id))?.title).toBe('Kysyisitkö ensin?');
});
