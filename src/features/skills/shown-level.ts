/** A level in words: the whole number it is shown as, and the plant that stands for it. */
export interface ShownLevel {
  level: number;
  plant: 0 | 1 | 2 | 3;
}

/** Seed: nothing yet or below level 1; sprout: with help; twig: alone; berries: guides others. */
export function showLevel(level: number | null | undefined): ShownLevel {
  const whole = Math.round(level ?? 0);
  const plant = whole === 0 ? 0 : whole <= 2 ? 1 : whole <= 4 ? 2 : 3;
  return { level: whole, plant };
}
