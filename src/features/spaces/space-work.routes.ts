import type { Request } from 'express';
import type { z } from 'zod';
import { dayOf } from '../../lib/calendar';
import { readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { findWork, type SpaceInterest, type SpaceTask, type WorkTable } from './space-work.model';
import { acceptInterest, changeWork, keepWork, removeWork } from './space-work.service';
import { findSpace, type Space, selectSpaceOrganisations, spaceRoles } from './spaces.model';
import { renderSpace } from './spaces.page';
import { ContactForm, DoneForm, InterestForm, MessageForm, SummaryForm, TaskForm, TopicForm } from './spaces.schema';

/** What people of a space's organisations do in it. */
export const spaceWork = new Routes('/spaces');

/** One address for each kind of row; the same four steps for all. */
function keeps(path: string, table: WorkTable, schema: z.ZodObject, anchor: string) {
  spaceWork.post(`/:space${path}`, signedIn, async (req, res) => {
    const space = await loadMine(req);
    const form = readForm(schema, req.body);
    if (!form.ok) return renderSpace(req, res.status(422), space, form.errors, { ...form.values, form: anchor });
    await keepWork(req.actor, space, table, form.value as { id: string });
    res.redirect(303, `/spaces/${space.id}?saved=kept#${anchor}`);
  });
}
keeps('/tasks', 'space_tasks', TaskForm, 'tasks');
keeps('/topics', 'space_topics', TopicForm, 'topics');
keeps('/interests', 'space_interests', InterestForm, 'interests');
keeps('/contacts', 'space_contacts', ContactForm, 'contacts');

spaceWork.post('/:space/tasks/:row/done', signedIn, async (req, res) => {
  const space = await loadMine(req);
  const task = found(await findWork<SpaceTask>('space_tasks', space.id, String(req.params.row)));
  const form = readForm(DoneForm, req.body);
  if (!form.ok) return renderSpace(req, res.status(422), space, form.errors, {});
  const done_on = task.done_on ? null : dayOf(new Date());
  await changeWork(req.actor, space, 'space_tasks', String(req.params.row), { done_on, result: form.value.result });
  res.redirect(303, `/spaces/${space.id}?saved=kept#tasks`);
});

spaceWork.post('/:space/topics/:row/messages', signedIn, async (req, res) => {
  const space = await loadMine(req);
  found(await findWork('space_topics', space.id, String(req.params.row)));
  const form = readForm(MessageForm, req.body);
  if (!form.ok) return renderSpace(req, res.status(422), space, form.errors, { ...form.values, topic: req.params.row });
  const said = { topic_id: String(req.params.row), person_id: req.actor.id, shown_name: req.actor.name };
  await keepWork(req.actor, space, 'space_messages', { ...form.value, ...said });
  res.redirect(303, `/spaces/${space.id}?saved=kept#topic-${req.params.row}`);
});

spaceWork.post('/:space/topics/:row/summary', signedIn, async (req, res) => {
  const space = await loadMine(req);
  const form = readForm(SummaryForm, req.body);
  if (!form.ok) return renderSpace(req, res.status(422), space, form.errors, { ...form.values, topic: req.params.row });
  found((await changeWork(req.actor, space, 'space_topics', String(req.params.row), form.value)) || undefined);
  res.redirect(303, `/spaces/${space.id}?saved=kept#topic-${req.params.row}`);
});

spaceWork.post('/:space/interests/:row/accept', signedIn, async (req, res) => {
  const space = await loadMine(req);
  const own = found(await findWork<SpaceInterest>('space_interests', space.id, String(req.params.row)));
  const other = found(await findWork<SpaceInterest>('space_interests', space.id, String(req.body.other)));
  authorize(own.organisation_id === req.actor.organisation_id && other.organisation_id !== own.organisation_id);
  await acceptInterest(req.actor, space, own, other);
  res.redirect(303, `/spaces/${space.id}?saved=kept#interests`);
});

const REMOVABLE: Record<string, WorkTable> = {
  tasks: 'space_tasks',
  topics: 'space_topics',
  messages: 'space_messages',
  interests: 'space_interests',
  contacts: 'space_contacts',
};

spaceWork.post('/:space/:what/:row/remove', signedIn, async (req, res) => {
  const space = await loadMine(req);
  const table = found(REMOVABLE[String(req.params.what)]);
  found(await findWork(table, space.id, String(req.params.row)));
  found((await removeWork(req.actor, space, table, String(req.params.row))) || undefined);
  res.redirect(303, `/spaces/${space.id}?saved=removed`);
});

/** A space that is open, for somebody who belongs to it or whose organisation does. */
async function loadMine(req: Request): Promise<Space> {
  const space = found(await findSpace(req.actor, String(req.params.space)));
  const [roles, organisations] = [await spaceRoles(req.actor, space.id), await selectSpaceOrganisations(space.id)];
  const isOurs = organisations.some(
    ({ organisation_id, state, role }) =>
      organisation_id === req.actor.organisation_id && state === 'member' && role !== 'observer',
  );
  authorize(space.ended_at === null && (roles.length > 0 || isOurs));
  return space;
}
