import fs from 'node:fs';
import path from 'node:path';
import { COMPLETE_LANGUAGES, messagesOf } from '../../src/lib/i18n';

const finnish = messagesOf('fi');
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

it.each(COMPLETE_LANGUAGES)('%s has every message, with the same values in it', (language) => {
  const messages = messagesOf(language);
  expect(Object.keys(messages).sort()).toEqual(Object.keys(finnish).sort());
  for (const [key, text] of Object.entries(messages)) {
    expect([key, text.length > 0]).toEqual([key, true]);
    if (!/_(one|other|zero)$/.test(key))
      expect([key, placeholders(text)]).toEqual([key, placeholders(finnish[key] ?? '')]);
  }
});

it('has no easy-Finnish message that Finnish lacks', () => {
  expect(Object.keys(messagesOf('fi-x-selko')).filter((key) => !(key in finnish))).toEqual([]);
});

it('has no key in two files', () => {
  const keys = fs
    .readdirSync('src/locales/fi')
    .flatMap((file) => Object.keys(JSON.parse(fs.readFileSync(path.join('src/locales/fi', file), 'utf8'))));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

const known = (key: string) => key in finnish || `${key}_one` in finnish;

it('has every message the views ask for', () => {
  const views = fs.readdirSync('views', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ejs'));
  const asked = views.flatMap((file) =>
    [...fs.readFileSync(path.join('views', file), 'utf8').matchAll(/\bt\(\s*'([^']+)'/g)].map(
      (match) => `${file}: ${match[1]}`,
    ),
  );
  expect(asked.filter((key) => !known(key.split(': ')[1] ?? ''))).toEqual([]);
});

it('has every message the code names', () => {
  const sources = fs.readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const asked = sources.flatMap((file) =>
    [
      ...fs
        .readFileSync(path.join('src', file), 'utf8')
        .matchAll(/\b(?:message|\bt|AppError\(\d+,|readForm)\(?\s*'([a-z]\w*\.[\w.-]+)'/g),
    ].map((match) => `${file}: ${match[1]}`),
  );
  expect(asked.filter((key) => !known(key.split(': ')[1] ?? ''))).toEqual([]);
});
