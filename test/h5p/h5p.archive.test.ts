import { type CheckOptions, checkArchive } from '../../src/features/h5p/h5p.archive';
import { type KnownLibrary, LibraryJson } from '../../src/features/h5p/h5p.libraries';
import { libraryFiles, onDisk, TOY_FOLDER, toyFiles, toyJson, toyPackage, zipOf } from '../support/h5p-fixture';

const NOTHING: CheckOptions = { installed: new Map(), mayInstall: true };

async function check(zip: Buffer, options: Partial<CheckOptions> = {}) {
  return checkArchive(onDisk(zip), { ...NOTHING, ...options });
}

async function accepted(zip: Buffer, options: Partial<CheckOptions> = {}) {
  const result = await check(zip, options);
  if (!result.ok) throw new Error(JSON.stringify(result.refusals));
  return result.package;
}

function known(info: Record<string, unknown>, code = 'another code'): KnownLibrary {
  const version = { majorVersion: 1, minorVersion: 0, patchVersion: 1 };
  return { info: LibraryJson.parse({ title: 'x', ...version, ...info }), hash: 'h', code };
}

describe('a good package', () => {
  it('comes out with its content, its library and what the player must load', async () => {
    const found = await accepted(await toyPackage());
    expect(found.h5pJson.title).toBe('Kysyisitkö ensin?');
    expect(found.mainLibrary).toEqual({ machineName: 'H5P.OppivaToy', majorVersion: 1, minorVersion: 0 });
    expect(found.dependencies).toEqual([found.mainLibrary]);
    expect(found.files.map((file) => file.path)).toEqual(['images/viesti.png']);
    expect(found.libraries.map(({ folder, standing }) => [folder, standing])).toEqual([[TOY_FOLDER, 'new']]);
    expect(found.libraries[0]?.files.map((file) => file.path)).toContain('toy.js');
    expect(found.params).toHaveProperty('answers.1.points', 1);
    expect(found.warnings).toEqual([]);
  });

  it('may have the oddities of real exports', async () => {
    const library = toyJson('H5P.OppivaToy-1.0/library.json', { majorVersion: '1', minorVersion: '0', runnable: '1' });
    const files = toyFiles({
      [`${TOY_FOLDER}/library.json`]: `\ufeff${library}`,
      [`${TOY_FOLDER}/crowdin.yml`]: 'files: []',
      [`${TOY_FOLDER}/fix.patch`]: 'text',
      '__MACOSX/._h5p.json': 'rubbish',
      [`${TOY_FOLDER}/.git/config`]: 'rubbish',
      'README.md': 'beside the package',
    });
    const picture = files.filter((file) => file.name === 'content/images/viesti.png');
    const found = await accepted(await zipOf([...files, ...picture, ...picture]));
    expect(found.files).toHaveLength(1);
    expect(found.libraries[0]?.files.map((file) => file.path).filter((path) => path.includes('.git'))).toEqual([]);
  });

  it('may keep a library in a folder without a version', async () => {
    const files = toyFiles().map((file) => ({ ...file, name: file.name.replace('-1.0/', '/') }));
    expect((await accepted(await zipOf(files))).libraries[0]?.folder).toBe(TOY_FOLDER);
  });

  it('names every library: of h5p.json, of libraries in turn and inside the content, never the editor', async () => {
    const needs = (machineName: string) => ({ machineName, majorVersion: 1, minorVersion: 0 });
    const found = await accepted(
      await toyPackage({
        ...libraryFiles('H5P.Inner', { preloadedDependencies: [needs('H5P.Deep'), needs('H5PEditor.Inner')] }),
        ...libraryFiles('H5P.Deep', { preloadedDependencies: [needs('H5P.Inner')] }),
        'content/content.json': toyJson('content/content.json', { extra: { library: 'H5P.Inner 1.0', params: {} } }),
      }),
    );
    expect(found.dependencies.map((ref) => ref.machineName)).toEqual(['H5P.OppivaToy', 'H5P.Inner', 'H5P.Deep']);
  });

  it('tells of media that will not show', async () => {
    const extra = [
      { path: 'https://video.example/a.mp4', mime: 'video/mp4' },
      { path: 'images/gone.png', mime: 'image/png' },
    ];
    const found = await accepted(
      await toyPackage({ 'content/content.json': toyJson('content/content.json', { extra }) }),
    );
    expect(found.warnings).toEqual([
      { key: 'h5p.warning.missingMedia', values: { file: 'images/gone.png' } },
      { key: 'h5p.warning.outsideHost', values: { host: 'video.example' } },
    ]);
  });

  it('comes with its texts cleaned', async () => {
    const question = '<p onclick="steal()">Hei<script>steal()</script></p>';
    const found = await accepted(
      await toyPackage({ 'content/content.json': toyJson('content/content.json', { question }) }),
    );
    expect(found.params).toHaveProperty('question', '<p>Hei</p>');
    expect(found.warnings).toEqual([{ key: 'h5p.warning.cleaned', values: { count: 1 } }]);
  });
});

describe('installed libraries', () => {
  it('are all that an author may use', async () => {
    const without = await check(await toyPackage(), { mayInstall: false });
    expect(without).toEqual({
      ok: false,
      refusals: [{ key: 'h5p.refused.libraryNotInstalled', values: { library: TOY_FOLDER, neededBy: 'content' } }],
    });

    const installed = new Map([[TOY_FOLDER, known({ machineName: 'H5P.OppivaToy' })]]);
    expect((await accepted(await toyPackage(), { mayInstall: false, installed })).libraries).toEqual([]);
  });

  it('serve content that brings none', async () => {
    const files = toyFiles().filter((file) => !file.name.startsWith(TOY_FOLDER));
    expect(await check(await zipOf(files))).toMatchObject({
      refusals: [{ key: 'h5p.refused.missingLibrary', values: { library: TOY_FOLDER } }],
    });
    const installed = new Map([[TOY_FOLDER, known({ machineName: 'H5P.OppivaToy' })]]);
    expect((await accepted(await zipOf(files), { installed })).dependencies).toHaveLength(1);
  });

  it.each([
    [0, 'newer'],
    [2, undefined],
  ])('give way to a higher patch only: installed patch %i', async (patchVersion, standing) => {
    const installed = new Map([[TOY_FOLDER, known({ machineName: 'H5P.OppivaToy', patchVersion })]]);
    const found = await accepted(await toyPackage(), { installed });
    expect(found.libraries.map((library) => library.standing)).toEqual(standing ? [standing] : []);
  });

  it('keep out other code under the same version, and take other words as the same', async () => {
    const [library] = (await accepted(await toyPackage())).libraries;
    const installed = new Map([[TOY_FOLDER, library as KnownLibrary]]);
    expect(await check(await toyPackage({ [`${TOY_FOLDER}/toy.js`]: 'spy()' }), { installed })).toMatchObject({
      refusals: [{ key: 'h5p.refused.alteredLibrary', values: { library: TOY_FOLDER } }],
    });
    const translated = await toyPackage({ [`${TOY_FOLDER}/language/sv.json`]: '{}' });
    expect((await accepted(translated, { installed })).libraries).toEqual([]);
  });
});
