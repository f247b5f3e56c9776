import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Source } from '../../src/features/skills/estimate';

interface Vectors {
  sat: { answers: number[]; percent: number; band: string; level: number }[];
  estimate: {
    evidence: [source: Source, level: number, ageMonths: number][];
    result: { level: number; weight: number; confidence: string; spread: number };
  }[];
  beta: { right: number; wrong: number; prob_above_70: number; mastered: boolean }[];
  elo_path: number[];
  rasch_map: { theta: number; se: number; level: number; level_range_95: [number, number] };
  reliable_change: { delta: number; se: number; reliable: boolean }[];
  paired_growth: ({ n: number; shown: true; mean: number; ci: [number, number]; verdict: string } | { shown: false })[];
  suppress: Record<string, number | 'hidden'>[];
}

const file = path.join(__dirname, '../../src/data/skill_model_vectors.json');

/** The computed examples that the product's formulas must agree with. */
export const vectors: Vectors = JSON.parse(readFileSync(file, 'utf8'));

/** The answers behind `elo_path` and `rasch_map`; the file holds only their results. */
export const sixAnswers = [
  { difficulty: -2.5, right: true },
  { difficulty: -1.5, right: true },
  { difficulty: -0.5, right: false },
  { difficulty: -1.5, right: true },
  { difficulty: -0.5, right: true },
  { difficulty: 0.5, right: false },
];
