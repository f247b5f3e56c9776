import type { Actor } from '../organisations/organisations.model';
import type { ObservationForm } from './observing.schema';
import type { Competence } from './skills.model';
import { type Observed, supervises } from './skills.policy';
import { recordObservation } from './skills.service';

/**
 * Records what a professional or a supervisor saw. Ticked lines make it a demonstration at the highest level ticked;
 * without them a supervisor's word of how the work went is a view of their own. False when there is neither.
 */
export async function observe(
  actor: Actor,
  person: Observed,
  competence: Competence,
  { key, seen, help_level, done_on, note }: ObservationForm,
): Promise<boolean> {
  const levels = competence.checklist.filter(({ code }) => seen.includes(code)).map(({ level }) => level);
  const isDemonstration = levels.length > 0;
  if (!isDemonstration && (help_level === null || !supervises(actor, person))) return false;

  await recordObservation(actor, {
    person_id: person.id,
    competence_code: competence.code,
    source: isDemonstration ? 'demonstration' : 'supervisor',
    level: isDemonstration ? Math.max(...levels) : null,
    help_level,
    observed_at: done_on,
    origin_type: 'observation',
    origin_id: key,
    note,
  });
  return true;
}
