import fc from 'fast-check';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { closeMonths, monthTargets, rebuildSummaries } from '../../src/features/reports/closings.service';
import { coverageReport } from '../../src/features/reports/coverage-report';
import { growthReport } from '../../src/features/reports/growth-report';
import { newestMonthEnd, periodOf } from '../../src/features/reports/period';
import { readCoverage, readGrowth, WHOLE_ORGANISATION } from '../../src/features/reports/reports.queries';
import type { SkillEnd } from '../../src/features/reports/skill-ends';
import { selectSkillEnds, selectTeamDays } from '../../src/features/reports/skills.queries';
import { type Evidence, estimate } from '../../src/features/skills/estimate';
import { endOfDay, monthEndBefore } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { anOrganisation, aPerson, asOwner, aTeam, inScope } from '../support/factories';
import { anObservation, withFramework } from '../support/factories-reports';

const MONTHS = 6;
const CODES = ['1.2', '2.1', '4.2'];
const monthEnd = (month: number) => monthEndBefore(newestMonthEnd(), MONTHS - 1 - month);
const closesAt = (month: number) => endOfDay(monthEnd(month));
const DAY = 24 * 3600 * 1000;

type What =
  | { what: 'seen'; person: number; code: string; source: 'self' | 'demonstration'; level: number; late: number }
  | { what: 'left' | 'came' | 'client' | 'profile'; person: number };

const person = fc.nat({ max: 6 });
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

const TABLES = ['growth_sums', 'growth_people', 'skill_figures', 'month_figures'];
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

/** What is known at a month's end from all that has been recorded by then. */
function endsOf(seen: readonly Seen[], month: number): Omit<SkillEnd, 'end_of'>[] {
  return [...Map.groupBy(seen, ({ person_id, code }) => `${person_id} ${code}`).values()].flatMap((own) => {
    const before = own.filter(({ at }) => at < closesAt(month));
    const [first] = before;
    const { level } = estimate(before, closesAt(month));
    if (!first || level === null) return [];
    return {
      person_id: first.person_id,
      competence_code: first.code,
      level: Math.round(level * 1e6) / 1e6,
      verified: before.some(({ source }) => source !== 'self'),
      observed_at: new Date(Math.max(...before.map(({ at }) => at.getTime()))),
    };
  });
}

it('keeps what a rebuilding makes, and what comes straight from the observations', async () => {
  await withFramework();
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const organisation = await anOrganisation();
      const people: Actor[] = [];
      for (let index = 0; index < 7; index += 1)
        people.push(
          await aPerson({
            organisation,
            started_on: new Date('2020-01-01'),
            ...(index % 3 > 0 && { target_profile: index % 3 === 1 ? 'professional' : 'peer' }),
          }),
        );
      await aTeam(organisation, { members: people });
      const [first] = people as [Actor, ...Actor[]];
      const known: Seen[] = [];
      const straight: Omit<SkillEnd, 'end_of'>[][] = [];
      for (const [month, events] of history.entries()) {
        for (const event of events) {
          const one = await happen(people, month, event);
          if (one) known.push(one);
        }
        await closeMonths(organisation.id, closesAt(month));
        straight.push(endsOf(known, month));
      }
      const kept = await summaries(organisation.id);
      await rebuildSummaries(organisation.id);
      expect(await summaries(organisation.id)).toEqual(kept);

      for (const [from, to] of [
        [0, MONTHS - 1],
        [2, 4],
        [4, 5],
        [1, 2],
      ] as const) {
        const period = periodOf(monthEnd(from), monthEnd(to));
        await inScope(first, async () => {
          const days = (await selectTeamDays(organisation.id, organisation.id, period)).rows;
          const members = new Set(days.filter(({ at_end }) => at_end).map(({ person_id }) => person_id));
          const frozen = (await selectSkillEnds(organisation.id, organisation.id, period)).rows;
          const ends = [
            ...(straight[from] ?? []).map((end) => ({ ...end, end_of: 'from' as const })),
            ...(straight[to] ?? []).map((end) => ({ ...end, end_of: 'to' as const })),
          ].filter(({ person_id }) => members.has(person_id));
          const order = (end: SkillEnd) => `${end.end_of} ${end.person_id} ${end.competence_code}`;
          const sorted = (list: SkillEnd[]) => list.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
          expect(sorted(frozen)).toEqual(sorted(ends));

          const targets = await monthTargets(organisation.id, period.to);
          const actor = { ...first, smallest_group: 3 };
          const growth = (await readGrowth(actor, WHOLE_ORGANISATION, period)).report;
          const expected = growthReport(ends, days, targets, period, 3);
          expect({ ...growth, people: 0, oldestMonths: 0 }).toEqual({ ...expected, people: 0, oldestMonths: 0 });
          if (growth.hidden === 0 && growth.rows.length > 0) expect(growth.people).toBe(expected.people);
          const coverage = (await readCoverage(actor, WHOLE_ORGANISATION, period)).report;
          expect(coverage).toEqual(coverageReport(ends, days, targets, 3));
        });
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 120_000);
