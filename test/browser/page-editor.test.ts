import type { Editor } from '@tiptap/core';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { type DraftContent, newContent, newQuestion } from '../../src/features/authoring/drafts.document';
import { BLOCK_KINDS, type Block, type BlockKind } from '../../src/features/blocks/block';
import { connectAsOwner } from '../support/database';
import { axeFaults } from './support/axe';
import { GOOGLE, LIBREOFFICE, WORD } from './support/pasted';
import { signature } from './support/signature';
import { openSite, type Site, words } from './support/site';

let site: Site;
let owner: ReturnType<typeof connectAsOwner>;
beforeAll(async () => {
  site = await openSite('page_editor');
  owner = connectAsOwner(site.database);
});
afterAll(() => Promise.all([site?.close(), owner?.destroy()]));
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const says = (name: string) => words(`blocks.editor.${name}`);
const aBlock = (id: string, kind: BlockKind, text: string, more: Partial<Block> = {}): Block => ({
  id,
  kind,
  version: 1,
  texts: { fi: { text, follows: 1 } },
  ...more,
});
const THREE = () => ['yksi', 'kaksi', 'kolme'].map((id) => aBlock(id, 'text', `Kohta ${id}.`));

/** A new lesson of the expert's with this in it; returns its address. */
async function aLesson(content: Partial<DraftContent>): Promise<string> {
  const device = await site.deviceOf('expert');
  const form = { kind: 'text', title: 'Yhteinen', language: 'fi', course: 'new', course_title: 'Kurssi' };
  const made = await device.request.post('/write/drafts', { form, maxRedirects: 0 });
  const [, id] = /drafts\/([^/]+)/.exec(made.headers().location ?? '') ?? [];
  await owner
    .table('lesson_drafts')
    .where({ id })
    .update({ content: JSON.stringify({ ...newContent('fi', 'Yhteinen', 'text'), ...content }) as never });
  await owner
    .table('course_people')
    .where({ course_id: owner('lesson_drafts').select('course_id').where({ id }) })
    .del();
  await device.close();
  return `/write/drafts/${id}`;
}

const stored = async (lesson: string): Promise<DraftContent> =>
  (
    await owner
      .table('lesson_drafts')
      .where({ id: lesson.split('/').at(-1) })
      .first()
  ).content;

/** Somebody at the lesson, who sees it as the learner will. */
class Writer {
  private constructor(
    readonly device: BrowserContext,
    public page: Page,
  ) {}

  static async at(lesson: string, username = 'expert', device?: BrowserContext): Promise<Writer> {
    const own = device ?? (await site.deviceOf(username));
    const writer = new Writer(own, await own.newPage());
    await writer.open(`${lesson}/page`);
    return writer;
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.page.locator('.has-page .page-text[contenteditable=true]').waitFor();
  }

  block = (id: string): Locator => this.page.locator(`.piece[data-id="${id}"]`);
  texts = async () => (await this.page.locator('.piece__content').allInnerTexts()).map((text) => text.trim());
  card = (name: string) => this.page.locator('.conflict', { hasText: name });

  /** Puts the caret at the end of a block and types. */
  async type(id: string, text: string): Promise<void> {
    await this.block(id).locator('.part').first().click();
    // The browser tells the editor of a new caret in a task of its own; a key pressed before that would act elsewhere.
    await this.page.waitForFunction((block) => {
      const { editor } = document.querySelector('.page-text') as HTMLElement & { editor: Editor };
      return editor.state.selection.$from.node(1)?.attrs.id === block;
    }, id);
    await this.page.keyboard.press('End');
    await this.page.keyboard.insertText(text);
  }

  /** Pastes into a text of a block, in place of what is chosen there. */
  async paste(id: string, html: string, text = ''): Promise<void> {
    await this.type(id, '');
    // The caret is the editor's own once a frame was drawn and a key was pressed.
    await this.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    await this.page.keyboard.press('Control');
    await this.page.evaluate(
      ([formatted, letters]) => {
        const clipboardData = new DataTransfer();
        if (formatted) clipboardData.setData('text/html', formatted);
        clipboardData.setData('text/plain', letters ?? '');
        const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
        document.querySelector('.page-text')?.dispatchEvent(event);
      },
      [html, text],
    );
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).first().click();
  }

  status = (text: string) => this.page.locator('[data-page=status]', { hasText: text }).waitFor();

  /** The server has all that was written. */
  saved = () => this.status(says('saved'));

  /** Comes back to the tab, which then looks what others wrote. */
  look = () => this.page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')));
}

it('shows two who write in one lesson to each other, and brings in what the other wrote', async () => {
  const lesson = await aLesson({ blocks: THREE() });
  const expert = await Writer.at(lesson);
  const other = await Writer.at(lesson, 'professional');
  await expert.look();
  expect(await other.page.textContent('[data-page=others]')).toContain(says('others'));
  await expert.page.locator('[data-page=others]', { hasText: says('others') }).waitFor();

  await other.type('yksi', ' Toinen lisäsi tämän.');
  await other.saved();
  await expert.type('kolme', ' Minä lisäsin.');
  await expert.block('yksi').getByText('Toinen lisäsi tämän.').waitFor();
  await expert.saved();
  await other.look();
  await other.block('kolme').getByText('Minä lisäsin.').waitFor();

  // What came from the other is not undone here.
  await expert.press(says('undo'));
  await expert.press(says('undo'));
  expect(await expert.texts()).toEqual(['Kohta yksi. Toinen lisäsi tämän.', 'Kohta kaksi.', 'Kohta kolme.']);
  await expert.press(says('redo'));
  await expert.saved();
  expect((await stored(lesson)).blocks.map(({ texts }) => texts.fi?.text)).toEqual([
    'Kohta yksi. Toinen lisäsi tämän.',
    'Kohta kaksi.',
    'Kohta kolme. Minä lisäsin.',
  ]);
  await Promise.all([expert.device.close(), other.device.close()]);
});

it('keeps both texts where two changed the same, and shows the difference until one chooses', async () => {
  const lesson = await aLesson({ blocks: THREE() });
  const [expert, other] = [await Writer.at(lesson), await Writer.at(lesson, 'professional')];
  await other.type('yksi', ' Toisen loppu.');
  await other.type('kaksi', ' Toisen loppu.');
  await other.page.fill('#page-title', 'Toisen otsikko');
  await other.saved();
  await expert.page.fill('#page-title', 'Minun otsikko');
  await expert.type('kaksi', ' Minun loppu.');
  await expert.type('yksi', ' Minun loppu.');
  await expert.type('kolme', ' Lisäys.');
  const alert = expert.page.getByRole('button', { name: says('conflict') });
  await alert.waitFor();
  await expert.saved();
  // What both changed is the other's on the server until the choice is made; what is typed meanwhile is kept there.
  const meanwhile = await stored(lesson);
  expect([meanwhile.title.fi, ...meanwhile.blocks.map(({ texts }) => texts.fi?.text)]).toEqual([
    'Toisen otsikko',
    'Kohta yksi. Toisen loppu.',
    'Kohta kaksi. Toisen loppu.',
    'Kohta kolme. Lisäys.',
  ]);
  expect(await axeFaults(expert.page)).toEqual([]);

  // A closed tab loses neither of the two.
  await expert.page.reload();
  await alert.click();
  expect(await expert.page.locator('.conflict').count()).toBe(3);
  const card = expert.page.locator('.conflict').nth(1);
  expect(await card.textContent()).toContain('Kohta yksi. Minun loppu.');
  expect(await card.locator('.difference ins').allTextContents()).toEqual([`${words('blocks.changed.new')}: Toisen`]);
  await card.getByRole('button', { name: says('keepBoth') }).click();
  const choose = (choice: string) =>
    expert.page
      .locator('.conflict')
      .first()
      .getByRole('button', { name: says(choice) });
  await choose('keepMine').click();
  await choose('takeTheirs').click();
  await expert.saved();
  const { title, blocks } = await stored(lesson);
  expect([title.fi, ...blocks.map(({ texts }) => texts.fi?.text)]).toEqual([
    'Minun otsikko',
    'Kohta yksi. Minun loppu.',
    'Kohta yksi. Toisen loppu.',
    'Kohta kaksi. Toisen loppu.',
    'Kohta kolme. Lisäys.',
  ]);
  await Promise.all([expert.device.close(), other.device.close()]);
});

it('loses nothing that is typed without a network, in a closed tab, or just before one leaves', async () => {
  const lesson = await aLesson({ blocks: THREE() });
  let expert = await Writer.at(lesson);
  await expert.device.setOffline(true);
  await expert.type('yksi', ' Junassa kirjoitettu.');
  await expert.status(says('offline'));
  expect(await axeFaults(expert.page)).toEqual([]);
  await expert.page.close();
  await expert.device.setOffline(false);
  expert = await Writer.at(lesson, 'expert', expert.device);
  await expert.page.locator('[data-page=said]', { hasText: says('restored') }).waitFor({ state: 'attached' });
  expect((await expert.texts())[0]).toBe('Kohta yksi. Junassa kirjoitettu.');
  await expert.saved();
  // Back on the network, what waits is sent at once.
  await expert.device.setOffline(true);
  await expert.type('kaksi', ' Toinen kerta.');
  await expert.status(says('offline'));
  await expert.device.setOffline(false);
  await expert.saved();
  await expert.type('kolme', ' Ja heti pois.');
  await expert.page
    .getByRole('link', { name: words('blocks.ways.form') })
    .first()
    .click();
  await expert.page.waitForURL(/drafts\/[^/]+$/);
  expect(await expert.page.locator('textarea').nth(4).inputValue()).toBe('Kohta kolme. Ja heti pois.');
  expect((await stored(lesson)).blocks.map(({ texts }) => texts.fi?.text)).toEqual([
    'Kohta yksi. Junassa kirjoitettu.',
    'Kohta kaksi. Toinen kerta.',
    'Kohta kolme. Ja heti pois.',
  ]);
  await expert.device.close();
});

it('keeps what is typed into a question without a network over a closed tab, and never silently over another writer', async () => {
  const asked = { ...newQuestion('single'), id: 'kysymys', texts: { fi: { prompt: 'Kenelle soitat?', feedback: '' } } };
  const blocks = [...THREE(), aBlock('kysyy', 'question', '', { question_id: asked.id })];
  const lesson = await aLesson({ blocks, questions: [asked] });
  const device = await site.deviceOf('expert');
  const back = (page: Page) =>
    page.locator('[data-page=said]', { hasText: says('restored') }).waitFor({ state: 'attached' });
  const promptOf = (page: Page) => page.locator('.page-question textarea').first();
  /** Types on a train, and the tab is closed there. */
  const onTheTrain = async (text: string) => {
    const { page, status } = await Writer.at(lesson, 'expert', device);
    await promptOf(page).waitFor();
    await device.setOffline(true);
    await promptOf(page).fill(text);
    await page.locator('.page-question input[type=radio]').nth(1).check();
    await status(says('offline'));
    await page.close();
    await device.setOffline(false);
  };

  await onTheTrain('Kenelle soitat ensin?');
  const expert = await Writer.at(lesson, 'expert', device);
  await back(expert.page);
  expect(await promptOf(expert.page).inputValue()).toBe('Kenelle soitat ensin?');
  await expert.saved();
  const { questions } = await stored(lesson);
  expect(questions[0]?.texts.fi?.prompt).toBe('Kenelle soitat ensin?');
  expect(await expert.page.locator('.page-question input[type=radio]').nth(1).isChecked()).toBe(true);
  await expert.page.close();

  await onTheTrain('Minun kysymykseni?');
  const now = await stored(lesson);
  const theirs = now.questions.map((one) => ({ ...one, texts: { fi: { prompt: 'Toisen kysymys?', feedback: '' } } }));
  await owner
    .table('lesson_drafts')
    .where({ id: lesson.split('/').at(-1) })
    .update({
      content: JSON.stringify({ ...now, questions: theirs }) as never,
      version: owner.raw('version + 1') as never,
    });
  const late = await Writer.at(lesson, 'expert', device);
  await back(late.page);
  expect(await promptOf(late.page).inputValue()).toBe('Minun kysymykseni?');
  expect(await axeFaults(late.page)).toEqual([]);
  await late.page
    .locator('.page-question__late')
    .getByRole('button', { name: says('takeTheirs') })
    .click();
  await late.page.waitForFunction(
    () =>
      (document.querySelector('.page-question textarea') as HTMLTextAreaElement | null)?.value === 'Toisen kysymys?',
  );
  await device.close();
});

it('moves blocks by mouse and by keys, and undoes it', async () => {
  const lesson = await aLesson({ blocks: THREE() });
  const expert = await Writer.at(lesson);
  const order = () => expert.page.locator('.piece').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')));
  await expert
    .block('kolme')
    .locator('[data-drag-handle]')
    .dragTo(expert.block('yksi'), { targetPosition: { x: 60, y: 4 } });
  expect(await order()).toEqual(['kolme', 'yksi', 'kaksi']);
  await expert.type('kaksi', '');
  await expert.page.keyboard.press('Alt+Shift+ArrowUp');
  expect(await order()).toEqual(['kolme', 'kaksi', 'yksi']);
  await expert.page.keyboard.press('Alt+Shift+ArrowDown');
  await expert.press(says('up'));
  await expert.press(says('up'));
  await expert.press(says('up'));
  expect(await order()).toEqual(['kaksi', 'kolme', 'yksi']);
  await expert.press(says('remove'));
  expect(await order()).toEqual(['kolme', 'yksi']);
  await expert.page.keyboard.press('ControlOrMeta+z');
  expect(await order()).toEqual(['kaksi', 'kolme', 'yksi']);
  await expert.page.keyboard.press('ControlOrMeta+z');
  await expert.saved();
  expect((await stored(lesson)).blocks.map(({ id }) => id)).toEqual(await order());
  await expert.device.close();
});

it('takes what was copied from Word, LibreOffice and Google Docs without their rubbish', async () => {
  const lesson = await aLesson({
    blocks: [
      aBlock('yksi', 'text', ''),
      aBlock('otsikko', 'heading', 'Alku', { level: 2 }),
      aBlock('vaihe', 'steps', 'Avaa'),
    ],
  });
  const expert = await Writer.at(lesson);
  await expert.paste('vaihe', '', ', paina\nOdota');
  await expert.paste('otsikko', '<p class=MsoNormal><b>, ja</b> loppu<o:p></o:p></p>');
  await expert.paste('yksi', GOOGLE);
  await expert.paste('yksi', LIBREOFFICE);
  await expert.paste('yksi', WORD);
  expect(await expert.page.textContent('[data-page=said]')).toBe(says('noPictures'));
  await expert.saved();
  const { blocks } = await stored(lesson);
  expect(blocks.map(({ kind, level, texts }) => [kind, ...(level ? [level] : []), texts.fi?.text])).toEqual([
    ['text', ''],
    ['heading', 2, 'Turvallinen puhelin'],
    [
      'text',
      'Älä avaa **outoa** linkkiä. Kysy *ensin*. [Ohje](https://example.org/ohje)\n\n- Ensin\n\n  - Alla\n- Sitten\n\n' +
        '1. Paina nappia\n2. Odota\n\nPankki – Soita',
    ],
    ['heading', 2, 'Avuksi'],
    ['text', '**Soita** ja *kysy*.\n\n- Yksi\n\n  - Alla\n- Kaksi\n\nPäivä – Paikka\n\nTi – Kirjasto'],
    ['heading', 2, 'Jaa turvallisesti'],
    ['text', 'Älä **koskaan** *kiirehdi*.\n\n- Yksi\n\n  - Alla\n\nTi – Kirjasto'],
    ['heading', 2, 'Alku, ja loppu'],
    ['steps', 'Avaa, paina\nOdota'],
  ]);
  await expert.device.close();
});

/** A block of every kind, with files of the demo, in Finnish and partly in easy Finnish. */
async function everyKind(): Promise<Partial<DraftContent>> {
  const { rows } = await owner.raw(
    `select kind, (array_agg(id order by id))[1] as id from files
     where organisation_id = (select organisation_id from lesson_drafts limit 1) group by kind`,
  );
  const fileOf = (kind: string) => rows.find((row: { kind: string }) => row.kind === kind)?.id;
  const question = {
    ...newQuestion('single'),
    id: 'kysymys',
    texts: { fi: { prompt: 'Kenelle soitat?', feedback: '' } },
  };
  const needs: Partial<Record<BlockKind, Partial<Block>>> = {
    heading: { level: 2 },
    callout: { tone: 'tip' },
    image: { file_id: fileOf('image') },
    video: { link: 'https://example.org/video' },
    audio: { file_id: fileOf('audio') },
    question: { question_id: question.id },
  };
  const blocks = BLOCK_KINDS.map((kind) =>
    aBlock(kind, kind, kind === 'question' ? '' : `Sanat: ${kind}`, needs[kind]),
  );
  const table = aBlock('taulukko', 'text', '| Päivä | Paikka |\n|---|---|\n| Ti | Kirjasto |');
  const behind = aBlock('vanha', 'text', 'Uusi teksti.', { version: 2 });
  behind.texts['fi-x-selko'] = { text: 'Helppo teksti.', follows: 1, was: { text: 'Vanha teksti.' } };
  return { blocks: [...blocks, table, behind], questions: [question] };
}

const speak = (language: string) =>
  owner('people')
    .where({ username: 'expert' })
    .update({ language } as never);

it('is accessible in each of its states, in three languages, and keeps every kind of block as it was', async () => {
  const content = await everyKind();
  const lesson = await aLesson(content);
  const writer = await Writer.at(await aLesson({ blocks: [] }));
  const { page } = writer;
  const found: string[] = [];
  const see = async (state: string) => found.push(...(await axeFaults(page)).map((fault) => `${state}: ${fault}`));
  await see('empty');

  await writer.open(`${lesson}/page`);
  await writer.block('vanha').waitFor();
  const shown = (await signature(page)).main;
  await see('every kind');
  await writer.type('taulukko', ' |');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await writer.saved();
  const { blocks } = await stored(lesson);
  expect(blocks.filter(({ id }) => id !== 'taulukko')).toEqual(content.blocks?.filter(({ id }) => id !== 'taulukko'));

  await writer.press(says('add'));
  await page.getByRole('menu').waitFor();
  await see('menu');
  await page.keyboard.press('Escape');
  await writer.type('text', '');
  await writer.press(says('link'));
  await page.getByRole('dialog').waitFor();
  await see('dialog');
  await page.keyboard.press('Escape');
  await page.locator('#page-title').fill('');
  await page
    .getByRole('button', { name: words('authoring.submit') })
    .first()
    .click();
  await page.locator('[data-page=missing] a:focus').waitFor();
  await see('what is missing');

  // Side by side with its original: what changed in it, until the writer has read it.
  await writer.open(`${lesson}/page?language=fi-x-selko`);
  expect(await writer.block('vanha').locator('.piece__beside ins').count()).toBe(1);
  await see('side by side');
  await writer
    .block('vanha')
    .getByRole('button', { name: says('stillFits') })
    .click();
  await writer.block('vanha').locator('.piece__state').waitFor({ state: 'hidden' });
  expect((await stored(lesson)).blocks.at(-1)?.texts['fi-x-selko']?.follows).toBe(2);

  for (const [state, address] of [
    ['form', lesson],
    ['preview', `${lesson}/preview`],
  ] as const) {
    await page.goto(address);
    await see(state);
  }
  // The form, when another saved meanwhile, and when something is missing.
  await page.goto(lesson);
  for (const [version, state] of [
    ['1', 'conflict of the form'],
    ['', 'faults of the form'],
  ] as const) {
    await page.locator('[name=title_fi]').fill('');
    if (version) await page.locator('[name=version]').evaluate((field) => field.setAttribute('value', '1'));
    await page
      .locator(`[name=do][value=${version ? 'save' : 'submit'}]`)
      .last()
      .click();
    await page
      .locator('.govuk-error-summary', { hasText: words(version ? 'authoring.savedByOther' : 'authoring.fault.title') })
      .waitFor();
    await see(state);
  }
  expect(found).toEqual([]);

  // The same markup in other languages, with a name wherever there is one in Finnish.
  for (const language of ['sv', 'en']) {
    await speak(language);
    await owner('lesson_drafts')
      .where({ id: lesson.split('/').at(-1) })
      .update({ content: JSON.stringify({ ...newContent('fi', 'Yhteinen', 'text'), ...content }) } as never);
    await writer.open(`${lesson}/page`);
    await writer.block('vanha').waitFor();
    expect([language, (await signature(page)).main]).toEqual([language, shown]);
  }
  await speak('fi');
  await writer.device.close();
});
