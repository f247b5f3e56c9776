import { explainWords, wordList } from '../../src/features/glossary/glossary.service';
import { hardWords } from '../../src/features/glossary/hard-words';
import { statementsSent } from '../../src/lib/db';
import { renderMarkdown } from '../../src/lib/markdown';

/** An organisation without words of its own. */
const NONE = { organisation_id: '', words_at: null };

const marked = (html: string) =>
  [...html.matchAll(/data-word="([^"]+)"[^>]*>([^<]+)</g)].map(([, id, text]) => `${id}: ${text}`);

describe('hard words', () => {
  it.each([
    ['fi', 'Hän sai valtuuden. Ota etäyhteys.', ['mandate: valtuuden', 'remote-connection: etäyhteys']],
    ['fi', 'Älä anna verkkopankkitunnuksiasi.', ['bank-codes: verkkopankkitunnuksiasi']],
    [
      'fi-x-selko',
      'Tarvitset mobiilivarmenteen ja selaimella avatun sivun.',
      ['mobile-certificate: mobiilivarmenteen', 'browser: selaimella'],
    ],
    [
      'fi',
      'Vahvalla sähköisellä tunnistamisella palvelu tietää, kuka olet.',
      ['strong_identification: Vahvalla sähköisellä tunnistamisella'],
    ],
    ['sv', 'Ta skärmbilder. Öppna webbläsaren.', ['screenshot: skärmbilder', 'browser: webbläsaren']],
    ['en', 'Screenshots help. Phishing does not.', ['screenshot: Screenshots', 'phishing: Phishing']],
  ] as const)('%s: inflected forms are found in “%s”', async (language, text, expected) => {
    expect(marked(await explainWords(renderMarkdown(text), language, NONE))).toEqual(expected);
  });

  it('are explained at the first place of each block, and not in headings, links or code', async () => {
    const html = renderMarkdown('# Selain\n\nSelain ja selain. [Selain](https://a.example)\n\n- selain\n- `selain`');
    expect(marked(await explainWords(html, 'fi', NONE))).toEqual(['browser: Selain', 'browser: selain']);
  });

  it('change nothing that is said: without what was added the text is as it was', async () => {
    const html = renderMarkdown('Avaa **selain** & kirjoita <osoite> 5 > 3.\n\nTee *rikosilmoitus* "heti".');
    const result = await explainWords(html, 'fi', NONE);
    expect(marked(result)).toHaveLength(2);
    const bare = result.replace(/<button[^>]*>([^<]*)<\/button><span class="word__about".*?<\/span>/g, '$1');
    expect(bare).toBe(html);
    expect(new Set([...result.matchAll(/ id="(word-[^"]+)"/g)].map(([, id]) => id)).size).toBe(2);
  });

  it('asks the stemmer at the first reading only', async () => {
    const html = renderMarkdown(
      `Selain ${Math.random()
        .toString(36)
        .replace(/[0-9.]/g, '')}`,
    );
    await explainWords(html, 'fi', NONE);
    const before = statementsSent();
    await explainWords(html, 'fi', NONE);
    expect(statementsSent()).toBe(before);
  });

  it('come as a list of a lesson too', async () => {
    const list = await wordList(renderMarkdown('Selain, valtuus ja selaimessa.'), 'fi-x-selko', NONE);
    expect(list.map(({ word }) => word)).toEqual(['selain', 'valtuus']);
  });

  it.each(['fi', 'sv', 'en'] as const)('%s: each has a short explanation', (language) => {
    const words = hardWords(language);
    expect(words.length).toBeGreaterThan(30);
    expect(words.filter(({ about }) => about.length < 10 || about.length > 110)).toEqual([]);
  });
});
