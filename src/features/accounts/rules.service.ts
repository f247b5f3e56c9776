import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { putRules, type SignInRules } from './rules.model';

/**
 * Whether those who see others' information need two factors, in force at each one's next page; and whether new shared
 * devices begin with names.
 */
export function changeRules(
  actor: Actor,
  rules: Pick<SignInRules, 'second_factor' | 'names_on_devices'>,
): Promise<void> {
  return atomically(async () => {
    const { organisation_id } = actor;
    await putRules({ organisation_id, ...rules });
    const subject = { type: 'organisation', id: organisation_id };
    await recordAudit(actor, 'organisation.sign-in-rules', subject, rules);
  });
}
