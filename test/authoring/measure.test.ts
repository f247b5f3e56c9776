import fs from 'node:fs';
import type { CheerioAPI } from 'cheerio';
import request from 'supertest';
import { keepFile } from '../../src/features/files/files.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { aPicture, VOICE } from '../files/hostile';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, inScope } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

type Fields = Record<string, string>;
type Files = Record<string, { bytes: Buffer; name: string }>;

/** The form of the draft as a browser without scripts sends it: with all that it holds, and what is typed now. */
async function send(actor: Actor, $: CheerioAPI, typed: Fields, files: Files = {}) {
  const form = $('form[enctype]');
  const sending = request(as(actor).app).post(form.attr('action') ?? '');
  const known = Object.fromEntries(form.serializeArray().map(({ name, value }) => [name, value]));
  for (const name of Object.keys(typed).filter((one) => one !== 'do'))
    if ($(`[name="${name}"]`).length === 0) throw new Error(`The form has no field ${name}`);
  for (const [name, value] of Object.entries({ ...known, ...typed })) sending.field(name, value);
  for (const [name, { bytes, name: fileName }] of Object.entries(files)) sending.attach(name, bytes, fileName);
  return sending;
}

/** Sends the form and gives the page that follows, as a person sees it. */
async function go(actor: Actor, $: CheerioAPI, typed: Fields, files: Files = {}): Promise<CheerioAPI> {
  const answer = await send(actor, $, typed, files);
  if (answer.status !== 303) throw new Error(`${answer.status}: ${page(answer)('.govuk-error-summary').text()}`);
  return page(await as(actor).get(answer.headers.location ?? ''));
}

const idsOf = ($: CheerioAPI, start: RegExp) => [
  ...new Set(
    $('[name]')
      .get()
      .flatMap((one) => start.exec($(one).attr('name') ?? '')?.[1] ?? []),
  ),
];
const blocks = ($: CheerioAPI) => idsOf($, /^b_([\w-]+?)_fi$/);
const questions = ($: CheerioAPI) => idsOf($, /^q_([\w-]+?)_fi_prompt$/);

async function aLesson(writer: Actor): Promise<CheerioAPI> {
  const form = { title: 'Outo viesti', kind: 'text', language: 'fi', course: 'new', course_title: 'Puhelin' };
  const made = await as(writer).post('/write/drafts', form);
  return page(await as(writer).get((made.headers.location ?? '').replace(/\/page$/, '')));
}

it('makes and publishes a lesson by plain forms alone, in one sitting; a learner reads it', async () => {
  const organisation = await anOrganisation();
  const [writer, reviewer, learner] = (await Promise.all(
    ['expert', 'reviewer', 'learner'].map((role) => aPerson({ organisation, roles: [role as 'expert'] })),
  )) as [Actor, Actor, Actor];
  let $ = await aLesson(writer);
  const [text = ''] = blocks($);
  const typed = { [`b_${text}_fi`]: 'Älä avaa **outoa linkkiä**.', [`b_${text}_fi-x-selko`]: 'Älä avaa linkkiä.' };
  $ = await go(writer, $, { ...typed, do: 'add-block', block_kind: 'image' });
  $ = await go(writer, $, { do: 'add-block', block_kind: 'audio' });
  const [, image = '', audio = ''] = blocks($);

  // A sound is no picture: it says so, and what was typed stays.
  const name = {
    [`b_${audio}_fi`]: 'Pekka kertoo',
    [`b_${audio}_fi_transcript`]: 'Kysy ensin.',
    [`b_${audio}_fi-x-selko`]: 'Pekka kertoo helposti',
    [`b_${audio}_fi-x-selko_transcript`]: 'Kysy.',
  };
  const voice = { bytes: fs.readFileSync(VOICE), name: 'ääni.webm' };
  const wrong = await send(writer, $, { ...name, do: `file:${image}` }, { [`f_${image}`]: voice });
  expect(wrong.status).toBe(422);
  $ = page(wrong);
  expect($('.govuk-error-summary a').attr('href')).toBe(`#f_${image}`);
  expect($(`#b_${audio}_fi`).val()).toBe('Pekka kertoo');

  const picture = { bytes: await aPicture().png().toBuffer(), name: 'kuva.png' };
  $ = await go(writer, $, { do: 'save' }, { [`f_${image}`]: picture, [`f_${audio}`]: voice });
  expect($(`#n_${image}_file_id option[selected]`).text()).toBe('kuva');
  const asked: Fields = {};
  for (const type of ['single', 'truefalse', 'ordering']) {
    $ = await go(writer, $, { ...asked, do: 'add-block', block_kind: 'question' });
    const id = questions($).at(-1) ?? '';
    if (type !== 'single') $ = await go(writer, $, { do: `type-question:${id}`, [`q_${id}_type`]: type });
    asked[`q_${id}_fi_prompt`] = `Mitä teet? (${type})`;
    asked[`q_${id}_fi-x-selko_prompt`] = `Mitä sinä teet? (${type})`;
    if (type === 'truefalse') continue;
    if (type === 'single') asked[`q_${id}_correct`] = 'a';
    for (const key of ['a', 'b', 'c'])
      for (const language of ['fi', 'fi-x-selko'])
        asked[type === 'single' ? `q_${id}_${key}_${language}_text` : `q_${id}_steps_${key}_text_${language}`] =
          `Vastaus ${key}`;
  }
  $ = await go(writer, $, { ...asked, 'title_fi-x-selko': 'Outo viesti, helposti' });

  // The picture has no words yet: sending says so and leads there.
  const early = await send(writer, $, { do: 'submit' });
  expect(early.status).toBe(422);
  const places = page(early)('.govuk-error-summary a').map((_, one) => $(one).attr('href') ?? '');
  expect(places.get()).toEqual([`#b_${image}_fi`, `#b_${image}_fi-x-selko`]);
  const alts = { [`b_${image}_fi`]: 'Puhelimessa on viesti.', [`b_${image}_fi-x-selko`]: 'Viesti puhelimessa.' };
  $ = await go(writer, $, { ...alts, do: 'submit' });
  const draft = $('form[action$="/signatures"]').attr('action') ?? '';
  const version = String($('form[action$="/signatures"] [name=version]').val());
  for (const [signer, kind] of [
    [writer, 'true_to_life'],
    [reviewer, 'correct_and_safe'],
  ] as const)
    expect((await as(signer).post(draft, { kind, version, shown: 'full' })).status).toBe(303);

  const preview = page(await as(writer).get(draft.replace(/signatures$/, 'preview')));
  const address = preview('.side a.govuk-button').attr('href') ?? '';
  const lesson = page(await as(learner).get(address));
  expect(lesson('article img').attr('alt')).toBe('Puhelimessa on viesti.');
  expect(lesson('article source[type="image/webp"]').attr('srcset')).toMatch(/ \d+w/);
  const heard = await as(learner).get(lesson('article audio').attr('src') ?? '');
  expect([heard.status, heard.headers['content-type']]).toEqual([200, expect.stringMatching(/^(audio|video)\//)]);
  expect(lesson('.ask-here').length).toBe(3);
  const question = await as(learner).get(lesson('.ask-here a.govuk-button').first().attr('href') ?? '');
  expect(page(question)('main').text()).toContain('Mitä teet? (single)');
  await as(learner).post(`${address}/language`, { language: 'fi-x-selko' });
  const easy = page(await as({ ...learner, content_language: 'fi-x-selko' }).get(address));
  expect(easy('article').text()).toContain('Älä avaa linkkiä.');
  expect(easy('article').text()).toContain('Mitä sinä teet? (ordering)');
}, 90_000);

it('shows no file of another organisation, and takes none', async () => {
  const [own, other] = [await anOrganisation(), await anOrganisation()];
  const writer = await aPerson({ organisation: own, roles: ['expert'] });
  const stranger = await aPerson({ organisation: other, roles: ['expert'] });
  const kept = await inScope(stranger, () =>
    keepFile(other.id, { path: VOICE, originalname: 'salaisuus.webm' }, ['audio']),
  );
  const id = kept.ok ? kept.file.id : '';
  const $ = await go(writer, await aLesson(writer), { do: 'add-block', block_kind: 'audio' });
  const [, audio = ''] = blocks($);
  expect($(`#n_${audio}_file_id`).text()).not.toContain('salaisuus');
  expect((await send(writer, $, { [`n_${audio}_file_id`]: id, do: 'save' })).status).toBe(404);
});

it('gives the fields of a question to those who may write it, and to nobody else', async () => {
  const organisation = await anOrganisation();
  const writer = await aPerson({ organisation, roles: ['expert'] });
  const learner = await aPerson({ organisation, roles: ['learner'] });
  const stranger = await aPerson({ organisation: await anOrganisation(), roles: ['expert'] });
  const $ = await go(writer, await aLesson(writer), { do: 'add-block', block_kind: 'question' });
  const [question = ''] = questions($);
  const draft = $('form[enctype]').attr('action') ?? '';
  const address = `${draft}/questions/${question}/form`;
  const fields = await as(writer).get(`${address}?language=sv`);
  expect(fields.body.html).toContain(`id="q_${question}_sv_prompt"`);
  expect((await as(writer).get(`${draft}/questions/none/form`)).status).toBe(404);
  expect((await as(stranger).get(address)).status).toBe(404);
  expect((await as(learner).get(address)).status).toBe(403);

  const version = Number($('[name=version]').first().val());
  const sent = (body: object) =>
    request(as(writer).app)
      .post(`${draft}/page`)
      .send({ version, language: 'fi', title: 'T', doc: { type: 'doc', content: [] }, ...body });
  expect((await sent({ fields: { __proto__x: 'a' } })).status).toBe(422);
  expect((await sent({ press: 'remove:everything' })).status).toBe(422);
  expect((await sent({ fields: { q_x_fi_prompt: 'x'.repeat(30_000) } })).status).toBe(422);
});
