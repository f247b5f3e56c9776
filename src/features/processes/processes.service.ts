import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { dayOf } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import { insertContent, updateContent } from './content.model';
import { audit, inKeepersScope } from './content.service';
import { openSpace } from './level-spaces';
import { LEVELS, type Level } from './levels';
import { rememberProcess } from './loop-rows';
import { insertLevel, insertProcess, type Process, setProcess } from './processes.model';
import type { Change, PhaseForm, ReviewForm, Start } from './processes.schema';
import { inWords, type Template } from './templates';
import { said } from './words';

const LEVEL_NAMES: Record<Level, string> = { lab: 'Lab', studio: 'Studio', arena: 'Arena', agora: 'Agora' };

/**
 * Opens a process from a template: its spaces with the actor as coordinator, its levels or group, phases, targets and what to do
 * first. A form sent twice opens it once.
 */
export function startProcess(actor: Actor, template: Template, { id, ...start }: Start): Promise<void> {
  return atomically(async () => {
    const process: Process = {
      ...{ id, ...start, organisation_id: actor.organisation_id, space_id: null, template: template.key },
      ...{ has_levels: template.levels, answer: {}, answered_on: null, comments_open: template.levels },
      ...{ owner_id: actor.id, ended_on: null },
    };
    if (!(await insertProcess(process))) return;
    const spaceId = await openSpaces(actor, process, template);
    await setProcess(process, { space_id: spaceId });
    await fillFrom(process, template);
    await rememberProcess({ ...process, space_id: spaceId });
    await audit(actor, process, 'started', 'processes', id);
  });
}

/** Returns the space in which the process stands. */
async function openSpaces(actor: Actor, process: Process, template: Template): Promise<string> {
  const title = said(process.title, 'fi').text;
  const named = (name: string) => `${title}: ${name}`.slice(0, 200);
  const whole = await openSpace(actor, { kind: 'process', name: title, visibility: process.visibility });
  if (!template.levels) await insertLevel(process, 'lab', whole);
  else
    for (const level of LEVELS) {
      const name = named(LEVEL_NAMES[level]);
      const visibility = level === 'agora' ? process.visibility : 'members';
      const space = await openSpace(actor, { kind: 'level', level, parent_id: whole, name, visibility });
      await insertLevel(process, level, space);
    }
  for (const { kind, visibility, name } of template.spaces)
    await openSpace(actor, { kind: kind as 'group', visibility, name: named(inWords(name, 'fi')), parent_id: whole });
  return whole;
}

async function fillFrom(process: Process, template: Template): Promise<void> {
  for (const [position, { key }] of template.phases.entries())
    await insertContent('process_phases', process, { phase: key, position });
  for (const { key } of template.first) await insertContent('process_first_steps', process, { step: key });
  for (const [position, { target, counted, title }] of template.targets.entries()) {
    const { fi, sv, en } = title;
    await insertContent('process_targets', process, {
      id: randomUUID(),
      position,
      target,
      counted,
      title: { fi, sv, en },
    });
  }
}

/** Changes the question, who sees it, the answer and the day of looking again. The day of the answer is that of its first words. */
export function changeProcess(actor: Actor, process: Process, change: Change): Promise<void> {
  return inKeepersScope(actor, process, async () => {
    const isAnswered = Object.keys(change.answer).length > 0;
    const answered_on = isAnswered ? (process.answered_on ?? dayOf(new Date())) : null;
    await setProcess(process, { ...change, answered_on });
    await rememberProcess({ ...process, ...change, answered_on });
    await audit(actor, process, 'changed', 'processes', process.id);
  });
}

export function tickFirstStep(actor: Actor, process: Process, step: string, isDone: boolean): Promise<number> {
  const done_on = isDone ? dayOf(new Date()) : null;
  return inKeepersScope(actor, process, () => updateContent('process_first_steps', process, { step }, { done_on }));
}

/** Marks a phase done with what was learned. False when the process has no such phase. */
export function finishPhase(
  actor: Actor,
  process: Process,
  phase: string,
  { methods, learned }: z.output<typeof PhaseForm>,
): Promise<boolean> {
  const values = { methods, learned, done_on: dayOf(new Date()) };
  return inKeepersScope(
    actor,
    process,
    async () => (await updateContent('process_phases', process, { phase }, values)) > 0,
  );
}

/** Notes that the outcome was looked at again, and when it is next. */
export function reviewProcess(
  actor: Actor,
  process: Process,
  { key, note, next_on }: z.output<typeof ReviewForm>,
): Promise<void> {
  return inKeepersScope(actor, process, async () => {
    const row = { id: key, note, next_on, reviewed_on: dayOf(new Date()) };
    if (await insertContent('process_reviews', process, row)) await setProcess(process, { review_on: next_on });
  });
}
