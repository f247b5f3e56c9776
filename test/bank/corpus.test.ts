import fs from 'node:fs';
import path from 'node:path';
import { openFile, readFile } from '../../src/features/bank/reading/file';
import type { Item } from '../../src/features/bank/reading/item';
import { giftFile } from '../../src/features/bank/writing/gift';
import { moodleFile } from '../../src/features/bank/writing/moodle';
import { fingerprint, type Written } from '../../src/features/bank/written';
import { contentFaultsOf } from '../../src/features/quizzes/question-types/check';
import { isContentType, typeOf } from '../../src/features/quizzes/question-types/registry';
import { messagesOf } from '../../src/lib/i18n';

const FOLDER = path.join(__dirname, 'corpus');
const READING = { language: 'fi' as const, competence: '', level: 1 };

function read(text: string | Buffer): { items: Item[]; categories: number } {
  const all = [...readFile(openFile(Buffer.from(text)), READING)];
  const items = all.filter((item) => item !== 'category');
  return { items, categories: all.length - items.length };
}

const file = (name: string) => fs.readFileSync(path.join(FOLDER, name));

/** How many questions each file has, and how many of them are read. */
const FILES = [
  ['moodle-fi.xml', 34, 28],
  ['moodle-sv-en.xml', 47, 40],
  ['broken.xml', 24, 12],
  ['gift-fi.gift', 28, 26],
  ['gift-sv-en.gift', 39, 34],
  ['broken.gift', 20, 10],
  ['odd.gift', 11, 10],
] as const;

it('has two hundred questions', () => {
  expect(FILES.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThanOrEqual(200);
});

describe.each(FILES)('%s', (name, count, readable) => {
  const { items, categories } = read(file(name));

  it('reads or explains each of its questions, and none is lost', () => {
    expect(items).toHaveLength(count);
    expect(items.map(({ number }) => number)).toEqual(items.map((_, index) => index + 1));
    expect(items.filter(({ question, reason }) => (question === undefined) !== (reason !== undefined))).toEqual([]);
    expect(items.filter(({ question }) => question)).toHaveLength(readable);
    if (name.endsWith('.xml')) {
      const elements =
        file(name)
          .toString()
          .split(/<question[ >]/).length - 1;
      expect(items.length + categories).toBe(elements);
    }
  });

  it('says where each begins', () => {
    const lines = file(name)
      .toString()
      .split(/\r\n|\r|\n/);
    for (const { line, kind, excerpt } of items) {
      expect([kind, excerpt, lines[line - 1]?.trim()]).not.toEqual([kind, excerpt, '']);
      if (name.endsWith('.xml')) expect(lines[line - 1]).toContain('<question');
    }
    expect(items.map(({ line }) => line)).toEqual(items.map(({ line }) => line).toSorted((a, b) => a - b));
  });

  it('reads only what its type takes and finds ready', () => {
    for (const { question } of items) {
      if (!question || !isContentType(question.type)) continue;
      expect(typeOf(question.type).content.safeParse(question.content).success).toBe(true);
      expect(contentFaultsOf(question.type, question.content ?? {}, ['fi'])).toEqual([]);
    }
  });

  it('explains in words that there are', () => {
    const words = messagesOf('fi');
    const missing = items
      .flatMap(({ notes, reason }) => [
        ...notes.map(({ key }) => `bank.note.${key}`),
        ...(reason ? [`bank.reason.${reason.key}`] : []),
      ])
      .filter((key) => !(key in words));
    expect(missing).toEqual([]);
  });

  it('leaves no HTML and no entity of it in the texts', () => {
    for (const { question } of items)
      expect(JSON.stringify(question ?? '')).not.toMatch(/<\/?(p|div|span|br|b|h3|ul|o:p)\b|&(amp|lt|gt|nbsp|auml);/);
  });
});

it('keeps every word of a corpus question that it reads', () => {
  const { items } = read(file('moodle-fi.xml'));
  const byName = new Map(items.map((item) => [item.name, item.question]));
  expect(byName.get('Vahva salasana')).toMatchObject({
    type: 'single',
    competence: '4.2',
    texts: { fi: { feedback: 'Pituus on tärkeintä.' } },
  });
  const gaps = byName.get('Täydennä')?.content as { text: { fi: string } };
  expect(gaps.text.fi).toBe('Hätänumero on [112] ja sivun päivittää [F5] (F1 / F5 / F12). Tunnissa on [60] minuuttia.');
  expect(byName.get('Täydennä')?.texts.fi?.prompt).toBe('Lue ja täydennä.');
  const number = items.find(({ kind, question }) => kind === 'numerical' && JSON.stringify(question).includes('40.62'));
  expect(number?.question?.content).toMatchObject({ value: 40.62, tolerance: 0.05, unit: { fi: '€' } });
  const pictured = items.filter(({ pictures }) => pictures.length > 0);
  expect(pictured.length).toBeGreaterThan(1);
  expect(pictured[0]?.question?.texts.fi?.prompt).toMatch(/^!\[Kuvakaappaus\]\(picture:0\)\n\n\S/);
});

const all = FILES.flatMap(([name]) => read(file(name)).items).flatMap(({ question }) => question ?? []);
const entries = (questions: readonly Written[]) =>
  questions.map((question) => ({ question, language: 'fi' as const, pictures: new Map() }));

it('writes Moodle XML that it reads as the same questions', () => {
  const whole = all.filter(({ texts }) => !texts.fi?.prompt.includes('(picture:'));
  const written = moodleFile(entries(whole));
  expect(written.left).toEqual([]);
  const { items } = read(written.text);
  expect(items.filter(({ reason }) => reason)).toEqual([]);
  expect(items.map(({ question }) => question)).toEqual(whole);
  expect(items.map(({ question }) => question && fingerprint(question))).toEqual(whole.map(fingerprint));
});

it('writes GIFT that it reads as the same questions, and says what GIFT has no place for', () => {
  const written = giftFile(entries(all));
  const kept = all.filter(
    ({ type, texts, content }) => !isLeftOut(type, content) && !texts.fi?.prompt.includes('(picture:'),
  );
  expect(written.count).toBe(kept.length);
  expect(written.count + written.left.length).toBe(all.length);
  const { items } = read(written.text);
  expect(items.filter(({ reason }) => reason)).toEqual([]);
  expect(items.map(({ question }) => question)).toEqual(kept.map(withoutUnit));
});

const isLeftOut = (type: string, content: object | undefined) =>
  ['ordering', 'cloze', 'hotspot', 'scenario'].includes(type) ||
  (content as { judged_by?: string })?.judged_by === 'self';

/** GIFT has no units. */
function withoutUnit(question: Written): Written {
  return question.type === 'numeric'
    ? { ...question, content: { ...question.content, unit: {}, unit_asked: false } }
    : question;
}
