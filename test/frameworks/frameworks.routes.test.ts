import request from 'supertest';
import { frameworkWords } from '../../src/features/skills/skills.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope, reload } from '../support/factories';
import { anAdministrator } from '../support/factories-admin';
import { anObservation, theFramework } from '../support/factories-skills';
import { aProfile, given } from '../support/factories-targets';
import { runJobs } from '../support/jobs';

const IMPORT = '/skills/frameworks/import';
const USE = '/skills/frameworks/use';
type Somebody = Parameters<typeof as>[0] & { id: string; organisation_id: string };

const OURS = `koodi;yläkoodi;laji;taso;nimi
K;;alue;;Kohtaaminen
K.1;K;taito;;Rauhallinen ohjaaminen
K.1-2;K.1;osaan;2;Kysyn ensin
4.2;K;taito;;Omat tiedot turvassa`;

beforeEach(() => theFramework());

const send = (person: Somebody, content: string | Buffer, fields: Record<string, string> = {}, name = 'taidot.csv') => {
  const posted = request(as(person).app).post(IMPORT);
  for (const [field, value] of Object.entries({ title: 'Meidän taidot', version: '1', ...fields }))
    posted.field(field, value);
  return posted.attach('file', Buffer.from(content), name);
};

/** Sends, looks and confirms. Returns the id of the framework. */
async function imported(admin: Somebody, content: string, fields: Record<string, string> = {}): Promise<string> {
  const sent = await send(admin, content, fields);
  await as(admin).post(`${sent.headers.location}/confirm`);
  const row = await asOwner(() =>
    db()('frameworks')
      .where({ organisation_id: admin.organisation_id, version: fields.version ?? '1' })
      .first(),
  );
  return row?.id ?? '';
}

describe('importing', () => {
  it('shows what a file would become, also after a reload, and takes it into use only when confirmed', async () => {
    const { admin } = await anAdministrator();
    const sent = await send(admin, OURS);
    expect(sent.status).toBe(303);
    const own = () => asOwner(() => db()('frameworks').where({ organisation_id: admin.organisation_id }));
    for (const _ of [1, 2]) {
      const $ = page(await as(admin).get(sent.headers.location ?? ''));
      expect($('.framework-tree').text()).toContain('Rauhallinen ohjaaminen');
      expect(await own()).toEqual([]);
    }
    for (const _ of [1, 2]) {
      const answer = await as(admin).post(`${sent.headers.location}/confirm`);
      expect([answer.status, answer.headers.location]).toEqual([303, `${sent.headers.location}?saved=imported`]);
    }
    expect((await own()).map(({ key, version }) => [key, version])).toEqual([['own-meidan-taidot', '1']]);
    expect((await as(admin).get('/skills/frameworks/own-meidan-taidot/1')).text).toContain('Rauhallinen ohjaaminen');
  });

  it('imports nothing of a file with one wrong row, and says which and why', async () => {
    const { admin } = await anAdministrator();
    const sent = await send(admin, `${OURS}\nK.9;EI;taito;;Irrallinen`);
    const address = sent.headers.location ?? '';
    const $ = page(await as(admin).get(address));
    expect($('tbody tr').text()).toMatch(/6.*K\.9.*EI/s);
    expect($(`form[action="${address}/confirm"]`)).toHaveLength(0);
    expect((await as(admin).post(`${address}/confirm`)).status).toBe(422);
    expect(await asOwner(() => db()('frameworks').where({ organisation_id: admin.organisation_id }))).toEqual([]);
  });

  it('says by field what is wrong with the sending', async () => {
    const { admin } = await anAdministrator();
    const field = async (answer: PromiseLike<{ status: number; text: string }>) => {
      const got = await answer;
      return [got.status, page(got)('.govuk-error-summary a').attr('href')];
    };
    expect(await field(send(admin, OURS, { title: '' }))).toEqual([422, '#title']);
    expect(await field(send(admin, OURS, { version: '' }))).toEqual([422, '#version']);
    expect(await field(send(admin, OURS, { version: '../1' }))).toEqual([422, '#version']);
    expect(await field(send(admin, ''))).toEqual([422, '#file']);
    expect(await field(send(admin, Buffer.from([0, 1, 2, 3])))).toEqual([422, '#file']);
    expect(await field(send(admin, 'a;b\n1;2'))).toEqual([422, '#file']);
    expect((await send(admin, 'koodi;nimi\nA;"x\n')).text).toContain('row 2');
  });

  it('keeps old versions, knows the same one, and refuses other content under the same version', async () => {
    const { admin } = await anAdministrator();
    await imported(admin, OURS);
    const again = await send(admin, OURS);
    expect((await as(admin).post(`${again.headers.location}/confirm`)).headers.location).toMatch(/saved=unchanged$/);
    const other = await send(admin, OURS.replace('Kysyn ensin', 'Kuuntelen'));
    expect((await as(admin).post(`${other.headers.location}/confirm`)).status).toBe(422);
    await imported(admin, OURS.replace('Kysyn ensin', 'Kuuntelen'), { version: '2' });
    const versions = await asOwner(() => db()('frameworks').where({ organisation_id: admin.organisation_id }));
    expect(versions.map(({ version }) => version).sort()).toEqual(['1', '2']);
  });

  it('forgets what was discarded or has expired', async () => {
    const { admin } = await anAdministrator();
    const [one, two] = [await send(admin, OURS), await send(admin, OURS)];
    await as(admin).post(`${one.headers.location}/discard`);
    await asOwner(() => db().raw("update framework_drafts set expires_at = now() - interval '1 minute'"));
    for (const { headers } of [one, two]) {
      expect((await as(admin).get(headers.location ?? '')).status).toBe(404);
      expect((await as(admin).post(`${headers.location}/confirm`)).status).toBe(404);
    }
  });

  it('shows a draft to nobody else, and an own framework to no other organisation', async () => {
    const { organisation, admin } = await anAdministrator();
    const sent = await send(admin, OURS);
    const others = [
      await aPerson({ organisation, roles: ['administrator'] }),
      await aPerson({ roles: ['administrator'] }),
    ];
    for (const other of others)
      for (const path of ['', '/confirm'] as const) {
        const answer = path
          ? await as(other).post(`${sent.headers.location}${path}`)
          : await as(other).get(sent.headers.location ?? '');
        expect(answer.status).toBe(404);
      }
    const id = await imported(admin, OURS);
    const [colleague, stranger] = others as [Somebody, Somebody];
    for (const path of ['', '/K.1', '/framework.csv', '/framework.json', '/texts']) {
      const address = `/skills/frameworks/own-meidan-taidot/1${path}`;
      expect([path, (await as(colleague).get(address)).status, (await as(stranger).get(address)).status]).toEqual([
        path,
        200,
        404,
      ]);
    }
    for (const path of [USE, '/skills/frameworks'])
      expect((await as(stranger).get(path)).text).not.toContain('Meidän taidot');
    expect((await as(stranger).get(`${USE}/${id}`)).status).toBe(404);
    expect((await as(stranger).post(`${USE}/${id}`)).status).toBe(404);
    expect(await inScope(stranger, () => db()('frameworks').where({ id }))).toEqual([]);
  });

  it('gives back files that read the same, in both forms', async () => {
    const { admin } = await anAdministrator();
    await imported(admin, OURS);
    const shape = async (version: string) => {
      const { rows } = await asOwner(() =>
        db().raw(
          `select n.kind, n.code, n.parent_code, n.data, t.language, t.field, t.text from frameworks f
           join framework_nodes n on n.framework_id = f.id left join framework_texts t on t.node_id = n.id
           where f.organisation_id = ? and f.version = ? order by n.code, t.language, t.field`,
          [admin.organisation_id, version],
        ),
      );
      return rows;
    };
    const base = '/skills/frameworks/own-meidan-taidot/1/framework';
    const csv = await as(admin).get(`${base}.csv`);
    await imported(admin, csv.text, { version: 'csv' });
    const json = await as(admin).get(`${base}.json`);
    const sent = await send(admin, JSON.stringify(json.body), { title: '', version: 'case' }, 'taidot.json');
    await as(admin).post(`${sent.headers.location}/confirm`);
    expect((await shape('1')).length).toBeGreaterThan(3);
    expect(await shape('csv')).toEqual(await shape('1'));
    expect(await shape('case')).toEqual(await shape('1'));
  });

  it('gives a template that can be sent back as it is', async () => {
    for (const language of ['fi', 'sv', 'en'] as const) {
      const { admin } = await anAdministrator({ language });
      const template = await as(admin).get(`${IMPORT}/template.csv`);
      const sent = await send(admin, template.text);
      expect((await as(admin).post(`${sent.headers.location}/confirm`)).status).toBe(303);
    }
  });
});

describe('choosing a framework', () => {
  async function aSwitch() {
    const { organisation, admin } = await anAdministrator();
    const id = await imported(admin, OURS);
    const own = await aProfile(admin, { name: 'Oma', levels: { '4.2': [3, 5], '5.4': [2, 4] } });
    const learner = await aPerson({ organisation });
    await given(admin, own, learner);
    const ready = await aPerson({ organisation, target_profile: 'professional' });
    await anObservation(learner, { competence_code: '5.4', level: 4 });
    return { organisation, admin, id, own, learner, ready };
  }
  const codes = async (person: Somebody) => [...(await inScope(person, () => frameworkWords('fi'))).competences.keys()];
  const map = (admin: Somebody, id: string, fields: object) => as(admin).post(`${USE}/${id}/mapping`, fields);

  it('shows what maps and what does not before anything changes', async () => {
    const { admin, id } = await aSwitch();
    const $ = page(await as(admin).get(`${USE}/${id}`));
    expect($('#same').parent().text()).toContain('4.2');
    expect($('#fresh').parent().text()).toContain('K.1');
    expect($('#others').parent().find('li').length).toBe(20);
    expect(await codes(admin)).toContain('5.4');
  });

  it('lets profiles and evidence follow, loses nothing, and goes back', async () => {
    const { admin, id, own, learner, ready } = await aSwitch();
    expect((await map(admin, id, { 'to_5.4': 'K.1', 'rel_5.4': 'equal' })).status).toBe(303);
    expect((await as(admin).post(`${USE}/${id}`)).headers.location).toBe(`${USE}?saved=used`);
    await runJobs();
    expect(await codes(learner)).toEqual(['K.1', '4.2']);
    const words = await inScope(learner, () => frameworkWords('fi'));
    expect([...(words.targets.get(own) ?? [])].sort()).toEqual([
      ['4.2', 3],
      ['K.1', 2],
    ]);
    expect(words.aims.get(own)?.get('K.1')).toBe(4);
    const kept = await reload(ready);
    expect(words.profiles.get(kept.target_profile ?? '')).toBe('Ammattilainen');
    const levels = () =>
      inScope(learner, () =>
        db()('skill_estimates')
          .where({ person_id: learner.id })
          .orderBy('competence_code')
          .select('competence_code', 'level'),
      );
    expect(await levels()).toEqual([
      { competence_code: '5.4', level: 4 },
      { competence_code: 'K.1', level: 4 },
    ]);
    expect((await as(await reload(learner)).get('/skills/goals')).text).toContain('Rauhallinen ohjaaminen');

    const standard = await asOwner(() => db()('frameworks').where({ is_default: true }).first());
    await as(admin).post(`${USE}/${standard?.id}`);
    await runJobs();
    expect(await codes(learner)).toContain('5.4');
    const back = await inScope(learner, () => frameworkWords('fi'));
    expect([...(back.targets.get(own) ?? [])].sort()).toEqual([
      ['4.2', 3],
      ['5.4', 2],
    ]);
    expect(await levels()).toHaveLength(2);
  });

  it('carries evidence of what is broader, and leaves that of a part where it is', async () => {
    for (const [relation, count] of [
      ['broader', 2],
      ['narrower', 1],
    ] as const) {
      const { admin, id, learner } = await aSwitch();
      await map(admin, id, { 'to_5.4': 'K.1', 'rel_5.4': relation });
      await as(admin).post(`${USE}/${id}`);
      await runJobs();
      const seen = await inScope(learner, () => db()('observations').where({ person_id: learner.id }));
      expect(seen).toHaveLength(count);
    }
  });

  it('asks for a file when there are too many skills for a page', async () => {
    const { admin } = await anAdministrator();
    const many = Array.from({ length: 400 }, (_, n) => `M.${n};M;taito;;Taito ${n}`).join('\n');
    const id = await imported(admin, `koodi;yläkoodi;laji;taso;nimi\nM;;alue;;Monta\n${many}`);
    const answer = await as(admin).get(`${USE}/${id}`);
    expect([answer.status, page(answer)('main select').length]).toEqual([200, 0]);
    expect(answer.text.length).toBeLessThan(200_000);
  });

  it('changes nothing for another organisation', async () => {
    const { admin, id } = await aSwitch();
    await as(admin).post(`${USE}/${id}`);
    expect(await codes(await aPerson({ organisation: await anOrganisation() }))).toContain('5.4');
  });

  it('says by field what is wrong with a counterpart', async () => {
    const { admin, id } = await aSwitch();
    const unknown = await map(admin, id, { 'to_5.4': 'X.9', 'rel_5.4': 'equal' });
    expect([unknown.status, page(unknown)('.govuk-error-summary a').attr('href')]).toEqual([422, '#to_5.4']);
    const relation = await map(admin, id, { 'to_5.4': 'K.1', 'rel_5.4': 'cousin' });
    expect([relation.status, page(relation)('.govuk-error-summary a').attr('href')]).toEqual([422, '#rel_5.4']);
  });

  it('reads counterparts from a file, whole or not at all', async () => {
    const { admin, id } = await aSwitch();
    const post = (text: string) =>
      request(as(admin).app).post(`${USE}/${id}/file`).attach('file', Buffer.from(text), 'vastaavuudet.csv');
    const said = () =>
      asOwner(() => db().table('framework_mappings').where({ organisation_id: admin.organisation_id }));
    for (const bad of [
      'a;b\n1;2',
      'vanha koodi;uusi koodi\n5.4;X',
      'from,to,relation\n5.4,K.1,cousin',
      'from,to\n9.9,K.1',
      'from,to\n5.4,K.1\n5.4,4.2',
    ])
      expect([bad, (await post(bad)).status]).toEqual([bad, 422]);
    expect(await said()).toEqual([]);
    expect((await post('vanha koodi;uusi koodi;suhde\n5.4;K.1;sama\n1.1;;ei')).status).toBe(303);
    expect((await said()).map(({ from_code, to_code, relation }) => [from_code, to_code, relation]).sort()).toEqual([
      ['1.1', null, 'none'],
      ['5.4', 'K.1', 'equal'],
    ]);
  });
});

describe('texts', () => {
  const TEXTS = '/skills/frameworks/own-meidan-taidot/1/texts';

  it('lists what is missing in a language, and marks own texts as reviewed', async () => {
    const { admin } = await anAdministrator();
    await imported(admin, OURS);
    expect(page(await as(admin).get(`${TEXTS}?language=sv`))('#missing').text()).toContain('4');
    const $ = page(await as(admin).get(`${TEXTS}?language=fi`));
    const texts = $('[name=texts]')
      .toArray()
      .map((box) => $(box).val());
    expect(texts).toHaveLength(4);
    await as(admin).post(`${TEXTS}?language=fi`, { texts: texts.slice(0, 3) });
    expect(page(await as(admin).get(`${TEXTS}?language=fi`))('[name=texts]')).toHaveLength(1);
  });

  it('lets nobody review what is not theirs', async () => {
    const { organisation, admin } = await anAdministrator();
    await imported(admin, OURS);
    const stranger = await aPerson({ roles: ['administrator'] });
    expect((await as(stranger).post(`${TEXTS}?language=fi`, { texts: ['x'] })).status).toBe(404);
    expect((await as(await aPerson({ organisation })).post(`${TEXTS}?language=fi`)).status).toBe(403);
    expect((await as(admin).post('/skills/frameworks/oppiva/1/texts?language=fi', { texts: ['x'] })).status).toBe(403);
    expect((await as(admin).get('/skills/frameworks/oppiva/1/texts?language=sv')).status).toBe(200);
  });
});

const ADMIN_ONLY: [method: 'get' | 'post', path: string][] = [
  ['get', IMPORT],
  ['post', IMPORT],
  ['get', `${IMPORT}/template.csv`],
  ['get', `${IMPORT}/x`],
  ['post', `${IMPORT}/x/confirm`],
  ['post', `${IMPORT}/x/discard`],
  ['get', USE],
  ['get', `${USE}/x`],
  ['post', `${USE}/x`],
  ['post', `${USE}/x/mapping`],
  ['post', `${USE}/x/file`],
];

it.each(ADMIN_ONLY)('lets only an administrator %s %s', async (method, path) => {
  const { organisation, admin } = await anAdministrator();
  const others = [
    await aPerson({ organisation }),
    await aPerson({ organisation, roles: ['author', 'reviewer', 'expert'] }),
  ];
  for (const other of others) expect((await as(other)[method](path)).status).toBe(403);
  expect((await as(admin)[method](path)).status).not.toBe(403);
});
