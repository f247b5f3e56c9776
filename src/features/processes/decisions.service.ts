import type { z } from 'zod';
import type { Actor } from '../organisations/organisations.model';
import { hasContent, insertContent } from './content.model';
import type { DecisionForm } from './content.schema';
import { audit, inKeepersScope } from './content.service';
import { tellLoop } from './loop-rows';
import type { Process } from './processes.model';

/**
 * Writes a decision into the log. A revision is a row of its own that names the one before: nothing is written over, and the
 * database lets nothing be. 'taken' when the decision was revised by somebody else meanwhile; 'gone' when it is not there.
 */
export function recordDecision(
  actor: Actor,
  process: Process,
  { key: id, is_open, revises = null, ...decision }: z.output<typeof DecisionForm>,
): Promise<'ok' | 'taken' | 'gone'> {
  return inKeepersScope(actor, process, async () => {
    if (revises && !(await hasContent('process_decisions', process, { id: revises }))) return 'gone';
    const level = is_open === 'yes' ? 'agora' : 'studio';
    const row = { id, ...decision, revises, level, recorded_by: actor.id };
    if (!(await insertContent('process_decisions', process, row)))
      return (await hasContent('process_decisions', process, { id })) ? 'ok' : 'taken';
    await tellLoop(actor, process, {
      kind: 'decision',
      id,
      title: decision.what,
      level,
      page: 'decisions',
      on: decision.decided_on,
    });
    await audit(actor, process, revises ? 'revised' : 'decided', 'process_decisions', id);
    return 'ok';
  });
}
