import { z } from 'zod';
import { message } from '../../lib/forms';
import { oneLine } from '../../lib/text';
import { AREAS } from './areas';
import { COUNTED } from './counted';
import { DayNotAhead, inLanguages, Key, line, lines, MaybeDay, SomeDay, someLanguage, wordsOf } from './form-fields';
import { LEVELS } from './levels';
import { STATUSES, TEXT_KINDS } from './processes.queries';

const Level = z.enum(LEVELS, message('processes.choose'));

export const TextForm = z
  .object({
    key: Key,
    kind: z.enum(TEXT_KINDS, message('processes.choose')),
    level: Level,
    ...inLanguages('title', 160),
    ...inLanguages('body', 8000, true),
  })
  .superRefine((form, context) => {
    someLanguage('title', 'processes.text.title.missing')(form, context);
    someLanguage('body', 'processes.text.body.missing')(form, context);
  })
  .transform(({ key, kind, level, ...words }) => ({
    ...{ id: key, kind, level },
    ...{ title: wordsOf(words, 'title'), body: wordsOf(words, 'body') },
  }));

/** One on a line; doubles and empty lines fall away. */
const Parties = lines(4000).transform((text, context) => {
  const parties = [...new Set(text.split('\n').map(oneLine).filter(Boolean))];
  if (parties.length > 100) context.addIssue({ code: 'custom', message: 'processes.decision.many' });
  return parties;
});

export const DecisionForm = z.object({
  key: Key,
  revises: z.uuid().nullish().catch(null),
  what: lines(1000, 'processes.decision.what.missing'),
  why: lines(2000, 'processes.decision.why.missing'),
  decided_by: line(200, 'processes.decision.by.missing'),
  decided_on: DayNotAhead,
  parties: Parties,
  is_open: z.string().optional(),
});

export const SessionForm = z
  .object({
    key: Key,
    kind: z.enum(['workshop', 'dialogue'], message('processes.choose')),
    level: Level.default('arena'),
    ...inLanguages('title', 120),
    held_on: SomeDay,
    plan: lines(4000),
    notes: lines(8000),
    outcomes: lines(4000),
    event_id: z.uuid().nullish().catch(null),
  })
  .superRefine((form, context) => {
    someLanguage('title', 'processes.session.title.missing')(form, context);
    if (form.kind === 'dialogue' && form.outcomes !== '')
      context.addIssue({ code: 'custom', path: ['outcomes'], message: 'processes.session.dialogue.outcomes' });
  })
  .transform(({ key, kind, level, held_on, plan, notes, outcomes, event_id, ...words }) => ({
    ...{
      id: key,
      kind,
      level,
      held_on,
      plan,
      notes,
      outcomes,
      event_id: event_id ?? null,
      title: wordsOf(words, 'title'),
    },
  }));

export const TopicForm = z
  .object({ key: Key, area: z.enum(AREAS, message('processes.choose')), ...inLanguages('name', 80) })
  .superRefine(someLanguage('name', 'processes.topic.missing'))
  .transform(({ key, area, ...words }) => ({ id: key, area, name: wordsOf(words, 'name') }));

export const ContributionForm = z.object({
  key: Key,
  topic_id: z.uuid(message('processes.contribution.topic')),
  party: line(160, 'processes.party.missing'),
  body: lines(2000, 'processes.contribution.missing'),
});

export const KeyResultForm = z
  .object({
    key: Key,
    ...inLanguages('goal', 200),
    ...inLanguages('title', 300),
    owner: line(160, 'processes.result.owner.missing'),
    due_on: MaybeDay,
  })
  .superRefine((form, context) => {
    someLanguage('goal', 'processes.result.goal.missing')(form, context);
    someLanguage('title', 'processes.result.title.missing')(form, context);
  })
  .transform(({ key, owner, due_on, ...words }) => ({
    ...{ id: key, owner, due_on, goal: wordsOf(words, 'goal'), title: wordsOf(words, 'title') },
  }));

export const ActionForm = z.object({
  key: Key,
  party: line(160, 'processes.party.missing'),
  body: lines(500, 'processes.action.missing'),
});

export const ProgressForm = z.object({
  key: Key,
  party: line(160, 'processes.party.missing'),
  status: z.enum(STATUSES, message('processes.choose')),
  body: lines(1000, 'processes.progress.missing'),
});

const Count = z.coerce.number(message('processes.number')).int(message('processes.number'));

export const TargetForm = z
  .object({
    key: Key,
    ...inLanguages('title', 160),
    target: Count.min(1, message('processes.number')).max(1_000_000, message('processes.number')),
    source: line(300, 'processes.target.source.missing'),
    counted: z.enum(COUNTED, message('processes.choose')),
  })
  .superRefine(someLanguage('title', 'processes.target.title.missing'))
  .transform(({ key, target, source, counted, ...words }) => ({
    ...{ id: key, target, source, counted, title: wordsOf(words, 'title') },
  }));

/** A number told by hand never stands without where it comes from. */
export const ActualForm = z.object({
  actual: Count.min(0, message('processes.number')).max(1_000_000, message('processes.number')),
  actual_source: line(300, 'processes.target.source.missing'),
});
