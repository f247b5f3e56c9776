import fc from 'fast-check';
import { type Evidence, POLICY, type Source } from '../../src/features/skills/estimate';

export const NOW = new Date('2026-06-15T12:00:00Z');

const SOURCES = Object.keys(POLICY.baseWeight) as Source[];

/** The date so many months of 30.4375 days before `NOW`. */
export function monthsAgo(months: number): Date {
  return new Date(NOW.getTime() - months * 30.4375 * 86_400_000);
}

/** Evidence of the last ten years, from any of these sources. */
export function someEvidence(sources: readonly Source[] = SOURCES): fc.Arbitrary<Evidence> {
  return fc.record({
    source: fc.constantFrom(...sources),
    level: fc.integer({ min: 0, max: 8 }),
    at: fc.date({ min: monthsAgo(120), max: NOW, noInvalidDate: true }),
  });
}
