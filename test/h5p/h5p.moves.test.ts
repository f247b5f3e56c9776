import { installPackage } from '../../src/features/h5p/installation.service';
import type { Actor, Role } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { anH5pContent, anH5pLesson, sends, uploads } from '../support/factories-h5p';
import { libraryFiles, onDisk, TOY_FOLDER, toyFiles, toyJson, zipOf } from '../support/h5p-fixture';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

const NEWER = 'H5P.OppivaToy-1.2';
const FIELDS = JSON.parse(String(toyFiles().find(({ name }) => name.endsWith('semantics.json'))?.content));

/** The toy in a newer version, beside the older one; `fields` are its semantics. */
async function newerToy(fields: unknown = FIELDS, more: Record<string, string> = {}): Promise<Buffer> {
  const files = toyFiles({
    [`${TOY_FOLDER}/library.json`]: toyJson(`${TOY_FOLDER}/library.json`, { minorVersion: 2 }),
    [`${TOY_FOLDER}/semantics.json`]: JSON.stringify(fields),
    'h5p.json': toyJson('h5p.json', {
      preloadedDependencies: [{ machineName: 'H5P.OppivaToy', majorVersion: 1, minorVersion: 2 }],
    }),
  });
  const renamed = files.map((file) => ({ ...file, name: file.name.replace(TOY_FOLDER, NEWER) }));
  return zipOf([...renamed, ...Object.entries(more).map(([name, content]) => ({ name, content }))]);
}

async function withOlderContent(fields?: unknown, more?: Record<string, string>) {
  const organisation = await anOrganisation();
  const { id, administrator } = await anH5pContent(organisation);
  await uploads(administrator, '/h5p/libraries', await newerToy(fields, more)).expect(303);
  return { organisation, id, administrator };
}

const content = (id: string) => db()('h5p_contents').where({ id }).first();
const at = async (actor: Actor, folder: string) => page(await as(actor).get(`/h5p/libraries/${folder}`));
const move = (actor: Actor, ...ids: string[]) => as(actor).post(`/h5p/libraries/${NEWER}/moves`, { content: ids });
const lastMove = async () =>
  (await asOwner(() => db()('h5p_content_moves').orderBy('moved_at', 'desc').first('id')))?.id;

describe('a newer version', () => {
  it('stands beside the older one, and nothing moves by itself', async () => {
    const { id, administrator } = await withOlderContent();
    expect(await db()('h5p_libraries').orderBy('folder').pluck('folder')).toEqual([TOY_FOLDER, NEWER]);
    expect((await content(id))?.main_library).toBe(TOY_FOLDER);
    const $ = await at(administrator, NEWER);
    expect($('main').text()).toContain('All content is kept');
    expect($(`input[name=content][value="${id}"]`).attr('checked')).toBeDefined();
  });

  it('takes a content over, and gives it back as it was', async () => {
    const { id, administrator } = await withOlderContent();
    const before = await content(id);
    expect((await move(administrator, id)).headers.location).toContain('moved=1');
    expect(await content(id)).toMatchObject({ main_library: NEWER, dependencies: [NEWER], build: 1, version: 1 });
    // A second press, or another window, moves nothing more.
    expect((await move(administrator, id)).headers.location).toContain('moved=0');

    const undo = `/h5p/libraries/${NEWER}/moves/${await lastMove()}/undo`;
    expect((await as(administrator).post(undo, {})).headers.location).toContain('undone=1');
    expect(await content(id)).toEqual({ ...before, build: 2 });
    expect((await as(administrator).post(undo, {})).headers.location).toContain('undone=0');
    const actions = (await asOwner(() => db()('audit_events').orderBy('id'))).map(({ action }) => action);
    expect(actions.slice(-2)).toEqual(['h5p.content-moved', 'h5p.content-moved-back']);
  });

  it('keeps what learners answered and where they left off', async () => {
    const { organisation, id, administrator } = await withOlderContent();
    await anH5pLesson(organisation, id);
    const learner = await aPerson({ organisation });
    await sends(learner, `/h5p/contents/${id}/state`, { version: 1, state: '{"chosen":1}' }).expect(200);
    await move(administrator, id);
    const [state] = await asOwner(() => db()('h5p_states'));
    expect(state).toMatchObject({ content_id: id, content_version: 1, state: '{"chosen":1}' });
    await sends(learner, `/h5p/contents/${id}/state`, { version: 1, state: '{"chosen":0}' }).expect(200);
  });

  it('is refused a content it would take something from, and says what in plain words', async () => {
    const fields = FIELDS.filter(({ name }: { name: string }) => name !== 'question');
    const { id, administrator } = await withOlderContent(fields);
    const $ = await at(administrator, NEWER);
    expect($(`input[value="${id}"]`).length).toBe(0);
    expect($('main').text()).toMatch(/has no field “Question”.*Saat viestin/);
    expect((await move(administrator, id)).headers.location).toContain('moved=0');
    expect((await content(id))?.main_library).toBe(TOY_FOLDER);
  });

  it('gives new fields their usual values', async () => {
    const fields = [...FIELDS, { name: 'tries', type: 'number', label: 'How many tries', default: 3 }];
    const { id, administrator } = await withOlderContent(fields);
    expect((await at(administrator, NEWER))('main').text()).toContain('“How many tries” gets its usual value: 3');
    await move(administrator, id);
    expect((await content(id))?.content_json).toMatchObject({ tries: 3 });
  });

  it('never has its program run: a content that would need it stays', async () => {
    const program = { [`${NEWER}/upgrades.js`]: 'throw new Error("run")' };
    const changed = FIELDS.map((field: { name: string }) =>
      field.name === 'question' ? { ...field, name: 'asked' } : field,
    );
    const { id, administrator } = await withOlderContent(changed, program);
    expect((await at(administrator, NEWER))('main').text()).toContain('We do not run it');
    expect((await move(administrator, id)).headers.location).toContain('moved=0');
  });

  it('that asks for all that the older one asked goes without its program, and says so', async () => {
    const { id, administrator } = await withOlderContent(FIELDS, { [`${NEWER}/upgrades.js`]: '// nothing' });
    expect((await at(administrator, NEWER))('main').text()).toContain('Look the task through');
    expect((await move(administrator, id)).headers.location).toContain('moved=1');
  });
});

describe('an organisation', () => {
  it('sees and moves only its own contents, and of others only that there are some', async () => {
    const { id } = await withOlderContent();
    const other = await aPerson({ roles: ['learner', 'administrator'] });
    const $ = await at(other, TOY_FOLDER);
    expect($('main').text()).not.toContain('Kysyisitkö');
    expect($('main').text()).toContain('Another organisation uses');
    expect($('main').text()).toContain('Your organisation does not use this');
    expect((await at(other, NEWER))('input[name=content]').length).toBe(0);
    expect((await move(other, id)).status).toBe(404);
    expect((await content(id))?.main_library).toBe(TOY_FOLDER);
  });

  it('does not take back the moves of another', async () => {
    const { id, administrator } = await withOlderContent();
    await move(administrator, id);
    const other = await aPerson({ roles: ['learner', 'administrator'] });
    expect((await as(other).post(`/h5p/libraries/${NEWER}/moves/${await lastMove()}/undo`, {})).status).toBe(404);
    expect((await content(id))?.main_library).toBe(NEWER);
  });
});

describe('a library', () => {
  it('is removed when nothing needs it, in any organisation', async () => {
    const { id, administrator } = await withOlderContent();
    const other = await aPerson({ roles: ['learner', 'administrator'] });
    const remove = (actor: Actor, folder: string) => as(actor).post(`/h5p/libraries/${folder}/remove`, {});
    expect((await remove(other, TOY_FOLDER)).headers.location).toContain('kept=1');
    await move(administrator, id);
    expect((await remove(other, TOY_FOLDER)).headers.location).toContain('removed=1');
    expect((await remove(other, TOY_FOLDER)).status).toBe(404);
    expect((await remove(other, NEWER)).headers.location).toContain('kept=1');
    // What it moved from is gone, so the way back is too.
    const undo = `/h5p/libraries/${NEWER}/moves/${await lastMove()}/undo`;
    expect((await as(administrator).post(undo, {})).headers.location).toContain('undone=0');
  });

  it('stays while another library loads it', async () => {
    const administrator = await aPerson({ roles: ['learner', 'administrator'] });
    const needs = { preloadedDependencies: [{ machineName: 'B', majorVersion: 1, minorVersion: 0 }] };
    const files = [...toyFiles(), ...Object.entries({ ...libraryFiles('A', needs), ...libraryFiles('B') })];
    const zip = await zipOf(files.map((file) => (Array.isArray(file) ? { name: file[0], content: file[1] } : file)));
    await uploads(administrator, '/h5p/libraries', zip).expect(303);
    const remove = async (folder: string) =>
      (await as(administrator).post(`/h5p/libraries/${folder}/remove`, {})).headers.location;
    expect(await remove('B-1.0')).toContain('kept=1');
    expect((await at(administrator, 'B-1.0'))('main').text()).toContain('A-1.0');
    expect(await remove('A-1.0')).toContain('removed=1');
    expect(await remove('B-1.0')).toContain('removed=1');
  });

  it('tells where the organisation shows what it plays', async () => {
    const { organisation, id, administrator } = await withOlderContent();
    const lesson = await anH5pLesson(organisation, id, { title: 'Kysy pankista' });
    expect((await at(administrator, TOY_FOLDER))(`a[href="${lesson.address}"]`).text()).toBe('Kysy pankista');
  });

  it('taken away while a package arrives refuses the package', async () => {
    const organisation = await anOrganisation();
    const { administrator } = await anH5pContent(organisation);
    await asOwner(() => db()('h5p_contents').delete());
    const author = await aPerson({ organisation, roles: ['learner', 'author'] });
    await as(administrator).post(`/h5p/libraries/${TOY_FOLDER}/remove`, {});
    const late = inScope(author, async () => installPackage(author, { path: onDisk(await zipOf(toyFiles())) }));
    expect(await late).toMatchObject({ ok: false });
  });

  const MATRIX: [Role[], number][] = [
    [['learner', 'administrator'], 200],
    [['learner', 'author', 'reviewer', 'expert'], 403],
    [['learner'], 403],
  ];
  it.each(MATRIX)('is managed by administrators: %j %i', async (roles, status) => {
    await withOlderContent();
    const person = await aPerson({ roles });
    expect((await as(person).get(`/h5p/libraries/${NEWER}`)).status).toBe(status);
    const allowed = status === 200 ? 303 : status;
    expect((await move(person)).status).toBe(allowed);
    expect((await as(person).get('/h5p/libraries/H5P.Nothing-1.0')).status).toBe(status === 200 ? 404 : status);
  });
});
