import type { Actor } from '../../src/features/organisations/organisations.model';
import { queryOf, readDefinition } from '../../src/features/reports/own/own-definition';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, reload } from '../support/factories';
import { anAgreedCourse, aTeamOf, levels, withFramework } from '../support/factories-reports';

const pairs = (count: number, before: number, after: number) =>
  Array.from({ length: count }, () => [before, after] as const);

async function arrange() {
  await withFramework();
  const arranged = await aTeamOf({ people: 8, target_profile: 'professional' });
  await levels(arranged.members, '4.2', pairs(8, 2, 3));
  const administrator = await reload(
    await aPerson({ organisation: arranged.organisation, roles: ['administrator'], name: 'Ville Ylläpitäjä' }),
  );
  return { ...arranged, administrator };
}

const query = (values: Record<string, string>) => {
  const definition = readDefinition(values);
  if (!definition) throw new Error('no such source');
  return queryOf(definition);
};
const GROWTH = query({ source: 'growth', group: 'competence' });

async function saved(actor: Actor, name = 'Growth', chosen = GROWTH): Promise<string> {
  const response = await as(actor).post('/reports/own', { name, query: chosen });
  return String(/^(\/reports\/own\/[\w-]+)\?/.exec(response.headers.location ?? '')?.[1]);
}
const rowsOf = (response: { text: string }) =>
  page(response as never)('.report-part tbody > tr')
    .toArray()
    .map((row) =>
      page(response as never)(row)
        .text()
        .replace(/\s+/g, ' ')
        .trim(),
    );

describe('the builder', () => {
  it.each(['skills', 'growth', 'coverage', 'training', 'help'])(
    'has a preview of %s in three steps',
    async (source) => {
      const { supervisor } = await arrange();
      const start = await as(supervisor).get('/reports/own/new');
      expect(page(start)(`a[href="/reports/own/new?source=${source}"]`)).toHaveLength(1);
      const response = await as(supervisor).get(`/reports/own/new?source=${source}`);
      expect(response.status).toBe(200);
      expect(page(response)('#preview').text()).toBe('Preview');
      expect(page(response)('.report-about dt').first().text()).not.toBe('');
    },
  );

  it('shows the numbers of the growth report', async () => {
    const { supervisor, team } = await arrange();
    const ready = await as(supervisor).get(`/team/${team.id}/growth`);
    const response = await as(supervisor).get(`/reports/own/new?${GROWTH}`);
    const [row] = rowsOf(response);
    expect(row).toContain('+1.0');
    expect(page(ready)('#growth ~ tbody > tr').first().text()).toContain('+1.0');
    const file = await as(supervisor).get(`/reports/own/new.csv?${GROWTH}`);
    expect(file.text).toContain('1.0');
  });

  it('refuses a third dimension and says so by the field', async () => {
    const { supervisor, team } = await arrange();
    const three = `source=coverage&group=competence&group2=profile&team=${team.id}`;
    const response = await as(supervisor).get(`/reports/own/new?${three}`);
    expect(page(response)('#group2-error').text()).toContain('two at most');
    expect(page(response)('#preview')).toHaveLength(0);
    expect((await as(supervisor).get(`/reports/own/new.csv?${three}`)).status).toBe(404);
    expect((await as(supervisor).post('/reports/own', { name: 'x', query: three })).status).toBe(422);
  });

  it.each([
    'source=growth&source=skills',
    'source[]=growth',
    'source=growth&group=password_hash&columns=email&columns=last_seen_at',
    'source=growth&group[$ne]=1&columns[a][b]=c',
    `source=skills&competence=${'x'.repeat(5000)}`,
    'source=skills&team=%27%3Bdrop%20table%20people',
    'source=training&group=person&columns=__proto__',
    'source=constructor',
    'source=help&months=1e9',
    'source=growth&chart=%3Cscript%3E',
  ])('takes a hostile address calmly: %#', async (hostile) => {
    const { supervisor } = await arrange();
    const response = await as(supervisor).get(`/reports/own/new?${hostile}`);
    expect(response.status).toBe(200);
    expect(response.text).not.toContain('<script>');
    expect(page(response)('main').html()).not.toMatch(/password_hash|last_seen_at|value="email/);
  });

  it('names people only in agreed training', async () => {
    const { supervisor, administrator, members } = await arrange();
    for (const source of ['skills', 'growth', 'coverage', 'help'])
      for (const group of ['person', 'competence', 'team'])
        for (const reader of [supervisor, administrator]) {
          const { text } = await as(reader).get(`/reports/own/new?source=${source}&group=${group}&competence=4.2`);
          for (const { name } of members) expect(text).not.toContain(name);
        }
  });
});

describe('a saved report', () => {
  it('is made once by a form that is sent twice', async () => {
    const { supervisor } = await arrange();
    const form = { name: 'Twice', query: GROWTH, form_key: '00000000-0000-4000-8000-000000000001' };
    const [first, second] = [
      await as(supervisor).post('/reports/own', form),
      await as(supervisor).post('/reports/own', form),
    ];
    expect(second.headers.location).toBe(first.headers.location);
    expect(
      page(await as(supervisor).get('/reports/own'))('.report-list a[href^="/reports/own/"]:not([href*="new"])'),
    ).toHaveLength(1);
  });

  it('asks for a name, and keeps what was chosen', async () => {
    const { supervisor } = await arrange();
    const response = await as(supervisor).post('/reports/own', { name: ' ', query: GROWTH });
    expect(response.status).toBe(422);
    expect(page(response)('#name-error').text()).toContain('Give the report a name');
    expect(page(response)('input[name=query]').val()).toBe(GROWTH);
  });

  it('is edited, copied, deleted and taken back', async () => {
    const { supervisor } = await arrange();
    const address = await saved(supervisor);
    const coverage = query({ source: 'coverage', group: 'competence' });
    await as(supervisor).post(address, { name: 'Targets', query: coverage });
    expect(page(await as(supervisor).get(address))('h1').text()).toBe('Targets');
    const copy = await as(supervisor).post(`${address}/copy`, {});
    expect(page(await as(supervisor).get(copy.headers.location ?? ''))('h1').text()).toBe('Targets, copy');
    const removal = await as(supervisor).post(`${address}/removal`, {});
    const list = page(await as(supervisor).get(removal.headers.location ?? ''));
    expect(list(`a[href="${address}"]`)).toHaveLength(0);
    await as(supervisor).post(list('form[action$="/restoring"]').attr('action') ?? '', {});
    expect((await as(supervisor).get(address)).status).toBe(200);
  });

  it('shows a colleague what that colleague may see, never what its maker may', async () => {
    const { organisation, administrator, supervisor, members } = await arrange();
    const address = await saved(administrator);
    expect((await as(supervisor).get(address)).status).toBe(404);
    await as(administrator).post(`${address}/readers`, { person: supervisor.id });
    const other = await aTeamOf({ organisation, people: 1 });
    await as(administrator).post(`${address}/readers`, { person: other.supervisor.id });
    expect(rowsOf(await as(supervisor).get(address))).toHaveLength(1);
    expect(rowsOf(await as(other.supervisor).get(address))).toEqual([]);
    await as(administrator).post(`${address}/readers/${supervisor.id}/removal`, {});
    expect((await as(supervisor).get(address)).status).toBe(404);
    const [member] = members as [Actor];
    const refused = await as(administrator).post(`${address}/readers`, { person: member.id });
    expect(refused.headers.location).toContain('notShared');
    expect((await as(member).get(address)).status).toBe(403);
  });

  it('is changed by its maker only', async () => {
    const { administrator, supervisor } = await arrange();
    const address = await saved(administrator);
    await as(administrator).post(`${address}/readers`, { person: supervisor.id });
    const tries = ['', '/removal', '/restoring', '/readers', '/schedule', `/readers/${supervisor.id}/removal`];
    for (const path of tries)
      expect([path, (await as(supervisor).post(address + path, { name: 'x', query: GROWTH })).status]).toEqual([
        path,
        404,
      ]);
    expect((await as(supervisor).get(`${address}/edit`)).status).toBe(404);
    expect((await as(supervisor).post(`${address}/copy`, {})).status).toBe(303);
  });

  it('is not found in another organisation', async () => {
    const { administrator } = await arrange();
    const address = await saved(administrator);
    const elsewhere = await reload(await aPerson({ organisation: await anOrganisation(), roles: ['administrator'] }));
    for (const path of ['', '.csv', '/edit']) expect((await as(elsewhere).get(address + path)).status).toBe(404);
    expect((await as(elsewhere).post(`${address}/copy`, {})).status).toBe(404);
  });

  it('says so when its team is gone', async () => {
    const { administrator, team } = await arrange();
    const address = await saved(administrator, 'Team', query({ source: 'growth', group: 'competence', team: team.id }));
    expect(rowsOf(await as(administrator).get(address))).toHaveLength(1);
    await asOwner(() => db().table('teams').where({ id: team.id }).delete());
    const response = await as(administrator).get(address);
    expect(page(response)('.report-part').text()).toContain('no more');
    expect((await as(administrator).get(`${address}.csv`)).status).toBe(200);
  });
});

it('tells those whom it names who has looked', async () => {
  const { supervisor, members, organisation, team } = await arrange();
  await anAgreedCourse(organisation, { team });
  const looks = () => asOwner(() => db().table('looks').where({ viewer_id: supervisor.id }).pluck('person_id'));
  await as(supervisor).get('/reports/own/new?source=training&group=course');
  expect(await looks()).toEqual([]);
  const address = '/reports/own/new.csv?source=training&group=person';
  expect((await as(supervisor).get(address)).text).toContain(members[0]?.name);
  expect(new Set(await looks())).toEqual(new Set(members.map(({ id }) => id)));
});
