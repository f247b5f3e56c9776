import { noonOf } from '../../lib/calendar';
import { linkObjects, rememberObject } from '../loop/loop.service';
import type { Actor } from '../organisations/organisations.model';
import type { Level } from './levels';
import type { Process } from './processes.model';
import { said } from './words';

/** The process as the loop knows it. */
export const rememberProcess = (process: Process): Promise<void> =>
  rememberObject({
    ...{ kind: 'process', id: process.id, organisation_id: process.organisation_id, space_id: process.space_id },
    ...{ visibility: process.visibility, title: said(process.title, 'fi').text, href: `/processes/${process.id}` },
    status: process.ended_on ? 'ended' : process.answered_on ? 'answered' : 'open',
    ended_on: process.ended_on ? noonOf(process.ended_on) : null,
  });

interface Told {
  kind: 'decision' | 'key-result';
  id: string;
  title: string;
  level: Level;
  page: string;
  on?: string;
}

/** What came of a process: what is open to Agora is seen as the process is, the rest by the process's own people. */
export async function tellLoop(actor: Actor, process: Process, told: Told): Promise<void> {
  const { kind, id, title, level, page, on } = told;
  await rememberObject({
    ...{ kind, id, title, organisation_id: process.organisation_id, space_id: process.space_id },
    ...{ visibility: level === 'agora' ? process.visibility : 'members', href: `/processes/${process.id}/${page}` },
    ...(on && { dated_on: noonOf(on) }),
  });
  const keeper = { id: actor.id, organisation_id: process.organisation_id };
  await linkObjects(keeper, { kind: 'process', id: process.id }, { kind, id }, 'came-of');
}
