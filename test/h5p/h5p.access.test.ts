import type { Actor, Role } from '../../src/features/organisations/organisations.model';
import { as } from '../support/browser';
import { anOrganisation, aPerson } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { anH5pContent, anH5pLesson, sends } from '../support/factories-h5p';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

const opened = async (actor: Actor | undefined, id: string) =>
  (await sends(actor, `/h5p/contents/${id}/statements`, { opened: true })).status;

describe('who may play a content', () => {
  const PREVIEW: [Role[], number][] = [
    [['learner'], 404],
    [['learner', 'administrator'], 404],
    [['learner', 'author'], 200],
    [['learner', 'reviewer'], 200],
    [['learner', 'expert'], 200],
  ];

  it.each(PREVIEW)('before it is published: %j %i', async (roles, status) => {
    const organisation = await anOrganisation();
    const { id } = await anH5pContent(organisation);
    expect(await opened(await aPerson({ organisation, roles }), id)).toBe(status);
    expect(await opened(await aPerson({ roles }), id)).toBe(404);
  });

  it('once it is published: its organisation, and those it is shared with', async () => {
    const organisation = await anOrganisation();
    const partner = await anOrganisation();
    const { id } = await anH5pContent(organisation);
    await anH5pLesson(organisation, id, { sharedWith: partner.id });
    expect(await opened(await aPerson({ organisation }), id)).toBe(200);
    expect(await opened(await aPerson({ organisation: partner }), id)).toBe(200);
    expect(await opened(await aPerson({ roles: ['learner', 'author', 'administrator'] }), id)).toBe(404);
    expect(await opened(undefined, id)).toBe(401);
  });

  it('everybody, when it is shared with all', async () => {
    const organisation = await anOrganisation();
    const { id } = await anH5pContent(organisation);
    await anH5pLesson(organisation, id, { sharedWith: null });
    expect(await opened(await aPerson(), id)).toBe(200);
  });

  it('only those whom the lesson is meant for', async () => {
    const organisation = await anOrganisation();
    const { id } = await anH5pContent(organisation);
    await anH5pLesson(organisation, id, { audience: ['staff'] });
    expect(await opened(await aPerson({ organisation, relation: 'employee' }), id)).toBe(200);
    expect(await opened(await aPerson({ organisation, relation: 'client' }), id)).toBe(404);
  });
});

describe('who installs libraries', () => {
  const MATRIX: [Role[], number][] = [
    [['learner'], 403],
    [['learner', 'author'], 403],
    [['learner', 'reviewer'], 403],
    [['learner', 'expert'], 403],
    [['learner', 'administrator'], 200],
  ];

  it.each(MATRIX)('%j %i', async (roles, status) => {
    const actor = await aPerson({ roles });
    expect((await as(actor).get('/h5p/libraries')).status).toBe(status);
    expect((await as(actor).post('/h5p/libraries')).status).toBe(status === 200 ? 422 : 403);
  });

  it('nobody who has not signed in', async () => {
    expect((await as(undefined).get('/h5p/libraries')).headers.location).toBe('/sign-in?next=%2Fh5p%2Flibraries');
    expect((await as(undefined).post('/h5p/libraries')).status).toBe(403);
  });
});
