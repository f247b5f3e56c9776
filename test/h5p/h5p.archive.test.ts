import { checkArchive } from '../../src/features/h5p/h5p.archive';
import { onDisk, toyPackage } from '../support/h5p-fixture';

it('accepts', async () => {
  const r = await checkArchive(onDisk(await toyPackage()), { installed: new Map(), mayInstall: true });
  console.log(JSON.stringify(r, null, 1));
});
