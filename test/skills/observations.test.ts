import fc from 'fast-check';
import {
  type Evidence,
  eitherLevelAt,
  estimate,
  estimateAt,
  estimatePoints,
  pointAt,
  type Source,
  showsAtLeast,
} from '../../src/features/skills/estimate';
import { recordObservation, withdrawOwnView } from '../../src/features/skills/skills.service';
import { addDays } from '../../src/lib/dates';
import { atomically, db } from '../../src/lib/db';
import { aPerson, asOwner, inScope } from '../support/factories';
import { anObservation } from '../support/factories-skills';

const START = new Date('2026-01-01T09:00:00Z');
const day = (days: number) => addDays(START, days);

describe('recordObservation', () => {
  it('keeps the observation, a point and the estimate, and an audit row that tells no level', async () => {
    const person = await aPerson();
    await anObservation(person, { source: 'quiz', level: 2, share_right: 0.9, observed_at: day(0) });

    await inScope(person, async () => {
      expect(await db()('observations').first()).toMatchObject({ level: 2, share_right: 0.9, recorded_by: person.id });
      expect(await db()('skill_points')).toHaveLength(1);
      expect(await db()('skill_estimates').first()).toMatchObject({
        level: 2,
        weight: 1,
        verified: true,
        observations: 1,
      });
      expect((await db()('audit_events').first())?.details).toEqual({ source: 'quiz' });
    });
  });

  it('changes nothing when the same piece of evidence comes again', async () => {
    const person = await aPerson();
    await anObservation(person, { origin_id: 'attempt-1', level: 2 });
    await anObservation(person, { origin_id: 'attempt-1', level: 5 });

    const rows = await inScope(person, () => db()('skill_estimates'));
    expect(rows).toMatchObject([{ level: 2, observations: 1 }]);
  });

  it('reads the help level where there is no level, and refuses an observation without either', async () => {
    const person = await aPerson();
    await anObservation(person, { level: null, help_level: 2 });
    expect(await inScope(person, () => db()('skill_estimates').first())).toMatchObject({ level: 3 });

    await expect(anObservation(person, { level: null })).rejects.toThrow(RangeError);
    await expect(anObservation(person, { level: 9 })).rejects.toThrow(RangeError);
  });

  it('keeps nothing when the change around it fails', async () => {
    const person = await aPerson();
    const failing = inScope(person, () =>
      atomically(async () => {
        await anObservation(person);
        throw new Error('later step');
      }),
    );
    await expect(failing).rejects.toThrow('later step');
    expect(await asOwner(() => db()('skill_estimates'))).toEqual([]);
  });

  it('gives what counting everything anew would give, whatever comes in whatever order', async () => {
    const sources: Source[] = ['self', 'peer', 'quiz', 'demonstration', 'supervisor'];
    const step = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          source: fc.constantFrom(...sources),
          level: fc.integer({ min: 0, max: 8 }),
          day: fc.integer({ min: 0, max: 500 }),
        }),
      },
      { weight: 1, arbitrary: fc.constant('withdraw' as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), async (steps) => {
        const person = await aPerson();
        let evidence: Evidence[] = [];
        await inScope(person, async () => {
          for (const [index, one] of steps.entries()) {
            if (one === 'withdraw') {
              await withdrawOwnView(person, '4.2');
              evidence = evidence.filter(({ source }) => source !== 'self');
              continue;
            }
            const at = day(one.day);
            const origin = { origin_type: index % 2 === 0 ? 'test' : 'practice', origin_id: String(index) };
            const atLeast = showsAtLeast({ source: one.source, ...origin });
            evidence.push({ source: one.source, level: one.level, at, atLeast });
            await recordObservation(person, { ...origin, ...pieceOf(person.id, one), observed_at: at });
          }
          const rows = await db()('skill_points').orderBy('observed_at');
          const kept = rows.map((row) => ({ ...row, at: row.observed_at }));
          const anew = estimatePoints(evidence);
          for (const now of [day(100), day(333), day(900)]) {
            const expected = estimate(evidence, now);
            const actual = estimateAt(pointAt(kept, now), now);
            expect(actual.confidence).toBe(expected.confidence);
            expect(actual.weight).toBeCloseTo(expected.weight, 9);
            expect(actual.level ?? -1).toBeCloseTo(expected.level ?? -1, 9);
            const goesBothWays = estimate(
              evidence.filter(({ atLeast }) => !atLeast),
              now,
            ).level;
            expect(eitherLevelAt(pointAt(kept, now), now) ?? -1).toBeCloseTo(goesBothWays ?? -1, 9);
          }
          const [estimated] = await db()('skill_estimates');
          expect(estimated?.observed_at).toEqual(anew.at(-1)?.at);
          expect(estimated?.observations ?? 0).toBe(evidence.length);
          if (estimated) expect(estimated).toMatchObject(kept.at(-1) ? { level: kept.at(-1)?.level } : {});
        });
      }),
      { numRuns: 25 },
    );
  }, 30_000);
});

const pieceOf = (person_id: string, { source, level }: { source: Source; level: number }) => ({
  person_id,
  competence_code: '4.2',
  source,
  level,
});

describe('withdrawOwnView', () => {
  it('takes own views away and leaves what others saw', async () => {
    const person = await aPerson();
    await anObservation(person, { source: 'self', level: 6, observed_at: day(0) });
    await anObservation(person, { source: 'quiz', level: 2, observed_at: day(1) });

    const answers = await inScope(person, async () => [
      await withdrawOwnView(person, '4.2'),
      await withdrawOwnView(person, '4.2'),
    ]);

    expect(answers).toEqual([true, false]);
    expect(await inScope(person, () => db()('skill_estimates'))).toMatchObject([{ level: 2, observations: 1 }]);
    expect(await inScope(person, () => db()('skill_points'))).toHaveLength(1);
  });

  it('reaches nobody else', async () => {
    const person = await aPerson();
    const other = await aPerson({ organisation: { id: person.organisation_id } });
    await anObservation(person, { source: 'self' });
    await inScope(other, () => withdrawOwnView(other, '4.2'));
    expect(await asOwner(() => db()('observations'))).toHaveLength(1);
  });
});

it('is never changed, and taken away only by the person themselves and only an own view', async () => {
  const person = await aPerson();
  const colleague = await aPerson({ organisation: { id: person.organisation_id } });
  await anObservation(person, { source: 'self' });
  await anObservation(person, { source: 'quiz' });
  expect(await inScope(colleague, () => db()('observations').delete())).toBe(0);
  expect(await inScope(person, () => db()('observations').delete())).toBe(1);
  await expect(inScope(person, () => db()('observations').update({ level: 8 }))).rejects.toThrow('permission denied');
});

it('shows an observation to nobody in another organisation', async () => {
  const person = await aPerson();
  await anObservation(person);
  const stranger = await aPerson();
  for (const table of ['observations', 'skill_points', 'skill_estimates'])
    expect(await inScope(stranger, () => db().table(table))).toEqual([]);
});
