import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { setHelpAnswered } from './reports.model';

/** Marks a request for help as answered. A second press changes nothing. */
export function answerHelp(
  actor: { id: string; organisation_id: string },
  request: { id: string; person_id: string },
): Promise<void> {
  return atomically(async () => {
    if (!(await setHelpAnswered(actor.organisation_id, request.id, actor.id))) return;
    await recordAudit(actor, 'help.answered', { type: 'person', id: request.person_id });
  });
}
