import { makeEvidence, OBSERVATIONS_EACH } from '../../src/bench/reports/evidence';
import { makePeople } from '../../src/bench/reports/people';
import { closeMonths } from '../../src/features/reports/closing/closings.service';
import { rebuildSummaries } from '../../src/features/reports/closing/kept-figures.service';
import { selectCounted } from '../../src/features/reports/pages/skills.queries';
import { newestMonthEnd, periodOf } from '../../src/features/reports/period';
import { type Evidence, estimate as estimateAll, estimatePoints } from '../../src/features/skills/estimate';
import { pointRow } from '../../src/features/skills/skills.service';
import { endOfDay, monthEndBefore } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { asOwner } from '../support/factories';
import { withFramework } from '../support/factories-reports';

const PEOPLE = 300;

type Kept = Evidence & { organisation_id: string; person_id: string; competence_code: string };
const skillOf = (row: { person_id: string; competence_code: string }) => `${row.person_id} ${row.competence_code}`;
const rowsOf = async (sql: string, values: readonly unknown[] = []) => (await db().raw(sql, values as never)).rows;

it('makes the rows that the product would have kept: points, estimates, month ends and what is kept of them', async () => {
  await withFramework();
  const seen = await asOwner(async () => {
    await makePeople(db(), PEOPLE);
    const [{ last }] = await rowsOf('select max(n) as last from bench_people');
    await makeEvidence(db(), 1, Number(last));
    const rows: Kept[] = await rowsOf(
      `select o.organisation_id, person_id, competence_code, source, level, observed_at as at from observations o
       join bench_people using (person_id) order by observed_at`,
    );
    expect(rows.length).toBe(Number(last) * OBSERVATIONS_EACH);
    const points = Map.groupBy(await rowsOf('select * from skill_points order by observed_at'), skillOf);
    const estimates = Map.groupBy(await rowsOf('select * from skill_estimates'), skillOf);
    const skills = Map.groupBy(rows, skillOf);
    expect([points.size, estimates.size]).toEqual([skills.size, skills.size]);
    for (const [skill, own] of skills) {
      const expected = estimatePoints(own.map((one) => ({ ...one, atLeast: one.source === 'quiz' }))).map((point) =>
        rounded(pointRow(own[0] as Kept, point)),
      );
      expect(points.get(skill)?.map(rounded)).toEqual(expected);
      const [estimate] = (estimates.get(skill) ?? []) as unknown as { observations: number }[];
      const { observations, ...newest } = estimate ?? { observations: 0 };
      expect([observations, rounded(newest)]).toEqual([own.length, expected.at(-1)]);
    }
    return skills;
  });

  const [{ id }] = await asOwner(() => rowsOf('select id from bench_organisations where o = 0'));
  await asOwner(() => closeMonths(id));
  const period = periodOf(monthEndBefore(newestMonthEnd(), 6), newestMonthEnd());
  const counted = await asOwner(
    async () => (await selectCounted(id, { teams: null, from: period.from, to: period.to })).rows,
  );
  expect(counted.length).toBeGreaterThan(50);
  for (const one of counted) {
    const at = (month: string) =>
      estimateAll(seen.get(skillOf(one)) ?? [], new Date(endOfDay(month).getTime() - 1)).level;
    expect(one.after).toBeCloseTo(at(period.to) ?? Number.NaN, 5);
    if (one.before !== null) expect(one.before).toBeCloseTo(at(period.from) ?? Number.NaN, 5);
  }
  const kept = () =>
    asOwner(() => rowsOf('select g::text as row from kept_growth g where organisation_id = ? order by 1', [id]));
  const before = await kept();
  expect(before.length).toBeGreaterThan(5);
  await asOwner(() => rebuildSummaries(id));
  expect(await kept()).toEqual(before);
}, 60_000);

/** Sums of weights are added up in another order, which shows in the last digits. */
const rounded = (row: Record<string, unknown> | object) =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      typeof value === 'number' ? Math.round(value * 1e8) / 1e8 + 0 : value,
    ]),
  );
