import type { z } from 'zod';
import { dayOf } from '../../lib/calendar';
import type { Actor } from '../organisations/organisations.model';
import { hasContent, insertContent, updateContent } from './content.model';
import type { KeyResultForm, ProgressForm } from './content.schema';
import { audit, inKeepersScope, type Outcome } from './content.service';
import { tellLoop } from './loop-rows';
import type { Process } from './processes.model';
import { said } from './words';

/** A result that the process promises, with its goal and owner. */
export function addKeyResult(actor: Actor, process: Process, result: z.output<typeof KeyResultForm>): Promise<void> {
  return inKeepersScope(actor, process, async () => {
    if (!(await insertContent('process_key_results', process, result))) return;
    const title = said(result.title, 'fi').text;
    await tellLoop(actor, process, { kind: 'key-result', id: result.id, title, level: 'agora', page: 'results' });
    await audit(actor, process, 'added', 'process_key_results', result.id);
  });
}

/** A dated note of how a key result goes; the newest note's state is the result's. Notes are never changed. */
export function tellProgress(
  actor: Actor,
  process: Process,
  resultId: string,
  { key: id, ...note }: z.output<typeof ProgressForm>,
): Promise<Outcome> {
  return inKeepersScope(actor, process, async () => {
    if (!(await hasContent('process_key_results', process, { id: resultId }))) return 'gone';
    const row = { id, ...note, key_result_id: resultId, noted_on: dayOf(new Date()) };
    if (await insertContent('process_progress', process, row))
      await updateContent('process_key_results', process, { id: resultId }, { status: note.status });
    return 'ok';
  });
}
