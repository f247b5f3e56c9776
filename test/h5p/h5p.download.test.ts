import request from 'supertest';
import { checkArchive } from '../../src/features/h5p/h5p.archive';
import { installPackage } from '../../src/features/h5p/installation.service';
import { selectKnownLibraries } from '../../src/features/h5p/installed.model';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as } from '../support/browser';
import { anOrganisation, aPerson, inScope } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { anH5pContent } from '../support/factories-h5p';
import { libraryFiles, onDisk, TOY_FOLDER, toyJson, toyPackage } from '../support/h5p-fixture';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

const download = (actor: Actor | undefined, id: string) =>
  request(as(actor).app)
    .get(`/h5p/contents/${id}/package`)
    .buffer()
    .parse((res, done) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, Buffer.concat(chunks)));
    });

const ref = (machineName: string) => ({ machineName, majorVersion: 1, minorVersion: 0 });
/** The toy needs A, A needs B; C is what others edit A with. h5p.json names only the toy. */
const withNeeds = () =>
  toyPackage({
    [`${TOY_FOLDER}/library.json`]: toyJson(`${TOY_FOLDER}/library.json`, { preloadedDependencies: [ref('A')] }),
    ...libraryFiles('A', { preloadedDependencies: [ref('B')], editorDependencies: [ref('H5PEditor.C'), ref('Gone')] }),
    ...libraryFiles('B'),
    ...libraryFiles('H5PEditor.C'),
  });

it('gives the same content when it is taken in again, also where no library is', async () => {
  const organisation = await anOrganisation();
  const { id, administrator } = await anH5pContent(organisation, await withNeeds());
  const author = await aPerson({ organisation, roles: ['learner', 'author'] });
  const response = await download(author, id);
  expect(response.headers['content-disposition']).toContain('.h5p');

  const elsewhere = await checkArchive(onDisk(response.body), { installed: new Map(), mayInstall: true });
  if (!elsewhere.ok) throw new Error(JSON.stringify(elsewhere.refusals));
  const { libraries, h5pJson } = elsewhere.package;
  const folders = ['A-1.0', 'B-1.0', TOY_FOLDER, 'H5PEditor.C-1.0'];
  expect(libraries.map(({ folder }) => folder).sort()).toEqual([...folders].sort());
  expect(h5pJson.preloadedDependencies.map(({ machineName }) => machineName)).toEqual(['H5P.OppivaToy', 'A', 'B']);
  const installed = await selectKnownLibraries();
  expect(libraries.map(({ hash }) => hash).sort()).toEqual([...installed.values()].map(({ hash }) => hash).sort());

  const again = await inScope(administrator, () => installPackage(administrator, { path: onDisk(response.body) }));
  if (!again.ok) throw new Error(JSON.stringify(again.refusals));
  const both = await db()('h5p_contents').whereIn('id', [id, again.contentId]).orderBy('created_at');
  const kept = both.map(({ title, main_library, dependencies, content_json, files, h5p_json }) => {
    const { preloadedDependencies, ...described } = h5p_json;
    return { title, main_library, dependencies, content_json, files, described };
  });
  expect(kept).toHaveLength(2);
  expect(kept[1]).toEqual(kept[0]);
});

it('is for authors of its organisation', async () => {
  const organisation = await anOrganisation();
  const { id } = await anH5pContent(organisation);
  const status = async (actor: Actor | undefined) => (await download(actor, id)).status;
  expect(await status(await aPerson({ organisation, roles: ['learner', 'author'] }))).toBe(200);
  expect(await status(await aPerson({ organisation, roles: ['learner'] }))).toBe(403);
  expect(await status(await aPerson({ roles: ['learner', 'author'] }))).toBe(404);
  expect(await status(undefined)).toBe(303);
});
