import * as libraries from '../../src/features/h5p/h5p.libraries';

function library(name: string, version = '1.0.0', needs: string[] = []): libraries.KnownLibrary {
  const [majorVersion, minorVersion, patchVersion] = version.split('.');
  const preloadedDependencies = needs.map((folder) => libraries.parseLibraryName(folder));
  const info = libraries.LibraryJson.parse({
    title: name,
    machineName: name,
    majorVersion,
    minorVersion,
    patchVersion,
    preloadedDependencies,
  });
  return { info, hash: 'hash', code: 'code' };
}

const byFolder = (...known: libraries.KnownLibrary[]) =>
  new Map(known.map((one) => [libraries.libraryFolder(one.info), one]));

it('reads library names as content.json and folders write them', () => {
  const ref = { machineName: 'jQuery.ui', majorVersion: 1, minorVersion: 10 };
  expect(libraries.parseLibraryName('jQuery.ui 1.10')).toEqual(ref);
  expect(libraries.parseLibraryName('jQuery.ui-1.10')).toEqual(ref);
  expect(libraries.libraryFolder(ref)).toBe('jQuery.ui-1.10');
  for (const text of ['H5P.Text', 'H5P.Text 1', '../x 1.0', 'H5P.Text 1.0.1', '']) {
    expect(libraries.parseLibraryName(text)).toBeUndefined();
  }
});

it('compares versions by number', () => {
  const order = ['1.9.30', '1.10.2', '1.10.11', '2.0.0'].map((version) => library('H5P.A', version).info);
  expect([...order].reverse().sort(libraries.compareVersions)).toEqual(order);
});

it('lists what is needed in turn once, also in a circle, and says what is missing', () => {
  const known = byFolder(library('A', '1.0.0', ['B 1.0', 'C 1.0']), library('B', '1.0.0', ['A 1.0', 'Gone 2.3']));
  const roots = [libraries.parseLibraryName('A 1.0'), libraries.parseLibraryName('H5PEditor.A 1.0')];
  const found = libraries.completeDependencies(roots as libraries.LibraryRef[], known);
  expect(found.libraries.map(libraries.libraryFolder)).toEqual(['A-1.0', 'B-1.0']);
  expect(found.missing).toEqual([
    { folder: 'C-1.0', neededBy: 'A-1.0' },
    { folder: 'Gone-2.3', neededBy: 'B-1.0' },
  ]);
});

it('hashes a tree by its paths and bytes, in whatever order', () => {
  const [a, b] = [
    { path: 'a.js', sha256: '11' },
    { path: 'b.js', sha256: '22' },
  ] as const;
  expect(libraries.treeHash([a, b])).toBe(libraries.treeHash([b, a]));
  expect(libraries.treeHash([a, b])).not.toBe(libraries.treeHash([a]));
  expect(libraries.treeHash([a, { ...b, path: 'c.js' }])).not.toBe(libraries.treeHash([a, b]));
  expect(libraries.codeHash([a, b, { path: 'language/fi.json', sha256: '33' }])).toBe(libraries.codeHash([a, b]));
});

it('gives a new generation when a library changes', () => {
  const [a, b] = [library('A'), library('B')];
  expect(libraries.libraryGeneration([a, b])).toBe(libraries.libraryGeneration([b, a]));
  expect(libraries.libraryGeneration([a, b])).not.toBe(libraries.libraryGeneration([a, { ...b, hash: 'new' }]));
  expect(libraries.libraryGeneration([a])).toMatch(/^[0-9a-f]{16}$/);
});

it('tells how a library stands to the installed one', () => {
  const installed = library('A', '1.0.5');
  expect(libraries.standingOf(installed, undefined)).toBe('new');
  expect(libraries.standingOf(installed, installed)).toBe('same');
  expect(libraries.standingOf(library('A', '1.0.6'), installed)).toBe('newer');
  expect(libraries.standingOf(library('A', '1.0.4'), installed)).toBe('older');
  expect(libraries.standingOf({ ...installed, code: 'changed' }, installed)).toBe('altered');
});
