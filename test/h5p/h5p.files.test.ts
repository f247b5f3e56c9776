import { text } from 'node:stream/consumers';
import { checkArchive } from '../../src/features/h5p/h5p.archive';
import { type PackageFile, readPackageFiles } from '../../src/features/h5p/h5p.files';
import { onDisk, toyPackage } from '../support/h5p-fixture';

async function checkedFiles(archive: string): Promise<PackageFile[]> {
  const result = await checkArchive(archive, { installed: new Map(), mayInstall: true });
  if (!result.ok) throw new Error(JSON.stringify(result.refusals));
  return [...result.package.files, ...result.package.libraries.flatMap((library) => library.files)];
}

it('hands over every checked file, whole', async () => {
  const archive = onDisk(await toyPackage());
  const stored = new Map<string, string>();
  await readPackageFiles(archive, await checkedFiles(archive), async (file, bytes) => {
    stored.set(file.path, await text(bytes));
  });
  expect([...stored.keys()].sort()).toEqual(
    ['images/viesti.png', 'language/fi.json', 'library.json', 'semantics.json', 'toy.css', 'toy.js'].sort(),
  );
  expect(stored.get('toy.js')).toContain('getCurrentState');
});

it('lets no other bytes into storage than those that were checked', async () => {
  const files = await checkedFiles(onDisk(await toyPackage()));
  const swapped = onDisk(await toyPackage({ 'H5P.OppivaToy-1.0/toy.js': 'steal()' }));
  const store = async (_file: PackageFile, bytes: NodeJS.ReadableStream) => void (await text(bytes));
  await expect(readPackageFiles(swapped, files, store)).rejects.toMatchObject({
    key: 'damagedFile',
    values: { file: 'H5P.OppivaToy-1.0/toy.js' },
  });
});
