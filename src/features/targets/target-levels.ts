import type { FieldErrors } from '../../lib/forms';
import { HIGHEST_LEVEL } from '../skills/estimate';

/** The least level that is needed and the one that is aimed at: 3–5. */
export interface Range {
  minimum: number;
  aim: number;
}

/** Competence code -> its range. */
export type Ranges = ReadonlyMap<string, Range>;

export type LevelsResult = { ok: true; levels: Map<string, Range> } | { ok: false; errors: FieldErrors };

/**
 * Reads the fields `min_<code>` and `aim_<code>` of the skills that the form showed. An empty least level leaves the skill
 * out; an empty aim is the least level itself. `others` are the levels of skills that the form did not show. A message by
 * field for a level outside 1–8, an aim under the least level or without one, and a skill that is not of the framework;
 * for no levels at all, by the field `form`.
 */
export function readLevels(body: unknown, shown: ReadonlySet<string>, others: Ranges = new Map()): LevelsResult {
  const fields = Object.entries((body ?? {}) as Record<string, unknown>);
  const errors: FieldErrors = {};
  const typed = new Map<string, { min: string; aim: string }>();
  for (const [field, value] of fields) {
    const [, which, code] = /^(min|aim)_(.*)$/s.exec(field) ?? [];
    if (!which || code === undefined) continue;
    const text = typeof value === 'string' ? value.trim() : 'list';
    if (!shown.has(code)) {
      if (text !== '') errors.form = 'targets.levels.unknownSkill';
      continue;
    }
    const both = typed.get(code) ?? { min: '', aim: '' };
    typed.set(code, { ...both, [which]: text });
  }
  const levels = new Map(others);
  for (const [code, { min, aim }] of typed) {
    if (min === '' && aim === '') continue;
    const range = { minimum: Number(min), aim: aim === '' ? Number(min) : Number(aim) };
    if (min === '') errors[`min_${code}`] = 'targets.levels.noMinimum';
    else if (!isLevel(min)) errors[`min_${code}`] = 'targets.levels.outside';
    else if (aim !== '' && !isLevel(aim)) errors[`aim_${code}`] = 'targets.levels.outside';
    else if (range.aim < range.minimum) errors[`aim_${code}`] = 'targets.levels.under';
    else levels.set(code, range);
  }
  if (Object.keys(errors).length === 0 && levels.size === 0) errors.form = 'targets.levels.none';
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, levels };
}

const isLevel = (text: string) => /^\d$/.test(text) && Number(text) >= 1 && Number(text) <= HIGHEST_LEVEL;

/** The ranges of a profile out of the two maps that the framework's words have. */
export function rangesOf(
  minimums: ReadonlyMap<string, number> | undefined,
  aims?: ReadonlyMap<string, number>,
): Ranges {
  return new Map([...(minimums ?? [])].map(([code, minimum]) => [code, { minimum, aim: aims?.get(code) ?? minimum }]));
}
