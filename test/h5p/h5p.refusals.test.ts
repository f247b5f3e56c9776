import fs from 'node:fs';
import { checkArchive } from '../../src/features/h5p/h5p.archive';
import type { ArchiveLimits } from '../../src/features/h5p/h5p.limits';
import { COMPLETE_LANGUAGES, translator } from '../../src/lib/i18n';
import * as fixture from '../support/h5p-fixture';

const { TOY_FOLDER, toyJson, toyPackage, toyPackageWith } = fixture;
const LIBRARY = `${TOY_FOLDER}/library.json`;

async function refusalsOf(zip: Buffer, limits: Partial<ArchiveLimits> = {}) {
  const file = fixture.onDisk(zip);
  const result = await checkArchive(file, { installed: new Map(), mayInstall: true, limits });
  // Nothing is unpacked beside the upload.
  expect(fs.readdirSync(fixture.folderOf(file))).toEqual(['upload.h5p']);
  return result.ok ? [] : result.refusals;
}

async function renamedTo(name: string): Promise<Buffer> {
  const plain = 'x'.repeat(name.length);
  return fixture.renamed(await toyPackageWith({ name: plain, content: 'text' }), plain, name);
}

const doubled = { name: 'content/images/VIESTI.png', content: 'other bytes' };
const library = (fields: Record<string, unknown>) => toyPackage({ [LIBRARY]: toyJson(LIBRARY, fields) });

const ATTACKS: [string, string, () => Promise<Buffer>][] = [
  ['zip slip', 'unsafePath', () => renamedTo('../../etc/cron.d/evil.txt')],
  ['a way out in the middle', 'unsafePath', () => renamedTo('content/../../evil.txt')],
  ['an absolute path', 'unsafePath', () => renamedTo('/etc/evil.txt')],
  ['a drive letter', 'unsafePath', () => renamedTo('c:evil.txt')],
  ['a dot folder', 'unsafePath', () => renamedTo('content/./evil.txt')],
  ['backslashes', 'backslash', () => renamedTo('content\\..\\evil.txt')],
  ['a control character', 'badName', () => renamedTo('content/a\nb.txt')],
  ['a symbolic link', 'link', () => toyPackageWith(fixture.SYMLINK)],
  ['a bomb', 'bomb', () => toyPackageWith(fixture.BOMB)],
  [
    'a bomb that promises to be small',
    'sizeLied',
    async () => fixture.claiming(await toyPackageWith(fixture.BOMB), fixture.BOMB.name, 'size', 10),
  ],
  ['a wrong checksum', 'damagedFile', async () => fixture.claiming(await toyPackage(), LIBRARY, 'crc', 1)],
  ['a password', 'encrypted', async () => fixture.claiming(await toyPackage(), LIBRARY, 'flags', 1)],
  ['one name for two pictures', 'duplicate', () => toyPackageWith(doubled)],
  ['a file that is also a folder', 'duplicate', () => toyPackageWith({ name: 'content/images', content: '' })],
  ['a script in the content', 'activeContent', () => toyPackage({ 'content/a.js': 'steal()' })],
  ['an SVG in the content', 'activeContent', () => toyPackage({ 'content/a.svg': '<svg onload="steal()"/>' })],
  ['a web page in the content', 'activeContent', () => toyPackage({ 'content/a.html': '<script>steal()</script>' })],
  ['a program in the content', 'contentKind', () => toyPackage({ 'content/a.exe': 'MZ' })],
  ['a program in a library', 'libraryKind', () => toyPackage({ [`${TOY_FOLDER}/a.php`]: '<?php' })],
  ['a web page called a picture', 'wrongKind', () => toyPackage({ 'content/a.png': '<html>' })],
  ['JSON that is none', 'badJson', () => toyPackage({ 'content/content.json': '{"question":' })],
  ['JSON in no known letters', 'badJson', () => toyPackage({ 'h5p.json': Buffer.from([0x7b, 0xff, 0x7d]) })],
  ['very deep JSON', 'jsonTooDeep', () => toyPackage({ 'content/content.json': '['.repeat(100_000) })],
  ['no title', 'badFields', () => toyPackage({ 'h5p.json': toyJson('h5p.json', { title: '' }) })],
  ['no h5p.json, only a library', 'onlyLibraries', () => toyPackage({ 'h5p.json': undefined })],
  ['another zip file', 'notH5p', () => fixture.zipOf([{ name: 'photo.txt', content: '' }])],
  ['no content', 'noContent', () => toyPackage({ 'content/content.json': undefined })],
  ['no archive', 'notArchive', async () => Buffer.from('hello')],
  ['half an archive', 'notArchive', async () => (await toyPackage()).subarray(0, 900)],
  ['a library in a folder of another name', 'wrongFolder', () => library({ machineName: 'H5P.Other' })],
  ['a library without a definition', 'notLibrary', () => toyPackage({ [LIBRARY]: undefined })],
  ['a library of no version', 'badFields', () => library({ majorVersion: 'one' })],
  ['a library for a newer H5P', 'newerCore', () => library({ coreApi: { majorVersion: 1, minorVersion: 99 } })],
  ['a script that is not there', 'missingFile', () => library({ preloadedJs: [{ path: 'gone.js' }] })],
  ['a script outside the library', 'missingFile', () => library({ preloadedJs: [{ path: '../content/a.js' }] })],
  ['a script on another host', 'missingFile', () => library({ preloadedJs: [{ path: 'https://x.example/a.js' }] })],
  ['a main library that is not listed', 'mainLibraryNotListed', () => h5pJson({ mainLibrary: 'H5P.Other' })],
  ['a missing library', 'missingLibrary', () => library({ preloadedDependencies: [GONE] })],
  [
    'a type that needs eval',
    'needsEval',
    () => toyPackage({ ...fixture.libraryFiles('H5P.Timeline'), ...USES_TIMELINE }),
  ],
];

const GONE = { machineName: 'H5P.Gone', majorVersion: 1, minorVersion: 0 };
const h5pJson = (fields: Record<string, unknown>) => toyPackage({ 'h5p.json': toyJson('h5p.json', fields) });
const USES_TIMELINE = { 'content/content.json': '{"library":"H5P.Timeline 1.0"}' };

it.each(ATTACKS)('%s is refused as %s', async (_name, key, make) => {
  const refusals = await refusalsOf(await make());
  expect(refusals.map((refusal) => refusal.key)).toContain(`h5p.refused.${key}`);
  for (const language of COMPLETE_LANGUAGES) {
    for (const refusal of refusals) {
      const sentence = translator(language)(refusal.key, refusal.values);
      expect(sentence).not.toBe(refusal.key);
      expect(sentence).not.toMatch(/\{\w+\}/);
    }
  }
});

it('explains the two commonest ways of packing a folder wrongly', async () => {
  const inFolder = fixture.toyFiles().map((file) => ({ ...file, name: `paketti/${file.name}` }));
  expect(await refusalsOf(await fixture.zipOf(inFolder))).toEqual([
    { key: 'h5p.refused.nested', values: { folder: 'paketti' } },
  ]);
  const prefixed = fixture.toyFiles().map((file) => ({
    ...file,
    name: file.name.startsWith(TOY_FOLDER) ? `libraries/${file.name}` : file.name,
  }));
  expect(await refusalsOf(await fixture.zipOf(prefixed))).toEqual([{ key: 'h5p.refused.librariesFolder', values: {} }]);
});

it.each<[string, Partial<ArchiveLimits>]>([
  ['uploadTooLarge', { uploadBytes: 100 }],
  ['tooManyFiles', { entries: 50 }],
  ['fileTooLarge', { fileBytes: 1000 }],
  ['tooLargeUnpacked', { totalBytes: 2000 }],
  ['jsonTooLarge', { jsonBytes: 200 }],
])('limits give %s', async (key, limits) => {
  const zip = await toyPackageWith(...fixture.manyFiles(60));
  expect(await refusalsOf(zip, limits)).toMatchObject([{ key: `h5p.refused.${key}` }]);
});

it('counts all files together, whatever each promised', async () => {
  const files = Array.from({ length: 5 }, (_, i) => ({ name: `content/${i}.txt`, content: Buffer.alloc(3000, 'ab') }));
  let zip = await toyPackageWith(...files);
  for (const { name } of files) zip = fixture.claiming(zip, name, 'size', 0);
  const [refusal] = await refusalsOf(zip, { totalBytes: 12_000 });
  expect(refusal?.key).toMatch(/sizeLied|tooLargeUnpacked/);
});

it('shows twenty reasons and counts the rest', async () => {
  const files = Array.from({ length: 23 }, (_, index) => ({ name: `content/${index}.exe`, content: '' }));
  const refusals = await refusalsOf(await toyPackageWith(...files));
  expect(refusals).toHaveLength(21);
  expect(refusals.at(-1)).toEqual({ key: 'h5p.refused.more', values: { count: 3 } });
});

it('drops __proto__ from content', async () => {
  const zip = await toyPackage({ 'content/content.json': '{"a":{"__proto__":{"admin":true}},"question":"Hei"}' });
  const result = await checkArchive(fixture.onDisk(zip), { installed: new Map(), mayInstall: true });
  const params = result.ok ? (result.package.params as { a: { admin?: boolean } }) : undefined;
  expect(params?.a.admin).toBeUndefined();
  expect(Object.keys(params?.a ?? { gone: 1 })).toEqual([]);
});
