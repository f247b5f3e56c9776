import { installPackage } from '../../src/features/h5p/installation.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { FolderStorage, storage, useStorage } from '../../src/lib/storage';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { anH5pContent, uploads } from '../support/factories-h5p';
import { onDisk, SYMLINK, TOY_FOLDER, toyJson, toyPackage, toyPackageWith } from '../support/h5p-fixture';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

const anAdministrator = (organisation?: { id: string }) =>
  aPerson({ ...(organisation && { organisation }), roles: ['learner', 'administrator'] });
const install = (actor: Actor, zip: Buffer) => inScope(actor, () => installPackage(actor, { path: onDisk(zip) }));
const libraries = () => db()('h5p_libraries').orderBy('folder');
const contents = () => db()('h5p_contents');
const actions = async () => (await asOwner(() => db()('audit_events').orderBy('id'))).map(({ action }) => action);
const nextPatch = (script = '// the next patch') =>
  toyPackage({
    [`${TOY_FOLDER}/library.json`]: toyJson(`${TOY_FOLDER}/library.json`, { patchVersion: 9 }),
    [`${TOY_FOLDER}/toy.js`]: script,
  });

describe('a package', () => {
  it('becomes a content with its library, both written down', async () => {
    const { id } = await anH5pContent(await anOrganisation());
    expect(await contents().first()).toMatchObject({
      id,
      title: 'Kysyisitkö ensin?',
      main_library: TOY_FOLDER,
      dependencies: [TOY_FOLDER],
      completion_rule: { kind: 'self-declared' },
    });
    expect((await libraries()).map(({ folder }) => folder)).toEqual([TOY_FOLDER]);
    expect(await actions()).toEqual(['h5p.library-added', 'h5p.content-added']);
  });

  it('needs its libraries installed before an author may bring it', async () => {
    const organisation = await anOrganisation();
    const author = await aPerson({ organisation, roles: ['learner', 'author'] });
    expect(await install(author, await toyPackage())).toMatchObject({
      ok: false,
      refusals: [{ key: 'h5p.refused.libraryNotInstalled' }],
    });
    expect([await libraries(), await contents()]).toEqual([[], []]);

    await anH5pContent(organisation);
    expect(await install(author, await toyPackage())).toMatchObject({ ok: true });
  });

  it('of an author replaces no library, whatever it brings', async () => {
    const organisation = await anOrganisation();
    await anH5pContent(organisation);
    const [before] = await libraries();
    const author = await aPerson({ organisation, roles: ['learner', 'author', 'reviewer', 'expert'] });
    expect(await install(author, await nextPatch('steal()'))).toMatchObject({ ok: true });
    expect(await libraries()).toEqual([before]);
  });

  it('leaves nothing behind when the storage fails half-way', async () => {
    const administrator = await anAdministrator();
    const written: string[] = [];
    const inner = storage();
    useStorage({
      read: (key) => inner.read(key),
      sweep: (before) => inner.sweep(before),
      remove: async (key) => {
        written.splice(written.indexOf(key), 1);
        await inner.remove(key);
      },
      write: async (key, bytes, mime) => {
        if (written.length === 3) throw new Error('the disk is full');
        await inner.write(key, bytes, mime);
        written.push(key);
      },
    });
    await expect(install(administrator, await toyPackage())).rejects.toThrow('the disk is full');
    expect([await libraries(), await contents(), await actions()]).toEqual([[], [], []]);
    expect(written.filter((key) => key.includes('contents/'))).toEqual([]);
  });
});

describe('/h5p/libraries', () => {
  it('installs the libraries of a package and keeps nothing else of it', async () => {
    const administrator = await aPerson({ name: 'Ritva Laine', roles: ['learner', 'administrator'] });
    const response = await uploads(administrator, '/h5p/libraries', await toyPackage());
    expect([response.status, response.headers.location]).toEqual([303, '/h5p/libraries?installed=1']);

    const $ = page(await as(administrator).get('/h5p/libraries?installed=1'));
    expect($('tbody tr').text()).toContain('H5P.OppivaToy-1.0');
    expect($('tbody tr').text()).toContain('Ritva Laine');
    expect($('.notice').text()).toContain('One library was installed.');
    expect(await contents()).toEqual([]);
  });

  it('explains a refusal on the same page, all reasons at once', async () => {
    const administrator = await anAdministrator();
    const response = await uploads(administrator, '/h5p/libraries', await toyPackageWith(SYMLINK));
    expect(response.status).toBe(422);
    expect(page(response)('.h5p-reasons').text()).toContain('passwords.txt is a link');
    expect(await libraries()).toEqual([]);

    const nothing = await as(administrator).post('/h5p/libraries');
    expect([nothing.status, page(nothing)('#package-error').text().trim()]).toEqual([422, 'Choose an H5P file']);
  });

  it('shows what a newer patch changes, and replaces only after the second press', async () => {
    const organisation = await anOrganisation();
    const { administrator } = await anH5pContent(organisation);
    const waiting = await uploads(administrator, '/h5p/libraries', await nextPatch());
    expect([waiting.status, waiting.headers.location]).toEqual([303, expect.stringMatching(/uploads\/[\w-]{36}$/)]);
    expect((await libraries())[0]?.patch).toBe(1);

    const address = String(waiting.headers.location);
    const $ = page(await as(administrator).get(address));
    expect($('main').text()).toMatch(/Version 1\.0\.1 becomes 1\.0\.9/);
    expect($('main').text()).toMatch(/toy\.js/);

    const stranger = await anAdministrator();
    expect((await as(stranger).get(address)).status).toBe(404);
    expect((await as(stranger).post(address)).status).toBe(404);

    expect((await as(administrator).post(address)).headers.location).toBe('/h5p/libraries?installed=1');
    expect((await libraries())[0]?.patch).toBe(9);
    expect((await actions()).at(-1)).toBe('h5p.library-replaced');
    expect((await as(administrator).post(address)).status).toBe(404);
  });

  it('asks for that press also when an administrator uploads a content', async () => {
    const { administrator } = await anH5pContent(await anOrganisation());
    expect(await install(administrator, await nextPatch())).toMatchObject({
      refusals: [{ key: 'h5p.refused.needsConfirmation', values: { library: TOY_FOLDER } }],
    });
    expect((await libraries())[0]?.patch).toBe(1);
  });

  it('counts uses, and does not name people of another organisation', async () => {
    const organisation = await anOrganisation({ name: 'Toinen järjestö' });
    await anH5pContent(organisation);
    const text = page(await as(await anAdministrator()).get('/h5p/libraries'))('tbody tr').text();
    expect(text).toContain('Toinen järjestö');
    expect(text).not.toContain('Aino Koski');
  });
});

it('keeps bytes whole or not at all', async () => {
  const folder = storage();
  expect(folder).toBeInstanceOf(FolderStorage);
  await folder.write('h5p/libs/a/b', Buffer.from('0123456789'), 'text/plain');
  const part = await folder.read('h5p/libs/a/b', { start: 2, end: 4 });
  expect(Buffer.concat((await part?.toArray()) ?? []).toString()).toBe('234');
});
