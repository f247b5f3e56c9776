import { createHmac, randomInt, randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { dayOf, noonOf } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { limit } from '../../lib/limits';
import { withScope } from '../../lib/scope';
import { secret } from '../../lib/secret';
import { hideSmallCells } from '../../lib/small-cells';
import { recordAudit } from '../audit/audit.model';
import { keepCard } from '../cards/cards.service';
import { linkObjects, readObject, rememberObject } from '../loop/loop.service';
import { THEMES } from '../loop/themes';
import type { Actor } from '../organisations/organisations.model';
import {
  deleteInterview,
  deleteInterviews,
  deletePassage,
  type FoundRound,
  findRound,
  type Interview,
  insertContact,
  insertInterview,
  insertPassage,
  insertRound,
  type Matrix,
  type Passage,
  type Round,
  selectDueRounds,
  selectInterviews,
  selectPassages,
  setRound,
  withdrawByCode,
} from './interviews.model';
import type { ContactForm, FindingForm, InterviewForm, PassageForm, RoundForm } from './interviews.schema';

export const DELETE_INTERVIEWS_JOB = 'interviews.delete';
const today = () => dayOf(new Date());

/** Begins a round: its three standard questions first, then its own. Once for a key. */
export function createRound(
  actor: Actor,
  { key: id, own_questions, delete_on, ...form }: z.output<typeof RoundForm>,
  standard: readonly string[],
): Promise<string> {
  return atomically(async () => {
    const round: Round = {
      ...{ ...form, id, delete_on: delete_on ?? today(), organisation_id: actor.organisation_id, space_id: null },
      ...{ visibility: 'organisation', questions: [...standard, ...own_questions], consent_version: 1 },
      ...{ deleted_on: null, remains: null, owner_id: actor.id },
    };
    if (!(await insertRound(round))) return id;
    await rememberObject({
      ...{ kind: 'interview-round', id, organisation_id: round.organisation_id, title: round.title },
      ...{ href: `/interviews/${id}`, visibility: round.visibility, language: round.language },
      ended_on: noonOf(round.delete_on),
    });
    await recordAudit(actor, 'interviews.begun', { type: 'interview-round', id });
    return id;
  });
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const someLetters = (count: number) => Array.from({ length: count }, () => LETTERS[randomInt(LETTERS.length)]).join('');
const unreadable = (code: string) =>
  createHmac('sha256', secret())
    .update(`interview:${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`)
    .digest('base64url');

/** Keeps the notes under a made-up name. Returns the code by which the interviewed person takes them away; it is told once. */
export function recordInterview(actor: Actor, round: Round, form: z.output<typeof InterviewForm>): Promise<string> {
  return atomically(async () => {
    const code = `${someLetters(4)}-${someLetters(4)}-${someLetters(4)}`;
    const interview: Interview = {
      ...{ id: form.key, organisation_id: round.organisation_id, round_id: round.id, pseudonym: someLetters(5) },
      ...{
        population_group: form.population_group,
        held_on: form.held_on ?? today(),
        consent_on: form.held_on ?? today(),
      },
      ...{ consent_version: round.consent_version, withdrawal: unreadable(code), notes: form.notes },
    };
    if (!(await insertInterview(interview))) return '';
    await recordAudit(actor, 'interviews.noted', { type: 'interview-round', id: round.id });
    return code;
  });
}

const perAddress = limit('interview-withdrawals', 10, 600);
/** Takes away the notes that the code belongs to. False when there are none. Throws 429 when codes are guessed. */
export async function withdraw(code: string, address: string): Promise<boolean> {
  await perAddress.count(address);
  return atomically(() => withdrawByCode(unreadable(code)));
}

/** Marks a passage with each of its themes. */
export function codePassage(interview: Interview, { key, themes, body }: z.output<typeof PassageForm>): Promise<void> {
  return atomically(async () => {
    for (const [index, theme] of themes.entries())
      await insertPassage({
        ...{ id: index === 0 ? key : randomUUID(), organisation_id: interview.organisation_id },
        ...{ interview_id: interview.id, theme, body },
      });
  });
}

/** In how many interviews of each group a theme came up; small cells hidden, and others with them against subtraction. */
export function matrixOf(round: FoundRound, interviews: readonly Interview[], passages: readonly Passage[]): Matrix {
  const themes = THEMES.filter((theme) => passages.some((one) => one.theme === theme));
  const groupOf = new Map(interviews.map((one) => [one.id, one.population_group]));
  const cells = themes.map((theme) => {
    const ids = [...new Set(passages.filter((one) => one.theme === theme).map((one) => one.interview_id))];
    return round.groups.map((group) => ids.filter((id) => groupOf.get(id) === group).length);
  });
  const shown = hideSmallCells(cells, round.least);
  const held = round.groups.map((group) => interviews.filter((one) => one.population_group === group).length);
  const [counts = []] = hideSmallCells([held], round.least);
  return { groups: round.groups, held: counts, rows: themes.map((theme, row) => ({ theme, cells: shown[row] ?? [] })) };
}

/** Deletes all notes of a round; the matrix without small cells remains, and findings. */
export function deleteNotes(
  actor: Pick<Actor, 'organisation_id'> & { id: string | null },
  round: FoundRound,
): Promise<void> {
  return atomically(async () => {
    const remains = matrixOf(round, await selectInterviews(round), await selectPassages(round));
    await deleteInterviews(round);
    await setRound(round, { deleted_on: today(), remains });
    await recordAudit(actor, 'interviews.deleted', { type: 'interview-round', id: round.id });
  });
}

/** The job of the promised day: notes of every round whose day has come are gone. */
export async function deleteDueNotes(): Promise<void> {
  for (const { id, organisation_id } of await selectDueRounds())
    await withScope({ organisationId: organisation_id, personId: null }, async () => {
      const round = await findRound(id);
      if (round) await deleteNotes({ id: null, organisation_id }, round);
    });
}

/** Keeps who wants to hear more. No audit row: it would say when, and beside which notes. */
export function keepContact(actor: Actor, { name, contact }: z.output<typeof ContactForm>): Promise<void> {
  return atomically(() => insertContact({ organisation_id: actor.organisation_id, name, contact }));
}

/** Puts a finding into the library, as a card, and, when it came of something the actor sees, says of what. Returns its id. */
export function addFinding(actor: Actor, form: z.output<typeof FindingForm>): Promise<string> {
  return atomically(async () => {
    const { key: id, from, summary, ...card } = form;
    await keepCard(actor, { ...card, id, kind: 'finding', language: actor.content_language, body: { what: summary } });
    const source = await readObject(from);
    if (source) await linkObjects(actor, source, { kind: 'finding', id }, 'came-of');
    return id;
  });
}

/** Takes away one interview at the wish of who was interviewed, also without the code. */
export function removeInterview(actor: Actor, interview: Interview): Promise<void> {
  return atomically(async () => {
    await deleteInterview(interview);
    await recordAudit(actor, 'interviews.removed', { type: 'interview-round', id: interview.round_id });
  });
}

/** Takes a mark of a theme away. Returns how many it was. */
export const uncodePassage = (interview: Interview, id: string): Promise<number> =>
  atomically(() => deletePassage(interview, id));
