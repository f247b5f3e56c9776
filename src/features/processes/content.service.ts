import { atomically } from '../../lib/db';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import {
  type ContentTable,
  countContent,
  deleteContent,
  hasContent,
  insertContent,
  updateContent,
} from './content.model';
import type { Process } from './processes.model';

/** More than any process has. Past it the form says that the list is full. */
const MOST = 2000;

export type Outcome = 'ok' | 'full' | 'gone';
type Values = Record<string, unknown>;

/**
 * Work on a process in the scope of its keeper: partners add to a process that another organisation keeps. Only for who was
 * let by the policy of the process.
 */
export function inKeepersScope<T>(
  actor: Pick<Actor, 'id'> | null,
  process: Process,
  work: () => Promise<T>,
): Promise<T> {
  return withScope({ organisationId: process.organisation_id, personId: actor?.id ?? null }, () => atomically(work));
}

export const audit = (actor: Actor | null, process: Process, action: string, table: string, id: string) =>
  recordAudit({ id: actor?.id ?? null, organisation_id: process.organisation_id }, `process.${action}`, {
    type: table,
    id,
  });

/** Adds a row to a process. `belongsTo` names rows of the same process that it points to; 'gone' when one is not there. */
export function addContent(
  actor: Actor,
  process: Process,
  table: ContentTable,
  values: Values & { id: string },
  belongsTo: readonly [ContentTable, string | null][] = [],
): Promise<Outcome> {
  return inKeepersScope(actor, process, async () => {
    for (const [parent, id] of belongsTo)
      if (id !== null && !(await hasContent(parent, process, { id }))) return 'gone';
    if ((await countContent(table, process)) >= MOST) return 'full';
    if (await insertContent(table, process, values)) await audit(actor, process, 'added', table, values.id);
    return 'ok';
  });
}

export function changeContent(
  actor: Actor,
  process: Process,
  table: ContentTable,
  id: string,
  values: Values,
): Promise<Outcome> {
  return inKeepersScope(actor, process, async () => {
    if ((await updateContent(table, process, { id }, values)) === 0) return 'gone';
    await audit(actor, process, 'changed', table, id);
    return 'ok';
  });
}

export function removeContent(actor: Actor, process: Process, table: ContentTable, id: string): Promise<Outcome> {
  return inKeepersScope(actor, process, async () => {
    if ((await deleteContent(table, process, { id })) === 0) return 'gone';
    await audit(actor, process, 'removed', table, id);
    return 'ok';
  });
}
