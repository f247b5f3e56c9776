import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import type { Framework } from '../../src/features/skills/framework';
import { readFramework } from '../../src/features/skills/framework-file';
import { importFramework, type NewObservation, recordObservation } from '../../src/features/skills/skills.service';
import { inScope } from './factories';

let ours: Framework | undefined;

/** Our own framework, as the first start imports it. */
export async function theFramework(): Promise<Framework> {
  ours ??= readFramework(fs.readFileSync('src/data/skills.json', 'utf8'));
  await importFramework(ours);
  return ours;
}

/** An observation of the person: a demonstration at level 3 today unless told otherwise. */
export async function anObservation(
  person: { id: string; organisation_id: string },
  values: Partial<NewObservation> & { by?: { id: string; organisation_id: string } } = {},
): Promise<void> {
  const { by = person, ...rest } = values;
  const observation: NewObservation = {
    person_id: person.id,
    competence_code: '4.2',
    source: 'demonstration',
    level: 3,
    observed_at: new Date(),
    origin_type: 'test',
    origin_id: randomUUID(),
    ...rest,
  };
  await inScope(by, () => recordObservation(by, observation));
}
