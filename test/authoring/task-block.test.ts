import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { newBlock, newContent } from '../../src/features/authoring/drafts.document';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { aDraft, temporaryStorage } from '../support/factories-authoring';
import { anH5pContent } from '../support/factories-h5p';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

/** A lesson of text with an empty place for a task, and a task of this organisation and of another. */
async function aScene() {
  const organisation = await anOrganisation();
  const ours = await anH5pContent(organisation);
  const theirs = await anH5pContent(await anOrganisation());
  const expert = await aPerson({ organisation, roles: ['learner', 'expert'] });
  const blank = newContent('fi', 'Kysy ensin', 'text');
  const draft = await aDraft(expert, { content: { ...blank, blocks: [{ ...newBlock('h5p', {}), id: 'tehtava' }] } });
  return { ours, theirs, expert, draft };
}

const FIELD = 'n_tehtava_h5p_content_id';
const send = (actor: Actor, id: string, task: string, version = 1) =>
  request(as(actor).app)
    .post(`/write/drafts/${id}`)
    .field('version', String(version))
    .field('do', 'save')
    .field('title_fi', 'Kysy ensin')
    .field(FIELD, task);
const shownIn = async (id: string) =>
  (await asOwner(() => db()('lesson_drafts').where({ id }).first()))?.content.blocks[0]?.h5p_content_id;

it('offers the own tasks in both ways of writing, and nobody else’s', async () => {
  const { ours, theirs, expert, draft } = await aScene();
  const form = page(await as(expert).get(`/write/drafts/${draft.id}`));
  const offered = form(`select[name=${FIELD}] option`)
    .toArray()
    .map((option) => form(option).attr('value'));
  expect(offered).toEqual(['', ours.id]);
  const start = page(await as(expert).get(`/write/drafts/${draft.id}/page`))('#page-start').text();
  expect([start.includes(ours.id), start.includes(theirs.id)]).toEqual([true, false]);
});

it('shows the chosen task, and takes none that is not the organisation’s', async () => {
  const { ours, theirs, expert, draft } = await aScene();
  expect((await send(expert, draft.id, ours.id)).status).toBe(303);
  expect(await shownIn(draft.id)).toBe(ours.id);
  expect((await as(expert).get(`/write/drafts/${draft.id}/preview`)).text).toContain('data-h5p');
  for (const foreign of [theirs.id, randomUUID()]) expect((await send(expert, draft.id, foreign, 2)).status).toBe(404);
  expect((await send(expert, draft.id, 'ei mikään', 2)).status).toBe(303);
  expect(await shownIn(draft.id)).toBe(ours.id);
});
