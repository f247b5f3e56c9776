import path from 'node:path';
import * as cheerio from 'cheerio';
import ejs from 'ejs';
import { playerOptions, playerPolicy, servedH5pJson } from '../../src/features/h5p/h5p.player';
import { translator } from '../../src/lib/i18n';

const ADDRESSES = {
  frameJs: '/assets/1/h5p-player/frame.bundle.js',
  frameCss: '/assets/2/h5p-player/styles/h5p.css',
  content: '/h5p/c/a.b.c',
  libraries: '/h5p/lib/0123',
};
const CONTENT = { id: 'c1', title: '"Kysy" <ensin>', iri: 'https://oppiva.example/h5p/contents/1' };
const t = translator('fi');

it('starts the player as found to work', () => {
  const options = playerOptions({ ...CONTENT, state: '{"chosen":1}' }, ADDRESSES, t);
  expect(options).toMatchObject({
    embedType: 'div',
    preventH5PInit: false,
    librariesPath: '/h5p/lib/0123',
    contentUserData: [{ state: '{"chosen":1}' }],
    xAPIObjectIRI: CONTENT.iri,
  });
  // A user without a saving address stops every content.
  expect(options).not.toHaveProperty('user');
  expect(options.saveFreq).toBeGreaterThan(0);
  expect(playerOptions(CONTENT, ADDRESSES, t).contentUserData).toEqual([{}]);
  expect(Object.values(options.translations.H5P).filter((text) => text.startsWith('h5p.'))).toEqual([]);
});

it('lets the document run no script of content and reach no other host', () => {
  const policy = playerPolicy('https://oppiva.example');
  const parts = new Map(policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]));
  expect(parts.get('sandbox')).toEqual(['allow-scripts']);
  expect(parts.get('default-src')).toEqual(["'none'"]);
  expect(parts.get('script-src')).toEqual(['https://oppiva.example/assets/', 'https://oppiva.example/h5p/lib/']);
  expect(parts.get('frame-ancestors')).toEqual(['https://oppiva.example']);
  expect(policy).not.toMatch(/unsafe-eval|allow-same-origin|\*/);
  expect(policy.replace(/style-src [^;]+/, '')).not.toContain('unsafe-inline');
});

it('writes a document without inline script, whose options survive quotes and markup', async () => {
  const options = playerOptions(CONTENT, ADDRESSES, t);
  const html = await ejs.renderFile(path.resolve('views/h5p/play.ejs'), {
    t,
    lang: 'fi',
    options,
    playerJs: '/assets/3/js/h5p-player.js',
    mainJs: '/assets/4/h5p-player/main.bundle.js',
  });
  const $ = cheerio.load(html);
  expect(JSON.parse($('#h5p-player').attr('data-options') ?? '')).toEqual(options);
  const scripts = $('script').toArray();
  expect(scripts.map((script) => $(script).attr('src'))).toEqual([
    '/assets/3/js/h5p-player.js',
    '/assets/4/h5p-player/main.bundle.js',
  ]);
  expect(scripts.map((script) => $(script).text())).toEqual(['', '']);
  expect($('title').text()).toBe(CONTENT.title);
});

it('puts a titled, sandboxed frame into a lesson', async () => {
  const frame = {
    src: '/h5p/play/1',
    title: 'Kysy',
    statements: '/h5p/1/statements',
    state: '/h5p/1/state',
    owner: 'p',
  };
  const $ = cheerio.load(await ejs.renderFile(path.resolve('views/h5p/_frame.ejs'), { t, frame }));
  expect($('iframe').attr('title')).toBe('Tehtävä: Kysy');
  expect($('iframe').attr('sandbox')).toBe('allow-scripts');
});

it('serves the complete list of libraries, the main one first', () => {
  const ref = (machineName: string) => ({ machineName, majorVersion: 1, minorVersion: 0 });
  const served = servedH5pJson('T', ref('Main'), [ref('B'), ref('Main'), ref('A')]);
  expect(served.preloadedDependencies.map((one) => one.machineName)).toEqual(['Main', 'B', 'A']);
  expect(served.mainLibrary).toBe('Main');
});
