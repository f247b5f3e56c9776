import i18next from 'i18next';
import { LANGUAGES, messagesOf, translator } from '../../src/lib/i18n';

const plain = i18next.createInstance();
void plain.init({
  initAsync: false,
  lng: 'fi',
  fallbackLng: { 'fi-x-selko': ['fi'], default: [] },
  resources: Object.fromEntries(LANGUAGES.map((language) => [language, { translation: messagesOf(language) }])),
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  returnNull: false,
});

const finnish = messagesOf('fi');
const keys = [...new Set(Object.keys(finnish).map((key) => key.replace(/_(zero|one|other)$/, '')))];
const named = (key: string) =>
  Object.fromEntries(
    [...JSON.stringify([key, `${key}_one`, `${key}_other`].map((one) => finnish[one])).matchAll(/\{(\w+)\}/g)].map(
      ([, name], index) => [name, `<${index}> & $1 {more}`],
    ),
  );

it.each(LANGUAGES)('says in %s what i18next says, for every key and count', (language) => {
  const ours = translator(language);
  const theirs = plain.getFixedT(language);
  for (const key of keys) {
    if (ours(key) !== key) expect(ours(key)).toBe(theirs(key, { skipInterpolation: true }));
    for (const count of [0, 1, 2, 21, 1.5]) {
      const values = { ...named(key), count };
      expect([key, count, ours(key, values)]).toEqual([key, count, theirs(key, values)]);
    }
  }
});

it('shows an unknown key as it is, and nothing for a value that is missing', () => {
  const t = translator('fi');
  expect(t('no.such.key')).toBe('no.such.key');
  expect(t('no.such.key', { count: 2 })).toBe('no.such.key');
  const [key] = Object.entries(finnish).find(([, text]) => /\{\w+\}/.test(text)) ?? [''];
  expect(t(key, {})).not.toContain('{');
});
