import fc from 'fast-check';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { closeMonths } from '../../src/features/reports/closing/closings.service';
import { rebuildSummaries } from '../../src/features/reports/closing/kept-figures.service';
import { readMonthTargets } from '../../src/features/reports/closing/month-targets';
import { coverageReport } from '../../src/features/reports/figures/coverage-report';
import { growthReport } from '../../src/features/reports/figures/growth-report';
import { selectCounted, selectDaysOf } from '../../src/features/reports/pages/skills.queries';
import { newestMonthEnd, periodOf } from '../../src/features/reports/period';
import { readCoverage, readGrowth, WHOLE_ORGANISATION } from '../../src/features/reports/reports.queries';
import { type Evidence, estimate } from '../../src/features/skills/estimate';
import { endOfDay, monthEndBefore } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { anOrganisation, aPerson, asOwner, aTeam, inScope } from '../support/factories';
import { anObservation, withFramework } from '../support/factories-reports';

const MONTHS = 6;
const CODES = ['2.1', '4.2'];
const PEOPLE = 14;
const monthEnd = (month: number) => monthEndBefore(newestMonthEnd(), MONTHS - 1 - month);
const closesAt = (month: number) => endOfDay(monthEnd(month));
const DAY = 24 * 3600 * 1000;

type What =
  | { what: 'seen'; person: number; code: string; source: 'self' | 'demonstration'; level: number; late: number }
  | { what: 'left' | 'came' | 'client' | 'profile'; person: number };

const person = fc.nat({ max: PEOPLE - 1 });
const seen = fc.record({
  what: fc.constant('seen' as const),
  person,
  code: fc.constantFrom(...CODES),
  source: fc.constantFrom('self' as const, 'demonstration' as const),
  level: fc.integer({ min: 0, max: 8 }),
  // How many months late it is told of.
  late: fc.constantFrom(0, 0, 0, 1, 2),
});
const moved = fc.record({ what: fc.constantFrom('left' as const, 'came' as const, 'profile' as const), person });
/** What happens in each month, before it is closed. */
const histories = fc.array(fc.array(fc.oneof({ weight: 5, arbitrary: seen }, moved), { maxLength: 8 }), {
  minLength: MONTHS,
  maxLength: MONTHS,
});

const TABLES = ['kept_people', 'kept_growth', 'kept_coverage'];
const summaries = (organisationId: string) =>
  asOwner(async () => {
    const kept: unknown[] = [];
    for (const table of TABLES) {
      const { rows } = await db().raw(`select s::text as row from ${table} s where organisation_id = ? order by 1`, [
        organisationId,
      ]);
      kept.push(rows);
    }
    return kept;
  });

async function happen(people: readonly Actor[], month: number, event: What): Promise<Seen | undefined> {
  const who = people[event.person] as Actor;
  if (event.what === 'seen') {
    const at = new Date(closesAt(month - event.late).getTime() - 5 * DAY);
    await anObservation(who, { competence_code: event.code, source: event.source, level: event.level, at });
    return { person_id: who.id, code: event.code, source: event.source, level: event.level, at };
  }
  await asOwner(async () => {
    const set = (values: object) => db().table('memberships').where({ person_id: who.id }).update(values);
    if (event.what === 'profile') await set({ target_profile: 'professional' });
    else await set({ ended_on: event.what === 'left' ? monthEnd(month) : null });
    await db()
      .table('profile_days')
      .where({ person_id: who.id })
      .whereRaw('from_day = current_date')
      .update({ from_day: monthEnd(month) });
  });
  return undefined;
}

type Seen = { person_id: string; code: string } & Evidence;

/** What is known at a month's end from all that had been recorded when it was closed, by person and competence. */
function levelsOf(seen: readonly Seen[], month: number): Map<string, number> {
  const skills = Map.groupBy(
    seen.filter(({ at }) => at < closesAt(month)),
    ({ person_id, code }) => `${person_id} ${code}`,
  );
  return new Map(
    [...skills].map(([skill, own]) => [skill, Math.round((estimate(own, closesAt(month)).level ?? 0) * 1e6) / 1e6]),
  );
}

/** An organisation whose people were all seen once before anything else happens. */
async function arrange(levels: readonly number[]) {
  const organisation = await anOrganisation();
  const people: Actor[] = [];
  const known: Seen[] = [];
  for (let index = 0; index < PEOPLE; index += 1)
    people.push(
      await aPerson({
        organisation,
        started_on: new Date('2020-01-01'),
        ...(index > 3 && { target_profile: index % 2 ? 'professional' : 'peer' }),
      }),
    );
  await aTeam(organisation, { members: people.slice(0, 9) });
  for (const [index, person] of people.entries())
    for (const [place, code] of CODES.entries()) {
      const level = levels[(index + 5 * place) % levels.length] ?? 3;
      const at = new Date(closesAt(0).getTime() - 40 * DAY);
      await anObservation(person, { competence_code: code, level, at });
      known.push({ person_id: person.id, code, source: 'demonstration', level, at });
    }
  return { organisation, people, known };
}

const start = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 3, maxLength: PEOPLE });

it('keeps what a rebuilding makes, and what comes straight from the observations', async () => {
  await withFramework();
  let shown = 0;
  await fc.assert(
    fc.asyncProperty(start, histories, async (levels, history) => {
      const { organisation, people, known } = await arrange(levels);
      const [first] = people as [Actor, ...Actor[]];
      const actor = { ...first, roles: ['administrator' as const] };
      const straight: Map<string, number>[] = [];
      for (const [month, events] of history.entries()) {
        for (const event of events) {
          const one = await happen(people, month, event);
          if (one) known.push(one);
        }
        await closeMonths(organisation.id, closesAt(month));
        straight.push(levelsOf(known, month));
      }
      for (const [from, to] of [
        [0, 5],
        [2, 4],
        [4, 5],
        [1, 2],
      ] as const) {
        const period = periodOf(monthEnd(from), monthEnd(to));
        await inScope(first, async () => {
          const days = (await selectDaysOf(organisation.id, [organisation.id], period)).rows;
          const counted = (await selectCounted(organisation.id, { teams: null, from: period.from, to: period.to }))
            .rows;
          for (const { person_id, competence_code, before, after } of counted) {
            expect(after).toBe(straight[to]?.get(`${person_id} ${competence_code}`));
            if (before !== null) expect(before).toBe(straight[from]?.get(`${person_id} ${competence_code}`));
          }
          const targets = await readMonthTargets(organisation.id, period.to);
          const growth = (await readGrowth(actor, WHOLE_ORGANISATION, period)).report;
          expect(growth).toEqual(growthReport(counted, days, targets, period));
          const coverage = (await readCoverage(actor, WHOLE_ORGANISATION, period)).report;
          expect(coverage).toEqual(coverageReport(counted, days, targets));
          shown += growth.rows.length + coverage.rows.length;
        });
      }
      const kept = await summaries(organisation.id);
      await rebuildSummaries(organisation.id);
      expect(await summaries(organisation.id)).toEqual(kept);
    }),
    // A test is one transaction: after a failure there is nothing left to shrink with.
    { numRuns: 8, endOnFailure: true },
  );
  expect(shown).toBeGreaterThan(30);
}, 120_000);
