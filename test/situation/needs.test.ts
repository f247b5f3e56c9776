import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { picturedMonths } from '../../src/features/situation/situation.queries';
import { createSpace } from '../../src/features/spaces/spaces.service';
import { addFigures, addSupporter } from '../../src/features/visits/figures.model';
import { insertContact } from '../../src/features/visits/visits.model';
import { dayOf } from '../../src/lib/calendar';
import { db, statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner, inScope } from '../support/factories';
import { anAdministrator as anAdministered } from '../support/factories-admin';

const anAdministrator = async () => (await anAdministered()).admin;
const text = (response: { text: string }) => page(response)('main').text().replace(/\s+/g, ' ');
const [month] = picturedMonths().months.slice(-1);
interface Figure {
  area_code?: string;
  theme?: string;
  form?: string;
  contacts?: number;
  did_self?: number;
  requests_opened?: number;
  requests_unmet?: number;
  blocked?: Record<string, number>;
}
const figures = (admin: Actor, rows: Figure[]) =>
  asOwner(() =>
    db()
      .table('support_month_figures')
      .insert(
        rows.map(({ blocked = {}, ...row }) => ({
          ...{ organisation_id: admin.organisation_id, month, area_code: '091', theme: 'devices', form: 'near' },
          ...{ minutes: 30 * (row.contacts ?? 0), ...row, blocked: JSON.stringify(blocked) },
        })),
      ),
  );
/** The cells of a row of the table with this caption, by the row's heading. */
const rowOf = (response: { text: string }, caption: string, heading: string) => {
  const html = page(response);
  const table = html('table').filter((_, one) => html(one).find('caption').text().trim() === caption);
  const row = table.find('tr').filter((_, one) => html(one).find('th').first().text().trim() === heading);
  return row
    .find('td')
    .toArray()
    .map((cell) => html(cell).text().trim());
};
const FEW = 'Hidden: fewer than 5 people';

it('uudi-02: places and hours stand beside requests by theme and by area, and gaps name the next action with its theme filled in', async () => {
  const { admin } = await anAdministered({ roles: ['administrator', 'author'] } as never);
  await as(admin).post('/places', {
    ...{
      id: randomUUID(),
      name: 'Tupa',
      address: 'Katu 1',
      area_code: '091',
      phone: '040',
      day1: '12–16',
      languages: ['fi'],
    },
    ...{ services: ['devices'], forms: ['near'], visibility: 'organisation' },
  });
  await figures(admin, [
    { contacts: 40, did_self: 15, requests_opened: 20, requests_unmet: 8 },
    { theme: 'bank-and-identification', contacts: 30, requests_opened: 10, blocked: { identification: 14 } },
    { area_code: '049', contacts: 12, requests_opened: 9 },
  ]);
  const answer = await as(admin).get('/situation');
  expect(rowOf(answer, 'Supply and need by theme', 'Devices and technology')).toEqual(['1', '4', '29', '8', '52']);
  expect(rowOf(answer, 'Supply and need by area', 'Espoo')).toEqual(['0', '0', '9', '0', '12']);
  const far = { id: randomUUID(), name: 'Tampere', address: 'Katu 1', area_code: '837', phone: '040', day1: '12–16' };
  await as(admin).post('/places', {
    ...far,
    languages: ['fi'],
    services: ['safety'],
    forms: ['near'],
    visibility: 'organisation',
  });
  const byRegion = await as(admin).get('/situation');
  expect(rowOf(byRegion, 'Supply and need by area', 'Uusimaa')).toEqual(['1', '4', '39', '8', '82']);
  expect(rowOf(byRegion, 'Supply and need by area', 'Pirkanmaa')).toEqual(['1', '4', '0', '0', '0']);
  const shown = text(answer);
  expect(shown).toContain(
    '14 times of support stopped at identification. The theme Bank and identification has no lesson in easy Finnish.',
  );
  expect(shown).toContain('8 requests were left without help. Theme: Devices and technology.');
  expect(shown).toContain('Espoo: support was needed 9 times, but there is no place of support.');
  expect(shown).toContain('Bank and identification has 10 requests, but no place says that it helps with it.');
  expect(shown).toContain('In 15 of 82 times of support the person in the end did it alone.');
  const html = page(answer);
  const need = html('.lack a').filter((_, one) => html(one).attr('href')?.startsWith('/cards/new') ?? false);
  const form = page(await as(admin).get(need.first().attr('href') as string));
  expect(form('select[name=theme]').val()).toBe('bank-and-identification');
  expect(form('textarea[name=body_what]').text()).toContain('14 times of support stopped');
  const lesson = html('.lack form').first();
  const fields = Object.fromEntries(
    lesson
      .find('input')
      .toArray()
      .map((one) => [html(one).attr('name'), html(one).attr('value')]),
  );
  for (let time = 0; time < 2; time += 1) {
    const begun = await as(admin).post('/situation/lessons', fields);
    expect(begun.headers.location).toBe(`/write/drafts/${fields.draft}`);
  }
  expect(text(await as(admin).get(`/cards/${fields.id}`))).toContain('14 times of support stopped');
  const drafts = await asOwner(() => db().table('lesson_drafts').where({ organisation_id: admin.organisation_id }));
  expect(drafts).toHaveLength(1);
  const file = (await as(admin).get('/situation/figures.csv')).text;
  expect(file).toContain('Devices and technology;1;4;29;8;52');
  expect(
    (
      await as(await aPerson({ organisation: { id: admin.organisation_id } as never })).post(
        '/situation/lessons',
        fields,
      )
    ).status,
  ).toBe(403);
});

it('uudi-02: numbers of few are hidden everywhere, with those that they could be counted from, also between areas', async () => {
  const admin = await anAdministrator();
  await figures(admin, [
    { contacts: 30 },
    { theme: 'safety', contacts: 20 },
    { area_code: '049', contacts: 3 },
    { area_code: '049', theme: 'safety', contacts: 12 },
    { area_code: '092', contacts: 18, blocked: { device: 2 } },
    { area_code: '092', theme: 'safety', contacts: 9 },
    { area_code: '202', contacts: 11 },
    { area_code: '202', theme: 'safety', contacts: 7 },
  ]);
  const all = await as(admin).get('/situation');
  expect(rowOf(all, 'Supply and need by theme', 'Devices and technology').at(-1)).toBe('62');
  const espoo = await as(admin).get('/situation?area=049');
  expect(rowOf(espoo, 'Supply and need by theme', 'Devices and technology').at(-1)).toBe(FEW);
  expect(rowOf(espoo, 'Supply and need by theme', 'Safety').at(-1)).not.toBe('12');
  const told = await Promise.all(
    ['091', '092', '202'].map(async (area) => {
      const answer = await as(admin).get(`/situation?area=${area}`);
      return rowOf(answer, 'Supply and need by theme', 'Devices and technology').at(-1);
    }),
  );
  expect(told.filter((one) => one?.startsWith('Hidden: '))).toHaveLength(1);
  expect(rowOf(all, 'Where support stopped', 'Device').at(-1)).toBe(FEW);
  expect((await as(admin).get('/situation/figures.csv')).text).not.toMatch(/Device;2/);
});

it('uudi-02: a space shows the sum of its organisations to each of them, nothing that tells of few of another one, and nothing to others', async () => {
  const [one, other, stranger] = [await anAdministrator(), await anAdministrator(), await anAdministrator()];
  const id = randomUUID();
  await inScope(one, () =>
    createSpace(one, { id, kind: 'network', name: 'Verkosto', joining: 'open', visibility: 'network' }),
  );
  await asOwner(() =>
    db()
      .table('space_organisations')
      .insert({ space_id: id, organisation_id: other.organisation_id, role: 'member', state: 'member' }),
  );
  await figures(one, [{ contacts: 40 }, { theme: 'safety', contacts: 30 }, { theme: 'other', contacts: 50 }]);
  await figures(other, [{ contacts: 3 }, { theme: 'safety', contacts: 20 }, { theme: 'other', contacts: 25 }]);
  await figures(stranger, [{ theme: 'safety', contacts: 1000 }]);
  for (const reader of [one, other]) {
    const answer = await as(reader).get(`/situation?of=space:${id}`);
    expect(rowOf(answer, 'Supply and need by theme', 'Devices and technology').at(-1)).toBe(FEW);
    expect(text(answer)).toContain('168');
    expect(text(answer)).not.toMatch(/1050|1168/);
  }
  expect((await as(stranger).get(`/situation?of=space:${id}`)).status).toBe(404);
  expect((await as(stranger).get(`/situation/figures.csv?of=space:${id}`)).status).toBe(404);
  expect(
    (await as(other).post('/situation/kept', { id: randomUUID(), title: 'X', visibility: 'public', of: `space:${id}` }))
      .status,
  ).toBe(403);
  const kept = randomUUID();
  await as(one).post('/situation/kept', {
    id: kept,
    title: 'Verkoston kuva',
    visibility: 'network',
    space_id: id,
    of: `space:${id}`,
  });
  expect(text(await as(other).get(`/situation/published/${kept}`))).toContain('Verkoston kuva');
  expect((await as(stranger).get(`/situation/published/${kept}`)).status).toBe(404);
});

it('uudi-02: the page has as many queries with a hundred municipalities as with one', async () => {
  const admin = await anAdministrator();
  await figures(admin, [{ contacts: 30 }]);
  const count = async () => {
    for (let time = 0; time < 3; time += 1) await as(admin).get('/situation');
    const before = statementsSent();
    await as(admin).get('/situation');
    return statementsSent() - before;
  };
  const few = await count();
  const { rows } = await asOwner(() =>
    db().raw("select code from areas where kind = 'municipality' and code <> '091' order by code limit 100"),
  );
  await figures(
    admin,
    rows.map(({ code }: { code: string }) => ({ area_code: code, contacts: 9, blocked: { device: 6 } })),
  );
  expect(await count()).toBeLessThanOrEqual(few);
});

it('uudi-01: what comes late of a month that is over shows at once, to its organisation and in its spaces', async () => {
  const [one, other] = [await anAdministrator(), await anAdministrator()];
  const id = randomUUID();
  await inScope(one, () =>
    createSpace(one, { id, kind: 'network', name: 'Verkosto', joining: 'open', visibility: 'network' }),
  );
  await figures(one, [{ contacts: 40 }]);
  const pages = ['/situation', `/situation?of=space:${id}`];
  const contacts = (address: string) =>
    as(one)
      .get(address)
      .then((answer) => rowOf(answer, 'Supply and need by theme', 'Devices and technology').at(-1));
  for (const address of pages) expect(await contacts(address)).toBe('40');
  await asOwner(() =>
    db().raw('update support_month_figures set contacts = 47 where organisation_id = ?', [one.organisation_id]),
  );
  for (const address of pages) expect(await contacts(address)).toBe('47');
  await figures(other, [{ contacts: 20 }]);
  const belongs = { space_id: id, organisation_id: other.organisation_id, role: 'member', state: 'member' };
  await asOwner(() => db().table('space_organisations').insert(belongs));
  expect(await contacts(pages[1] ?? '')).toBe('67');
  await asOwner(() => db().raw('delete from support_month_figures where organisation_id = ?', [other.organisation_id]));
  expect(await contacts(pages[1] ?? '')).toBe('47');
  const kept = await asOwner(() => db().table('situation_needs').where({ organisation_id: one.organisation_id }));
  expect(kept.map((row) => [row.space_id, row.area])).toEqual(
    expect.arrayContaining([
      [null, ''],
      [id, ''],
    ]),
  );
});

it('digiverkosto-10: hours of each form are counted, and what they cost when the organisation says what an hour costs', async () => {
  const admin = await anAdministrator();
  await figures(admin, [{ contacts: 40 }, { form: 'home', contacts: 20 }]);
  expect(rowOf(await as(admin).get('/situation'), 'Forms of support', 'In person')).toEqual(['40', '20.0']);
  expect((await as(admin).post('/situation/costs', { near: '30,50', home: 'paljon' })).status).toBe(422);
  expect((await as(admin).post('/situation/costs', { near: '30,50', home: '60' })).status).toBe(303);
  expect(rowOf(await as(admin).get('/situation'), 'Forms of support', 'In person')).toEqual(['40', '20.0', '610']);
  expect(page(await as(admin).get('/situation/costs'))('#near').val()).toBe('30,50');
  expect((await as(await aPerson()).get('/situation/costs')).status).toBe(403);
});

it('uudi-01: what the picture says equals a count of the contacts and requests themselves, months that are not over left out', async () => {
  const { admin, organisation } = await anAdministered();
  const supporters = await Promise.all(Array.from({ length: 6 }, () => aPerson({ organisation })));
  const themes = ['devices', 'safety', 'e-services', 'bank-and-identification'];
  const { months } = picturedMonths();
  const [first = ''] = months;
  await inScope(admin, async () => {
    for (let n = 0; n < 150; n += 1) {
      const day =
        n % 29 === 0
          ? '2019-05-05'
          : n % 31 === 0
            ? dayOf(new Date())
            : `${months[n % 12]?.slice(0, 8)}${10 + (n % 18)}`;
      const contact = {
        ...{ id: randomUUID(), organisation_id: organisation.id, place_id: null, request_id: null, visit_id: null },
        ...{
          supporter_id: supporters[n % 6]?.id ?? null,
          area_code: n % 3 ? '091' : '049',
          held_on: day,
          minutes: 5 + n,
        },
        ...{ form: n % 4 ? ('near' as const) : ('home' as const), theme: themes[(n * n) % 4] ?? '', help_level: n % 4 },
        ...{ blocked: n % 5 ? null : ('device' as const), did_self: n % 2 === 0, referred_to: '', note: '' },
      };
      await insertContact(contact);
      const at = { ...contact, day };
      await addFigures(at, {
        contacts: 1,
        minutes: contact.minutes,
        did_self: Number(contact.did_self),
        blocked: contact.blocked,
      });
      await addSupporter(at, contact.supporter_id ?? '', 1);
    }
  });
  const { rows } = await asOwner(() =>
    db().raw(
      `select theme, count(*)::int as contacts from support_contacts where organisation_id = ? and held_on >= ? and held_on < date_trunc('month', current_date) group by 1`,
      [organisation.id, first],
    ),
  );
  const answer = await as(admin).get('/situation');
  const words: Record<string, string> = {
    ...{ devices: 'Devices and technology', safety: 'Safety', 'e-services': 'E-services' },
    'bank-and-identification': 'Bank and identification',
  };
  const all = rows.reduce((sum: number, row: { contacts: number }) => sum + row.contacts, 0);
  expect(all).toBeGreaterThan(120);
  for (const row of rows)
    expect(rowOf(answer, 'Supply and need by theme', words[row.theme] ?? '').at(-1)).toBe(String(row.contacts));
  expect(text(answer)).toContain(`Times of support in a year${all}6 supporters`);
  const counts = await asOwner(() =>
    db().raw(
      `select count(*) filter (where blocked = 'device')::int as device, count(*) filter (where form = 'home')::int as home
       from support_contacts where organisation_id = ? and held_on >= ? and held_on < date_trunc('month', current_date)`,
      [organisation.id, first],
    ),
  );
  expect(rowOf(answer, 'Where support stopped', 'Device')).toEqual([String(counts.rows[0].device)]);
  expect(rowOf(answer, 'Forms of support', 'At home')[0]).toBe(String(counts.rows[0].home));
});
