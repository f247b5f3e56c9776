import { newContent } from '../../src/features/authoring/drafts.document';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { aDraft, temporaryStorage } from '../support/factories-authoring';
import { anH5pContent, uploads } from '../support/factories-h5p';
import { SYMLINK, toyJson, toyPackage, toyPackageWith } from '../support/h5p-fixture';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

async function aScene() {
  const organisation = await anOrganisation();
  await anH5pContent(organisation);
  const expert = await aPerson({ organisation, roles: ['learner', 'expert'] });
  const professional = await aPerson({ organisation, roles: ['learner', 'reviewer'] });
  const draft = await aDraft(expert, { kind: 'h5p', content: newContent('fi', 'Kysy ensin', 'h5p') });
  return { organisation, expert, professional, draft, address: `/write/drafts/${draft.id}` };
}

/** The press of the editor, with the field for a picture left empty. */
const pressed = (version: number, typed: Record<string, string> = {}) => ({
  fields: { version: String(version), do: 'add-package', ...typed },
  empty: ['picture'],
});
const stored = (id: string) => asOwner(() => db()('lesson_drafts').where({ id }).first());

it('takes a package in, says what it is and asks when it is done', async () => {
  const { expert, draft, address } = await aScene();
  const response = await uploads(expert, address, await toyPackage(), pressed(1, { title_fi: 'Uusi otsikko' }));
  expect(response.status).toBe(303);
  const content = (await stored(draft.id))?.content;
  expect(content).toMatchObject({ title: { fi: 'Uusi otsikko' }, h5p_content_id: expect.any(String) });

  const $ = page(await as(expert).get(address));
  expect($('main').text()).toContain('Content type: H5P.OppivaToy-1.0');
  expect($('#h5p_rule').val()).toBe('self-declared');
  expect($('#h5p_rule-hint').text()).toContain('not evidence of skill');
  expect($('#h5p_rule option').text()).not.toContain('last page');

  const preview = page(await as(expert).get(`${address}/preview`));
  expect(preview('iframe[sandbox="allow-scripts"]')).toHaveLength(1);
});

it('explains a refusal beside the field and keeps what was typed', async () => {
  const { expert, draft, address } = await aScene();
  const hostile = await uploads(expert, address, await toyPackageWith(SYMLINK), pressed(1, { title_fi: 'Otsikko' }));
  expect(hostile.status).toBe(422);
  const $ = page(hostile);
  expect($('#package-error').text()).toContain('cannot be used yet');
  expect($('.h5p-reasons').text()).toContain('passwords.txt');
  expect($('#title_fi').val()).toBe('Otsikko');
  expect((await stored(draft.id))?.content).toMatchObject({ title: { fi: 'Otsikko' } });

  const nothing = await as(expert).post(address, pressed(2).fields);
  expect(page(nothing)('#package-error').text()).toContain('Choose an H5P file');
});

it('tells what will not show in a package', async () => {
  const { expert, address } = await aScene();
  const extra = [{ path: 'https://video.example/a.mp4', mime: 'video/mp4' }];
  const zip = await toyPackage({ 'content/content.json': toyJson('content/content.json', { extra }) });
  await uploads(expert, address, zip, pressed(1));
  expect(page(await as(expert).get(address))('.h5p-reasons').text()).toContain('video.example');
});

it('is published with the rule that was signed, for two people, and played by learners', async () => {
  const { organisation, expert, professional, draft, address } = await aScene();
  await uploads(expert, address, await toyPackage(), pressed(1));
  await as(expert).post(address, { version: '2', h5p_rule: 'score-at-least-70', do: 'submit' });
  const { version, content } = (await stored(draft.id)) as { version: number; content: { h5p_content_id: string } };
  const ruleNow = async () =>
    (await db()('h5p_contents').where({ id: content.h5p_content_id }).first())?.completion_rule;
  expect(await ruleNow()).toEqual({ kind: 'self-declared' });

  for (const [actor, kind] of [[expert, 'true_to_life'] as const, [professional, 'correct_and_safe'] as const]) {
    await as(actor).post(`${address}/signatures`, { kind, version: String(version), shown: 'full' });
  }
  expect((await stored(draft.id))?.state).toBe('published');
  expect(await ruleNow()).toEqual({ kind: 'score-at-least', share: 0.7 });

  const learner = await aPerson({ organisation });
  const lesson = await asOwner(() => db().table('lessons').where({ h5p_content_id: content.h5p_content_id }).first());
  const course = await asOwner(() => db().table('courses').where({ id: lesson.course_id }).first());
  expect(page(await as(learner).get(`/learn/${course.slug}/${lesson.slug}`))('iframe')).toHaveLength(1);
});
