import { randomUUID } from 'node:crypto';
import { h5pFrame } from '../../src/features/h5p/h5p.service';
import { signContentToken } from '../../src/features/h5p/h5p.token';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { secret } from '../../src/lib/secret';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { anH5pContent, anH5pLesson, sends } from '../support/factories-h5p';
import { TOY_FOLDER, toyJson, toyPackage } from '../support/h5p-fixture';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

/** A learner with a lesson that plays the toy. */
async function aScene() {
  const organisation = await anOrganisation();
  const { id } = await anH5pContent(organisation);
  await anH5pLesson(organisation, id);
  const learner = await aPerson({ organisation });
  return { organisation, id, learner, to: (what: string) => `/h5p/contents/${id}/${what}` };
}
type Scene = Awaited<ReturnType<typeof aScene>>;

const frameOf = ({ id }: Pick<Scene, 'id'>, actor: Actor) =>
  inScope(actor, () => h5pFrame(actor, id, { statements: '/s', state: '/t' }));
async function optionsFor(scene: Scene, actor: Actor) {
  const response = await as(actor).get((await frameOf(scene, actor)).src);
  return JSON.parse(page(response)('#h5p-player').attr('data-options') ?? '{}');
}
const rule = (id: string, completion_rule: object) =>
  asOwner(() =>
    db()('h5p_contents')
      .where({ id })
      .update({ completion_rule: JSON.stringify(completion_rule) as never }),
  );
const COMPLETED = {
  verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
  object: { id: 'https://evil.example/?token=secret' },
  result: { score: { min: 0, max: 2, raw: 1, scaled: 0.5 }, completion: true },
};
const statements = () => asOwner(() => db()('xapi_statements').orderBy('stored_at'));

describe('what the player loads', () => {
  it('is a document of its own policy, without the pages that surround ours', async () => {
    const scene = await aScene();
    const response = await as(scene.learner)
      .get((await frameOf(scene, scene.learner)).src)
      .set('Host', 'oppiva.test');
    expect(response.status).toBe(200);
    expect(response.headers['content-security-policy']).toMatch(
      /^sandbox allow-scripts; default-src 'none'; script-src http:\/\/oppiva\.test\/assets\/ /,
    );
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.text).not.toContain(scene.learner.username);
  });

  it('comes with the complete list of libraries, cleaned parameters and media by parts', async () => {
    const scene = await aScene();
    const options = await optionsFor(scene, scene.learner);
    const nobody = as(undefined);

    const h5pJson = await nobody.get(`${options.h5pJsonPath}/h5p.json`);
    expect(h5pJson.body).toMatchObject({ mainLibrary: 'H5P.OppivaToy', preloadedDependencies: [{ majorVersion: 1 }] });
    expect(h5pJson.headers['access-control-allow-origin']).toBe('*');
    expect((await nobody.get(`${options.h5pJsonPath}/content/content.json`)).body).toHaveProperty(
      'answers.1.points',
      1,
    );

    const picture = `${options.h5pJsonPath}/content/images/viesti.png`;
    const whole = await nobody.get(picture);
    expect([whole.headers['content-type'], whole.headers['x-content-type-options']]).toEqual(['image/png', 'nosniff']);
    const part = await nobody.get(picture).set('Range', 'bytes=0-3');
    expect([part.status, part.body.toString('latin1'), part.headers['content-range']]).toEqual([
      206,
      '\x89PNG',
      `bytes 0-3/${whole.body.length}`,
    ]);
    expect((await nobody.get(picture).set('Range', 'bytes=999999-')).status).toBe(416);
    expect((await nobody.get(`${options.h5pJsonPath}/content/images/other.png`)).status).toBe(404);
  });

  it('keeps libraries for ever under the name of their generation, and not under an old one', async () => {
    const scene = await aScene();
    const { librariesPath } = await optionsFor(scene, scene.learner);
    const script = await as(undefined).get(`${librariesPath}/${TOY_FOLDER}/toy.js`);
    expect([script.status, script.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(script.headers['content-type']).toMatch(/javascript/);
    expect(script.headers['content-security-policy']).toBe("sandbox; default-src 'none'");

    const old = await as(undefined).get(`/h5p/lib/0000000000000000/${TOY_FOLDER}/toy.js`);
    expect([old.status, old.headers['cache-control']]).toEqual([200, 'no-store']);
    for (const path of [`${TOY_FOLDER}/../../secret`, `${TOY_FOLDER}/%2e%2e%2fh5p.json`, 'H5P.None-1.0/toy.js']) {
      expect((await as(undefined).get(`${librariesPath}/${path}`)).status).toBe(404);
    }
  });

  it('opens by no token but ours, for the time and the version it was made for', async () => {
    const { id } = await aScene();
    const good = signContentToken(`${id}/1`, secret());
    const others = [
      signContentToken(`${id}/1`, 'another secret'),
      signContentToken(`${id}/2`, secret()),
      signContentToken(`${id}/1`, secret(), new Date(Date.now() - 5 * 3600 * 1000)),
      signContentToken(`${randomUUID()}/1`, secret()),
      id,
    ];
    for (const path of ['/h5p/play/TOKEN', '/h5p/c/TOKEN/h5p.json', '/h5p/c/TOKEN/content/content.json']) {
      expect((await as(undefined).get(path.replace('TOKEN', good))).status).toBe(200);
      for (const token of others) expect((await as(undefined).get(path.replace('TOKEN', token))).status).toBe(404);
    }
  });
});

describe('statements', () => {
  it('are kept with actor, id and time of ours, whatever the browser says', async () => {
    const scene = await aScene();
    const forged = {
      ...COMPLETED,
      id: '11111111-1111-4111-8111-111111111111',
      timestamp: '1999-01-01T00:00:00Z',
      actor: { mbox: 'mailto:somebody@example.org' },
    };
    const response = await sends(scene.learner, scene.to('statements'), { key: 'k'.repeat(32), statement: forged });
    expect([response.status, response.body]).toEqual([200, { completed: false }]);

    const [kept] = await statements();
    expect(kept).toMatchObject({ person_id: scene.learner.id, content_id: scene.id, verb: 'completed' });
    expect(Number(kept?.score_share)).toBe(0.5);
    expect(kept?.statement.actor.account.name).toBe(scene.learner.id);
    expect(kept?.statement.id).toBe(kept?.id);
    expect(JSON.stringify(kept?.statement)).not.toMatch(/somebody|1999|11111111|evil|secret/);
  });

  it('sent again are kept once and answered the same', async () => {
    const scene = await aScene();
    await rule(scene.id, { kind: 'completed-statement' });
    const body = { key: 'a'.repeat(32), statement: COMPLETED };
    for (let time = 0; time < 3; time += 1) {
      expect((await sends(scene.learner, scene.to('statements'), body)).body).toEqual({ completed: true });
    }
    expect(await statements()).toHaveLength(1);
    const other = await aPerson({ organisation: scene.organisation });
    await sends(other, scene.to('statements'), body);
    expect(await statements()).toHaveLength(2);
  });

  it.each([
    [{ kind: 'score-at-least', share: 0.5 }, true],
    [{ kind: 'score-at-least', share: 0.6 }, false],
    [{ kind: 'self-declared' }, false],
  ])('complete by the rule of the content: %j', async (completionRule, completed) => {
    const scene = await aScene();
    await rule(scene.id, completionRule);
    const body = { key: 'a'.repeat(32), statement: COMPLETED };
    expect((await sends(scene.learner, scene.to('statements'), body)).body).toEqual({ completed });
  });

  it('are not needed where opening is enough', async () => {
    const scene = await aScene();
    await rule(scene.id, { kind: 'opened' });
    expect((await sends(scene.learner, scene.to('statements'), { opened: true })).body).toEqual({ completed: true });
    expect(await statements()).toEqual([]);
  });

  it('that are none are refused in words for a script', async () => {
    const scene = await aScene();
    const bad = [
      {},
      { key: 'short', statement: COMPLETED },
      { key: 'a'.repeat(32), statement: { verb: 'completed' } },
      { key: 'a'.repeat(32), statement: { ...COMPLETED, result: { response: 'x'.repeat(70_000) } } },
    ];
    for (const body of bad) {
      const response = await sends(scene.learner, scene.to('statements'), body);
      expect([response.status, response.body]).toEqual([422, { status: 422 }]);
    }
    const broken = await sends(scene.learner, scene.to('statements'), '{"key":');
    expect([broken.status, broken.body]).toEqual([400, { status: 400 }]);
    expect(await statements()).toEqual([]);
  });

  it('left unsent by another person wait for that person', async () => {
    const scene = await aScene();
    const other = await aPerson({ organisation: scene.organisation });
    const body = { owner: other.id, key: 'a'.repeat(32), statement: COMPLETED };
    expect((await sends(scene.learner, scene.to('statements'), body)).status).toBe(401);
    expect((await sends(undefined, scene.to('statements'), body)).status).toBe(401);
    expect((await sends(other, scene.to('statements'), body)).status).toBe(200);
  });
});

describe('the state', () => {
  const STATE = '{"chosen":1}';

  it('comes back to the same person, in this version, on any device', async () => {
    const scene = await aScene();
    const saved = await sends(scene.learner, scene.to('state'), { version: 1, state: STATE });
    expect([saved.status, saved.body]).toEqual([200, { saved: true }]);
    expect((await optionsFor(scene, scene.learner)).contentUserData).toEqual([{ state: STATE }]);

    const other = await aPerson({ organisation: scene.organisation });
    expect((await optionsFor(scene, other)).contentUserData).toEqual([{}]);
    expect(JSON.stringify(page(await as(undefined).get((await frameOf(scene, other)).src)).html())).not.toContain(
      STATE,
    );

    await sends(scene.learner, scene.to('state'), { version: 1, state: '{"chosen":0}' });
    expect((await optionsFor(scene, scene.learner)).contentUserData).toEqual([{ state: '{"chosen":0}' }]);
  });

  it('of another version is neither taken nor given', async () => {
    const scene = await aScene();
    await sends(scene.learner, scene.to('state'), { version: 1, state: STATE });
    await asOwner(() => db()('h5p_contents').where({ id: scene.id }).update({ version: 2 }));
    expect((await optionsFor(scene, scene.learner)).contentUserData).toEqual([{}]);
    expect((await sends(scene.learner, scene.to('state'), { version: 1, state: STATE })).status).toBe(409);
  });

  it('must be JSON text', async () => {
    const scene = await aScene();
    for (const state of ['{', 7, 'x'.repeat(600_000)]) {
      expect((await sends(scene.learner, scene.to('state'), { version: 1, state })).status).toBe(422);
    }
  });
});

it('serves what content may hold without running it', async () => {
  const organisation = await anOrganisation();
  const question = '<p onclick="steal()">Hei</p>';
  const { id } = await anH5pContent(
    organisation,
    await toyPackage({
      'content/content.json': toyJson('content/content.json', { question }),
      'content/note.txt': '<script>steal()</script>',
    }),
  );
  const token = signContentToken(`${id}/1`, secret());
  expect((await as(undefined).get(`/h5p/c/${token}/content/content.json`)).body.question).toBe('<p>Hei</p>');
  const note = await as(undefined).get(`/h5p/c/${token}/content/note.txt`);
  expect(note.headers['content-type']).toMatch(/^text\/plain/);
  expect(note.headers['content-security-policy']).toContain('sandbox');
});
