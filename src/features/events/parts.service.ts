import { atomically, db } from '../../lib/db';
import { storage } from '../../lib/storage';
import { recordAudit } from '../audit/audit.model';
import { newContent } from '../authoring/drafts.model';
import { createDraft } from '../authoring/drafts.service';
import { forgetObject, linkObjects, rememberObject } from '../loop/loop.service';
import type { Actor } from '../organisations/organisations.model';
import { type Clash, type Event, type EventPart, selectClashes, updateEvent } from './events.model';
import type { NewExpert, NewPart } from './events.schema';
import { materialKey } from './materials.service';

const LOOP_OUTCOMES = ['idea', 'finding', 'decision'] as const;
const isLoopOutcome = (outcome: string | null): outcome is (typeof LOOP_OUTCOMES)[number] =>
  LOOP_OUTCOMES.includes(outcome as never);

/**
 * Adds an item of the agenda, a talk, a material or an outcome, once for a key. A dialogue keeps views and nothing that was
 * decided. Ideas, findings and decisions go on into the loop. Returns the events of the same speaker at the same time.
 */
export function addPart(actor: Actor, event: Event, form: NewPart): Promise<Clash[] | 'views-only'> {
  const { key, anyway, ...part } = form;
  const outcome = part.kind === 'outcome' ? (part.outcome ?? 'view') : null;
  return atomically(async () => {
    if (event.kind === 'dialogue' && outcome !== null && outcome !== 'view') return 'views-only' as const;
    if (part.speaker !== '' && !anyway) {
      const clashes = await selectClashes({ ...event, place_text: '', owner_id: null }, [part.speaker]);
      if (clashes.length > 0) return clashes;
    }
    const row = { ...part, outcome, id: key, organisation_id: event.organisation_id, event_id: event.id };
    const [isNew] = await db().table('event_parts').insert(row).onConflict('id').ignore().returning('id');
    if (isNew && isLoopOutcome(outcome)) {
      await rememberObject({
        ...{ kind: outcome, id: key, organisation_id: event.organisation_id, space_id: event.space_id },
        ...{ visibility: event.visibility, title: part.title, href: `/events/${event.id}#p-${key}` },
      });
      await linkObjects(actor, { kind: 'event', id: event.id }, { kind: outcome, id: key }, 'came-of');
    }
    return [];
  });
}

export async function removePart(actor: Actor, event: Event, id: string): Promise<boolean> {
  const removed = await atomically(async () => {
    const [row] = await db()
      .table('event_parts')
      .where({ organisation_id: event.organisation_id, event_id: event.id })
      .whereRaw('id::text = ?', [id])
      .delete()
      .returning('*');
    if (!row) return undefined;
    if (isLoopOutcome(row.outcome)) await forgetObject(row.outcome, row.id);
    await recordAudit(actor, 'event.part-removed', { type: 'event', id: event.id }, { kind: row.kind });
    return row as EventPart;
  });
  // After the row, so that no row is left that leads to nothing.
  if (removed?.file_name) await storage().remove(materialKey(removed));
  return removed !== undefined;
}

export function saveNotes(
  actor: Actor,
  event: Event,
  {
    notes,
    groups,
    ...review
  }: { notes: string; groups: string } & Record<'expected' | 'happened' | 'why' | 'next', string>,
): Promise<void> {
  return atomically(async () => {
    await updateEvent(event, { notes, groups, review });
    await recordAudit(actor, 'event.noted', { type: 'event', id: event.id });
  });
}

/** A talk becomes a lesson that is being written, once. Returns the draft. */
export function talkToLesson(actor: Actor, part: EventPart, courseId: string): Promise<string> {
  return atomically(async () => {
    if (part.draft_id) return part.draft_id;
    const content = newContent('fi', part.title, 'text');
    const draft = await createDraft(actor, courseId, 'text', content);
    await db()
      .table('event_parts')
      .where({ organisation_id: part.organisation_id, id: part.id })
      .update({ draft_id: draft.id });
    return draft.id;
  });
}

/** An invited expert by experience, what was agreed and what is paid; a second sending changes the same one. */
export function saveExpert(actor: Actor, event: Event, { key, fee, ...expert }: NewExpert): Promise<void> {
  const { organisation_id, id: event_id } = event;
  return atomically(async () => {
    const row = { ...expert, fee_cents: fee, id: key, organisation_id, event_id };
    const count = await db().table('event_experts').where({ organisation_id, event_id, id: key }).update(row);
    if (count === 0) await db().table('event_experts').insert(row).onConflict('id').ignore();
    await recordAudit(actor, 'event.expert-noted', { type: 'event', id: event_id });
  });
}
