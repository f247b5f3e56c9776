import { type Confidence, type Evidence, estimate } from '../../skills/estimate';
import { reaches } from './coverage-report';

/** One competence that the person's task requires. */
export interface TaskCompetence {
  code: string;
  target: number;
  /** When somebody last saw it; null while nobody has. */
  validated_at: Date | null;
  reached: boolean;
  confidence: Confidence;
}

/**
 * The target profile with what has been validated of it. The level comes from the validating observations alone, so that
 * nothing of a person's own view can be read from it.
 */
export function taskCompetences(
  targets: ReadonlyMap<string, number>,
  observations: readonly { competence_code: string; source: Evidence['source']; level: number; observed_at: Date }[],
  now: Date,
): TaskCompetence[] {
  const byCode = Map.groupBy(observations, ({ competence_code }) => competence_code);
  return [...targets].map(([code, target]) => {
    const seen = (byCode.get(code) ?? []).map(({ source, level, observed_at }) => ({ source, level, at: observed_at }));
    const { level, confidence } = estimate(seen, now);
    const times = seen.map(({ at }) => at.getTime()).filter((time) => time <= now.getTime());
    return {
      code,
      target,
      validated_at: times.length > 0 ? new Date(Math.max(...times)) : null,
      reached: level !== null && reaches(level, target),
      confidence,
    };
  });
}
