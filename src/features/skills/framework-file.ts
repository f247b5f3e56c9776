import type { z } from 'zod';
import type { Framework } from './framework';
import { DigCompFile, fromDigComp } from './framework-digcomp';
import { fromOurFile, OurFile } from './framework-ours';
import { fromSat, SatFile } from './framework-sat';

/** What is wrong with a file, and where: one line for the person who imports it. */
export class FrameworkFault extends Error {
  constructor(place: string, what: string) {
    super(place ? `${place}: ${what}` : what);
  }
}

/** Reads any of the forms a framework comes in. Throws FrameworkFault. */
export function readFramework(text: string): Framework {
  const framework = convert(parseJson(text));
  checkWhole(framework);
  return framework;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const place = /\(line \d+ column \d+\)/.exec((error as Error).message)?.[0].slice(1, -1);
    throw new FrameworkFault(place ?? '', 'this is not JSON. Check the commas, quotes and brackets there');
  }
}

function convert(data: unknown): Framework {
  const given = (data ?? {}) as Record<string, unknown>;
  if ((given.meta as { framework?: unknown } | undefined)?.framework === 'DigComp')
    return fromDigComp(read(DigCompFile, data));
  if ('items' in given && 'scales' in given) return fromSat(read(SatFile, data));
  if ('competences' in given) return fromOurFile(read(OurFile, data));
  throw new FrameworkFault('', 'this is not a framework. Known are skills.json, DigComp 2.2 and 3.0, and DigCompSAT');
}

function read<S extends z.ZodType>(schema: S, data: unknown): z.output<S> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const [first, ...others] = result.error.issues;
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  throw new FrameworkFault(placeOf(first?.path ?? []), `${first?.message ?? 'wrong'}${more}`);
}

/** competences[3].name.sv */
const placeOf = (path: PropertyKey[]) =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');

/** What one row alone cannot tell: codes are used once, and what they point to is there. */
function checkWhole({ nodes, targets }: Framework): void {
  const codes = new Map<string, Set<string>>();
  for (const { kind, code } of nodes) {
    const known = codes.get(kind) ?? new Set<string>();
    if (known.has(code)) throw new FrameworkFault(`${kind} ${code}`, 'this code is there twice');
    codes.set(kind, known.add(code));
  }
  const has = (kind: string, code: unknown) => codes.get(kind)?.has(String(code)) ?? false;
  const competences = codes.has('competence');
  for (const { kind, code, parent_code, data } of nodes) {
    if (kind === 'competence' && !has('area', parent_code))
      throw new FrameworkFault(`competence ${code}`, `there is no area ${parent_code}`);
    if (kind === 'can_do' && !has('band', data.band))
      throw new FrameworkFault(`can_do ${code}`, `there is no band ${data.band}`);
  }
  for (const { profile, competence_code } of targets) {
    if (competences && !has('competence', competence_code))
      throw new FrameworkFault(`target_profiles ${profile}`, `there is no competence ${competence_code}`);
  }
}
