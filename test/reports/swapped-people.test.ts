import type { Actor } from '../../src/features/organisations/organisations.model';
import { rebuildSummaries } from '../../src/features/reports/closing/kept-figures.service';
import { newestMonthEnd } from '../../src/features/reports/period';
import { db } from '../../src/lib/db';
import { declaredRoutes } from '../../src/lib/routes';
import { as, page } from '../support/browser';
import { aPerson, asOwner, reload } from '../support/factories';
import { aPoint, aTeamOf, monthsAgo, withFramework } from '../support/factories-reports';

/**
 * The same guard through HTTP: two people of one counted group exchange all that is known of them, and no report, filter or file
 * changes by a letter. What tells one of them from the other is nowhere.
 */
async function arrange() {
  await withFramework();
  const first = await aTeamOf({ people: 9, target_profile: 'professional' });
  const second = await aTeamOf({ people: 6, target_profile: 'professional', organisation: first.organisation });
  const levels = [1, 5, 2, 6, 3, 7, 2, 4, 8];
  for (const { members } of [first, second])
    for (const [index, member] of members.entries())
      for (const [code, more] of [
        ['4.2', 0],
        ['2.1', 1],
      ] as const) {
        const before = ((levels[index] ?? 0) + more) % 8;
        await aPoint(member, code, monthsAgo(7), before);
        await aPoint(member, code, monthsAgo(2), Math.min(8, before + (index % 3)));
      }
  const administrator = await reload(
    await aPerson({ organisation: first.organisation, roles: ['administrator'], language: 'en' }),
  );
  return { first, second, administrator };
}

const OWN = ['skills', 'growth', 'coverage'].flatMap((source) =>
  [
    'group=competence',
    'group=team&competence=4.2',
    'group=profile&competence=2.1',
    'group=competence&group2=team',
    'group=competence&profile=professional',
    'group=competence&area=4',
  ].map((chosen) => `/reports/own/new.csv?source=${source}&${chosen}`),
);

/** What a reader gets from every address of reports: pages and files, over all periods that pages offer. */
async function allOf(reader: Actor, teams: readonly string[]): Promise<Map<string, string>> {
  const periods = [
    '',
    '?from=30.4.2026&to=31.8.2026',
    '?from=31.8.2026&to=30.9.2026',
    `?from=31.7.2026&to=${newestMonthEnd()}`,
  ];
  const paths = declaredRoutes()
    .filter(
      ({ method, path }) =>
        method === 'get' && /^\/(team|reports)(\/|$)/.test(path) && !path.startsWith('/reports/own'),
    )
    .map(({ path }) => path)
    .filter((path) => !/:(?!team\b)/.test(path) && !/\.(xlsx|pdf)$/.test(path));
  const addresses = paths.flatMap((path) => {
    const filled = path.includes(':team') ? teams.map((team) => path.replace(':team', team)) : [path];
    return /growth/.test(path) ? filled.flatMap((one) => periods.map((period) => one + period)) : filled;
  });
  const texts = new Map<string, string>();
  for (const address of [...addresses, ...OWN]) {
    const response = await as(reader).get(address);
    const isFile = /\.csv/.test(address);
    texts.set(address, isFile ? response.text : page(response)('main').text().replace(/\s+/g, ' '));
  }
  return texts;
}

async function exchange(one: Actor, other: Actor): Promise<void> {
  const [a, b] = [one.id, other.id];
  await asOwner(async () => {
    for (const table of ['skill_month_ends', 'skill_points', 'skill_estimates']) {
      const rows = await db().table(table).whereIn('person_id', [a, b]);
      await db().table(table).whereIn('person_id', [a, b]).delete();
      await db()
        .table(table)
        .insert(rows.map((row) => ({ ...row, person_id: row.person_id === a ? b : a })));
    }
  });
  await rebuildSummaries(one.organisation_id);
}

it('changes nothing in any report when two people of a counted group exchange what is known of them', async () => {
  const { first, second, administrator } = await arrange();
  const teams = [first.team.id, second.team.id];
  const readers = [administrator, first.supervisor];
  const before = [];
  for (const reader of readers) before.push(await allOf(reader, teams));
  const shown = [...(before[0]?.values() ?? [])].join(' ');
  expect(shown).toMatch(/Looking after personal information/);

  await exchange(first.members[0] as Actor, first.members[1] as Actor);
  await exchange(second.members[2] as Actor, second.members[3] as Actor);
  for (const [index, reader] of readers.entries()) expect(await allOf(reader, teams)).toEqual(before[index]);

  // It can fail: people of two teams exchange, and the teams' figures are others.
  await exchange(first.members[1] as Actor, second.members[4] as Actor);
  expect(await allOf(administrator, teams)).not.toEqual(before[0]);
}, 120_000);
