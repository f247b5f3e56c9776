import { atomically } from '../../lib/db';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { findByOrigin } from './observations.model';
import type { ObservationForm } from './observing.schema';
import type { Competence } from './skills.model';
import { type Observed, supervises } from './skills.policy';
import { recordObservation } from './skills.service';

/**
 * Records what a professional or a supervisor saw. Ticked lines make it a demonstration at the highest level ticked;
 * without them a supervisor's word of how the work went is a view of their own. False when there is neither.
 */
export function observe(
  actor: Actor,
  person: Observed,
  competence: Competence,
  { key, seen, help_level, done_on, note }: ObservationForm,
): Promise<boolean> {
  return atomically(async () => {
    const levels = competence.checklist.filter(({ code }) => seen.includes(code)).map(({ level }) => level);
    const isDemonstration = levels.length > 0;
    if (!isDemonstration && (help_level === null || !supervises(actor, person))) return false;

    const origin = { origin_type: 'observation', origin_id: key };
    await recordObservation(actor, {
      person_id: person.id,
      competence_code: competence.code,
      source: isDemonstration ? 'demonstration' : 'supervisor',
      level: isDemonstration ? Math.max(...levels) : null,
      help_level,
      observed_at: done_on,
      ...origin,
      note,
    });
    await tell(actor, person, origin);
    return true;
  });
}

/** The result is first the person's own: they hear of it, once, wherever they are. */
async function tell(actor: Actor, person: Observed, origin: { origin_type: string; origin_id: string }) {
  const { organisation_id } = actor;
  const made = await findByOrigin({ organisation_id, id: person.id }, origin);
  if (!made) return;
  await notify({
    organisation_id,
    person_id: person.id,
    kind: 'skill.noted',
    params: {},
    href: `/skills/results/${made.id}`,
    key: `noted ${made.id}`,
  });
}
