import { randomUUID } from 'node:crypto';
import request from 'supertest';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, reload } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { theFramework } from '../support/factories-skills';

const ADDRESS = { task: '/skills/tasks', earlier: '/skills/earlier' };
type Kind = keyof typeof ADDRESS;

async function people(profile: string | null = null) {
  await theFramework();
  const organisation = await anOrganisation();
  const learner = await aPerson({ organisation, name: 'Aino Oppija', target_profile: profile });
  const judge = await aPerson({ organisation, name: 'Pekka Ammattilainen', roles: ['reviewer'] });
  return { organisation, learner, judge };
}

/** A draft of the learner's about skill 4.2 unless told otherwise. */
async function aDraft(learner: Actor, kind: Kind = 'task', skills: string[] = ['4.2']): Promise<string> {
  const key = randomUUID();
  await as(learner).post(`${ADDRESS[kind]}/new`, { key, skills }).expect(303);
  return `${ADDRESS[kind]}/${key}`;
}

const story = (judge: { id: string }, more: object = {}) => ({
  story: 'Autoin asiakasta vaihtamaan salasanan.',
  done_on: '2026-05-14',
  judge: judge.id,
  go: 'send',
  ...more,
});

const send = (actor: Actor, address: string, fields: Record<string, unknown>) => {
  const sending = request(as(actor).app).post(address);
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) sending.field(name, String(one));
  return sending;
};

/** Codes of the lines of a skill's checklist, the lowest level first. */
async function linesOf(code: string): Promise<{ code: string; level: number }[]> {
  const { nodes } = await theFramework();
  return nodes
    .filter((node) => node.kind === 'observation' && node.parent_code === code)
    .map((node) => ({ code: node.code, level: Number(node.data.level) }))
    .sort((a, b) => a.level - b.level);
}

const judging = (address: string) => `/skills/tasks/to-judge/${address.split('/').pop()}`;
const observations = () => asOwner(() => db()('observations'));
const stateOf = async (address: string) =>
  (
    await asOwner(() =>
      db()('submissions')
        .where({ id: address.split('/').pop() as string })
        .first(),
    )
  )?.state;

let removeFiles: () => void;
beforeAll(() => {
  removeFiles = temporaryStorage();
});
afterAll(() => removeFiles());

describe.each(['task', 'earlier'] as const)('a %s', (kind) => {
  const whole = (judge: { id: string }, more: object = {}) => story(judge, { place: 'Edellinen työ', ...more });

  it('is told, looked at, shown to the learner first and only then counted, on the day of the work', async () => {
    const { learner, judge } = await people();
    const address = await aDraft(learner, kind);
    await send(learner, address, whole(judge)).expect(303);
    const lines = await linesOf('4.2');
    const seen = lines.slice(0, 2);

    await as(judge)
      .post(judging(address), { seen: seen.map(({ code }) => code), feedback: 'Hyvin neuvottu.', go: 'recognise' })
      .expect(303);
    expect(await observations()).toEqual([]);
    const first = page(await as(learner).get(address));
    expect(first('main').text()).toContain('Hyvin neuvottu.');
    expect(first('main').text()).toContain(`level ${Math.max(...seen.map(({ level }) => level))}`);

    await as(learner).post(`${address}/take`, { go: 'take' }).expect(303);
    await as(learner).post(`${address}/take`, { go: 'take' }).expect(303);
    const rows = await observations();
    expect(rows).toMatchObject([
      {
        person_id: learner.id,
        competence_code: '4.2',
        source: kind,
        level: Math.max(...seen.map(({ level }) => level)),
        recorded_by: judge.id,
        note: 'Hyvin neuvottu.',
      },
    ]);
    expect(rows[0]?.observed_at.toISOString().slice(0, 10)).toBe('2026-05-14');
    expect(await stateOf(address)).toBe('taken');
  });

  it('counts for nothing when it is not yet, left out, or taken back', async () => {
    const { learner, judge } = await people();
    const [notYet, left, back] = [
      await aDraft(learner, kind),
      await aDraft(learner, kind),
      await aDraft(learner, kind),
    ];
    for (const address of [notYet, left, back]) await send(learner, address, whole(judge)).expect(303);
    const seen = (await linesOf('4.2')).map(({ code }) => code);

    await as(judge).post(judging(notYet), { seen, feedback: 'Kokeile vielä.', go: 'not_yet' }).expect(303);
    await as(learner).post(`${notYet}/take`, { go: 'take' }).expect(303);
    await as(judge).post(judging(left), { seen, feedback: '', go: 'recognise' }).expect(303);
    await as(learner).post(`${left}/take`, { go: 'leave' }).expect(303);
    await as(learner).post(`${left}/take`, { go: 'take' }).expect(303);
    await as(learner).post(`${back}/withdraw`).expect(303);
    await as(judge).post(judging(back), { seen, feedback: '', go: 'recognise' }).expect(404);

    expect(await observations()).toEqual([]);
    expect([await stateOf(notYet), await stateOf(left), await stateOf(back)]).toEqual(['not_yet', 'left', 'withdrawn']);
  });
});

describe('recognising', () => {
  it('may be of a part: a skill without ticks stays as it is', async () => {
    const { learner, judge } = await people();
    const address = await aDraft(learner, 'earlier', ['4.2', '2.1']);
    await send(learner, address, story(judge, { place: 'Kurssi' })).expect(303);
    const seen = (await linesOf('2.1')).slice(0, 1).map(({ code }) => code);
    await as(judge).post(judging(address), { seen, feedback: '', go: 'recognise' }).expect(303);
    await as(learner).post(`${address}/take`, { go: 'take' }).expect(303);
    expect((await observations()).map(({ competence_code }) => competence_code)).toEqual(['2.1']);
  });

  it('asks for more, and the learner answers the same one', async () => {
    const { learner, judge } = await people();
    const other = await aPerson({ organisation: { id: learner.organisation_id }, roles: ['reviewer'] });
    const address = await aDraft(learner);
    await send(learner, address, story(judge)).expect(303);
    await as(judge).post(judging(address), { feedback: 'Mitä laitetta käytit?', go: 'more' }).expect(303);
    await as(judge).get(judging(address)).expect(404);
    expect((await as(learner).get(address)).text).toContain('Mitä laitetta käytit?');
    await send(learner, address, story(other, { story: 'Puhelinta. Se oli minun.' })).expect(303);
    await as(judge).get(judging(address)).expect(200);
    await as(other).get(judging(address)).expect(404);
  });

  it('keeps what the judge has ticked so far, without telling the learner what', async () => {
    const { learner, judge } = await people();
    const address = await aDraft(learner);
    await send(learner, address, story(judge)).expect(303);
    const [line] = await linesOf('4.2');
    await as(judge).post(judging(address), { seen: line?.code, feedback: 'Kesken vielä', go: 'keep' }).expect(303);
    expect(page(await as(judge).get(judging(address)))('input[name=seen]:checked').attr('value')).toBe(line?.code);
    expect((await as(learner).get(address)).text).not.toContain('Kesken vielä');
  });

  it('needs a tick to recognise and words to ask for more', async () => {
    const { learner, judge } = await people();
    const address = await aDraft(learner);
    await send(learner, address, story(judge)).expect(303);
    for (const form of [
      { go: 'recognise' },
      { go: 'recognise', seen: 'made-up' },
      { go: 'more' },
      { go: 'not_yet' },
      { go: 'other' },
    ])
      await as(judge).post(judging(address), form).expect(422);
    expect(await stateOf(address)).toBe('sent');
  });
});

describe('a draft', () => {
  it('keeps what was typed as it was typed, also when it cannot be sent yet', async () => {
    const { learner, judge } = await people();
    const address = await aDraft(learner);
    await send(learner, address, story(judge, { done_on: '31.2.2026', link: 'javascript:alert(1)' })).expect(422);
    const form = page(await as(learner).get(address));
    expect(form('#done_on').attr('value')).toBe('31.2.2026');
    expect(form('#story').val()).toContain('Autoin asiakasta');
    expect(await stateOf(address)).toBe('draft');
  });

  it('is kept by the page itself, without the files, while the person writes', async () => {
    const { learner } = await people();
    const address = await aDraft(learner);
    await as(learner).post(address, { story: 'Kesken', go: 'keep' }).expect(204);
    expect(page(await as(learner).get(address))('#story').val()).toBe('Kesken');
  });

  it.each([
    ['no story', { story: ' ' }, 'story'],
    ['a day ahead', { done_on: '2999-01-01' }, 'done_on'],
    ['a day long ago', { done_on: '1999-01-01' }, 'done_on'],
    ['no day', { done_on: 'eilen' }, 'done_on'],
    ['a link that is none', { link: 'ftp://x.fi' }, 'link'],
    ['a link that others on the way could change', { link: 'http://x.fi' }, 'link'],
    ['nobody asked', { judge: '' }, 'judge'],
    ['somebody who is not there', { judge: randomUUID() }, 'judge'],
    ['a story without end', { story: 'a'.repeat(5001) }, 'story'],
  ])('says by the field what is missing: %s', async (_, fault, field) => {
    const { learner, judge } = await people();
    const address = await aDraft(learner);
    const answer = await send(learner, address, story(judge, fault)).expect(422);
    expect(page(answer)(`.govuk-error-summary a[href="#${field}"]`)).toHaveLength(1);
  });

  it('is made once, however often the form is sent, and never in the place of another’s', async () => {
    const { learner, judge } = await people();
    const key = randomUUID();
    for (const _ of [1, 2]) await as(learner).post('/skills/tasks/new', { key, skills: '4.2' }).expect(303);
    await as(judge).post('/skills/tasks/new', { key, skills: '4.2' });
    const rows = await asOwner(() => db()('submissions'));
    expect(rows).toMatchObject([{ id: key, person_id: learner.id }]);
  });

  it('needs a skill that there is', async () => {
    const { learner } = await people();
    const key = randomUUID();
    for (const skills of [[], ['9.9'], ['1.1', '1.2', '1.3', '2.1', '2.2', '2.3']])
      await as(learner).post('/skills/tasks/new', { key, skills }).expect(422);
  });
});

describe('turns', () => {
  it('are told to the one whose turn it is, and stand on their front page', async () => {
    const { learner, judge } = await people();
    const address = await aDraft(learner);
    await send(learner, address, story(judge)).expect(303);
    expect((await as(judge).get('/')).text).toContain('href="/skills/tasks/to-judge"');
    expect((await as(learner).get('/')).text).not.toContain('href="/skills/tasks/to-judge"');
    await as(judge).post(judging(address), { feedback: 'Kokeile vielä.', go: 'not_yet' }).expect(303);
    const told = await asOwner(() => db().table('notifications').orderBy('created_at'));
    expect(told.map(({ person_id, kind }) => [person_id, kind])).toEqual(
      expect.arrayContaining([
        [judge.id, 'evidence.asked'],
        [learner.id, 'evidence.not_yet'],
      ]),
    );
    expect((await as(judge).get('/')).text).not.toContain('href="/skills/tasks/to-judge"');
  });

  it('go on with another when the one who asked for more may not be asked any longer', async () => {
    const { organisation, learner, judge } = await people();
    const other = await aPerson({ organisation, roles: ['reviewer'] });
    const address = await aDraft(learner);
    await send(learner, address, story(judge)).expect(303);
    await as(judge).post(judging(address), { feedback: 'Kerro lisää.', go: 'more' }).expect(303);
    await asOwner(() =>
      db()('memberships')
        .where({ person_id: judge.id })
        .update({ roles: ['learner'] }),
    );
    await send(learner, address, story(other)).expect(303);
    await as(other).get(judging(address)).expect(200);
  });
});

it.each(['professional', 'supervisor'])(
  'waits no more for one who was asked as a %s and is none today',
  async (role) => {
    const { targets } = await theFramework();
    const { organisation, learner, judge } = await people(targets[0]?.profile ?? null);
    const lead = await aPerson({ organisation });
    const team = await aTeam(organisation, { members: [learner], supervisor: lead });
    const asked = role === 'professional' ? judge : await reload(lead);
    const address = await aDraft(learner, 'task', [targets[0]?.competence_code as string]);
    await send(learner, address, story(asked)).expect(303);
    await as(asked).get(judging(address)).expect(200);
    await asOwner(async () => {
      await db()('team_supervisors').where({ team_id: team.id }).delete();
      await db()('memberships')
        .where({ person_id: asked.id })
        .update({ roles: ['learner'] });
    });
    const now = await reload(asked);
    await as(now).get(judging(address)).expect(404);
    await as(now).post(judging(address), { feedback: 'Ei', go: 'not_yet' }).expect(404);
    expect((await as(now).get('/skills/tasks/to-judge')).text).not.toContain(judging(address));
    expect(await stateOf(address)).toBe('sent');
  },
);

describe('a supervisor', () => {
  it('may be asked about the skills of the agreed profile only', async () => {
    const { targets } = await theFramework();
    const agreed = targets[0];
    const { organisation, learner } = await people(agreed?.profile ?? null);
    const noProfile = await aPerson({ organisation });
    const lead = await aPerson({ organisation, name: 'Liisa Esihenkilö' });
    await aTeam(organisation, { members: [learner, noProfile], supervisor: lead });
    const supervisor = await reload(lead);

    const within = await aDraft(learner, 'task', [agreed?.competence_code as string]);
    await send(learner, within, story(supervisor)).expect(303);
    await as(supervisor).get(judging(within)).expect(200);
    const beyond = await aDraft(noProfile, 'task', [agreed?.competence_code as string]);
    await send(noProfile, beyond, story(supervisor)).expect(422);
  });
});

describe('who sees it', () => {
  it('is the learner and the one they asked, in their own organisation; for all others it is not there', async () => {
    const { organisation, learner, judge } = await people();
    const foreign = await aPerson({ roles: ['reviewer', 'administrator'] });
    const others = {
      admin: await aPerson({ organisation, roles: ['administrator'] }),
      colleague: await aPerson({ organisation }),
      otherProfessional: await aPerson({ organisation, roles: ['reviewer'] }),
      foreign,
    };
    const address = await aDraft(learner);
    const picture = await send(learner, address, story(judge, { go: 'keep' })).attach(
      'files',
      'test/support/h5p-toy/content/images/viesti.png',
    );
    expect(picture.status).toBe(303);
    await as(judge).get(judging(address)).expect(404);
    await send(learner, address, story(judge)).expect(303);
    const file = page(await as(judge).get(judging(address)))('.evidence-files a').attr('href') as string;

    expect((await as(learner).get(file)).status).toBe(200);
    const served = await as(judge).get(file);
    expect(served.headers).toMatchObject({ 'content-type': 'image/webp', 'x-content-type-options': 'nosniff' });
    expect(served.headers['content-security-policy']).toContain('sandbox');
    for (const [who, actor] of Object.entries(others)) {
      for (const path of [address, judging(address), file])
        expect([who, path, (await as(actor).get(path)).status]).toEqual([who, path, 404]);
      const tries = [judging(address), address, `${address}/withdraw`, `${address}/take`];
      for (const path of tries)
        expect([who, path, (await as(actor).post(path, { go: 'recognise', seen: 'x' })).status]).toEqual([
          who,
          path,
          404,
        ]);
    }
    await as(judge).get(address).expect(404);
    await as(judge).post(`${address}/take`).expect(404);
    await as(learner).get(judging(address)).expect(404);
    await as(learner).post(`${address}/withdraw`).expect(303);
    await as(judge).get(file).expect(404);
  });
});

describe('a file', () => {
  it.each([
    ['a page', 'x.html', '<script>alert(1)</script>'],
    ['a drawing in code', 'x.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
    ['a program by the name of a document', 'x.pdf', 'MZ….'],
    ['a program by the name of a sound', 'x.m4a', 'MZ….ftyp'],
    ['pictures by the name of a sound', 'x.wav', 'RIFF….AVI LIST'],
  ])('is refused when it is %s', async (_, name, text) => {
    const { learner, judge } = await people();
    const address = await aDraft(learner);
    await send(learner, address, story(judge, { go: 'keep' }))
      .attach('files', Buffer.from(text), name)
      .expect(422);
    expect(await asOwner(() => db()('submission_files'))).toEqual([]);
  });

  it.each([
    ['recorded in a browser', 'aanitys.webm', Buffer.from('1a45dfa3010000', 'hex'), 'audio/webm'],
    ['of a phone', 'aani.m4a', Buffer.from('\0\0\0\x20ftypM4A ', 'latin1'), 'audio/mp4'],
    ['of a recorder', 'aani.wav', Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1'), 'audio/wav'],
    ['without a name tag', 'aani.mp3', Buffer.from('fffb9064', 'hex'), 'audio/mpeg'],
  ])('may be a sound %s', async (_, name, data, mime) => {
    const { learner, judge } = await people();
    const address = await aDraft(learner);
    await send(learner, address, story(judge, { go: 'keep' }))
      .attach('files', data, name)
      .expect(303);
    expect(await asOwner(() => db()('submission_files'))).toMatchObject([{ name, mime }]);
  });

  it('and a link is shown as text, not as a way out', async () => {
    const { learner, judge } = await people();
    const address = await aDraft(learner);
    await send(learner, address, story(judge, { link: 'https://example.org/tyo' })).expect(303);
    const $ = page(await as(judge).get(judging(address)));
    expect($('main').text()).toContain('https://example.org/tyo');
    expect($('a[href^="https://example.org"]')).toHaveLength(0);
  });

  it('can be taken away again', async () => {
    const { learner, judge } = await people();
    const address = await aDraft(learner);
    await send(learner, address, story(judge, { go: 'keep' }))
      .attach('files', Buffer.from('%PDF-1.7 …'), 'todistus.pdf')
      .expect(303);
    const [file] = await asOwner(() => db()('submission_files'));
    await send(learner, address, story(judge, { go: 'keep', remove: file?.id })).expect(303);
    expect(await asOwner(() => db()('submission_files'))).toEqual([]);
  });
});
