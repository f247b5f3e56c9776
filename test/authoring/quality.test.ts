import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import request from 'supertest';
import type { DraftContent } from '../../src/features/authoring/drafts.document';
import { findingsOf } from '../../src/features/authoring/quality/findings';
import type { Block } from '../../src/features/blocks/block';
import { insertFile, type StoredFile } from '../../src/features/files/files.model';
import { storePicture } from '../../src/features/files/files.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { asOwner, inScope } from '../support/factories';
import { aDraft, temporaryStorage } from '../support/factories-authoring';
import { aLessonOf, aPair, sign, stored, submit } from '../support/factories-together';

/** A lesson with a picture that nobody has described, and a sentence that is too long. */
async function aLesson(author: Actor, more: Partial<DraftContent> = {}) {
  const file = await inScope(author, () =>
    insertFile({
      organisation_id: author.organisation_id,
      kind: 'image',
      name: 'IMG_1',
      ending: 'webp',
      mime: 'image/webp',
      sha256: randomUUID().replace(/-/g, '').repeat(2),
      bytes: 1,
      width: 1,
      height: 1,
    }),
  );
  const content = aLessonOf('Hyvä salasana on pitkä.', `${'sana '.repeat(25)}.`);
  const picture: Block = { id: 'kuva', kind: 'image', version: 1, texts: {}, file_id: file.id };
  return aDraft(author, { content: { ...content, blocks: [...content.blocks, picture], ...more } });
}
const KEY = 'altMissing kuva fi';
const quality = (actor: Actor, draft: { id: string }) => as(actor).get(`/write/drafts/${draft.id}/quality`);
const reason = (actor: Actor, draft: { id: string }, body: object) =>
  as(actor).post(`/write/drafts/${draft.id}/quality`, body);

it('a barrier stands in the way of sending until it is mended or has a reason; advice does not', async () => {
  const { expert, professional } = await aPair();
  const draft = await aLesson(expert);
  const refused = await submit(expert, draft);
  expect(refused.status).toBe(422);
  expect(page(refused)('.govuk-error-summary a').attr('href')).toBe('#b_kuva_fi');

  const $ = page(await quality(expert, draft));
  expect([$('.finding.is-must').length, $('.findings .finding').length]).toEqual([1, 1]);
  expect($('.findings').text()).toContain('25');
  for (const body of [
    { finding: KEY, reason: ' ' },
    { finding: KEY, reason: 'x'.repeat(301) },
  ])
    expect((await reason(expert, draft, body)).status).toBe(422);
  expect((await reason(expert, draft, { finding: 'longSentence part2 fi', reason: 'Olkoon' })).status).toBe(404);
  expect((await reason(expert, draft, { finding: KEY, reason: 'Kuva tulee <b>huomenna</b>' })).status).toBe(303);
  expect((await submit(expert, draft)).status).toBe(303);

  const seen = page(await quality(professional, draft));
  expect(seen('.finding__reason').text()).toBe('Kuva tulee <b>huomenna</b>');
  expect(page(await as(professional).get(`/write/drafts/${draft.id}/preview`)).text()).toContain('with a reason');
  const audit = await asOwner(() =>
    db()('audit_events').where({ action: 'draft.exception' }).select('actor_id', 'details'),
  );
  expect(audit).toEqual([{ actor_id: expert.id, details: { finding: KEY } }]);
  expect((await reason(expert, draft, { finding: KEY, reason: 'Toinen' })).status).toBe(403);
});

it('a reason is part of what is signed, is kept once, and is taken back', async () => {
  const { expert, professional } = await aPair();
  const draft = await aLesson(expert, { exceptions: [{ finding: KEY, reason: 'Koriste' }] });
  await submit(expert, draft);
  await sign(expert, draft, 'true_to_life');
  await as(professional).post(`/write/drafts/${draft.id}/notes`, { text: 'Kerro kuvasta.' });
  const before = await stored(expert, draft.id);
  await reason(expert, draft, { finding: KEY, reason: 'Koriste' });
  expect((await stored(expert, draft.id)).version).toBe(before.version);
  await as(expert).post(`/write/drafts/${draft.id}/quality/removal`, { finding: KEY });
  expect((await stored(expert, draft.id)).content.exceptions).toEqual([]);
  expect((await submit(expert, draft)).status).toBe(422);
});

it('the page that is written on gets what was found with each saving, in its language', async () => {
  const { expert } = await aPair();
  const draft = await aLesson(expert);
  const read = page(await as(expert).get(`/write/drafts/${draft.id}/page`));
  const { data } = JSON.parse(read('#page-start').text());
  const rules = (checks: { findings: { rule: string }[] }) => checks.findings.map(({ rule }) => rule);
  expect(rules(data.checks)).toEqual(['altMissing', 'longSentence']);
  const doc = { ...data.doc, content: data.doc.content.slice(0, 1) };
  const saved = await request(as(expert).app)
    .post(`/write/drafts/${draft.id}/page`)
    .send({ version: data.version, language: 'fi', title: 'Salasana', doc });
  expect(rules(saved.body.checks)).toEqual([]);
});

it('is for those who read the draft, and reasons are for those who write it', async () => {
  const { expert, professional, learner, stranger } = await aPair();
  const draft = await aLesson(expert);
  const outcome = async (actor: Actor) => [
    (await quality(actor, draft)).status,
    (await reason(actor, draft, { finding: KEY, reason: 'x' })).status,
  ];
  expect(await outcome(stranger)).toEqual([404, 404]);
  expect(await outcome(learner)).toEqual([403, 403]);
  await as(expert).post(`/write/drafts/${draft.id}/people`, { person: expert.id, role: 'author' });
  expect(await outcome(professional)).toEqual([200, 403]);
});

it('a picture in which no text could be seen is told of, as advice', async () => {
  const remove = temporaryStorage();
  const { expert } = await aPair();
  const drawn = async (ground: string, ink: string) => {
    const file = path.join(os.tmpdir(), `${randomUUID()}.png`);
    const words = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="90"><rect width="300" height="90" fill="${ground}"/><rect x="20" y="30" width="200" height="9" fill="${ink}"/></svg>`;
    await sharp(Buffer.from(words)).png().toFile(file);
    return inScope(expert, async () => (await storePicture(expert.organisation_id, file)) as StoredFile);
  };
  const [pale, clear] = [await drawn('#ffffff', '#cccccc'), await drawn('#ffffff', '#333333')];
  const picture = (file: StoredFile): Block => ({
    ...{ id: file.id.slice(0, 8), kind: 'image', version: 1, file_id: file.id },
    texts: { fi: { text: 'Lukko', follows: 1 } },
  });
  const { blocks, ...content } = aLessonOf('Hyvä salasana on pitkä.');
  const draft = await aDraft(expert, { content: { ...content, blocks: [...blocks, picture(pale), picture(clear)] } });
  const found = await inScope(expert, () => findingsOf(draft, ['fi']));
  expect(found.map(({ rule, block }) => [rule, block])).toEqual([['contrast', pale.id.slice(0, 8)]]);
  remove();
});
