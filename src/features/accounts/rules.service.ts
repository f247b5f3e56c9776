import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { putRules } from './rules.model';

/** Whether those who see others' information need two factors. In force at each one's next page. */
export function changeRules(actor: Actor, secondFactor: boolean): Promise<void> {
  return atomically(async () => {
    const { organisation_id } = actor;
    await putRules({ organisation_id, second_factor: secondFactor });
    const subject = { type: 'organisation', id: organisation_id };
    await recordAudit(actor, 'organisation.sign-in-rules', subject, { second_factor: secondFactor });
  });
}
