import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { conflict, signedOut, unreadable } from '../../lib/errors';
import { found } from '../../lib/guards';
import { limit } from '../../lib/limits';
import { secret } from '../../lib/secret';
import type { Actor } from '../organisations/organisations.model';
import { type ContentHead, findOwnContent, type H5pContent, setCompletionRule } from './contents.model';
import { parseLibraryName } from './h5p.libraries';
import { findPlayableContent } from './h5p.queries';
import type { Refusal } from './h5p.refusals';
import {
  type CompletionRule,
  completes,
  completesByDeclaring,
  completesByOpening,
  rulesFor,
  ruleValue,
  scoreShare,
  verbOf,
} from './h5p.rules';
import { completeStatement, LONGEST_STATE, readState, readStatement } from './h5p.statements';
import { signContentToken } from './h5p.token';
import { insertStatement, putState } from './tracking.model';

/** What views/h5p/_frame.ejs draws. */
export interface Frame {
  src: string;
  title: string;
  /** Where the page sends statements and the state. */
  statements: string;
  state: string;
  version: number;
  /** What was answered is sent for this person only, also when another has signed in in another tab meanwhile. */
  owner: string;
  /** Whether the learner says when it is done, because the content never will. */
  selfDeclared: boolean;
}

/** The frame that plays a content. `addresses` take POSTs for it. Throws 404 when the actor may not play it. */
export async function h5pFrame(
  actor: Actor,
  contentId: string,
  addresses: { statements: string; state: string },
): Promise<Frame> {
  const content = found(await findPlayableContent(actor, contentId));
  return {
    src: `/h5p/play/${signContentToken(tokenName(content), secret())}`,
    title: content.title,
    ...addresses,
    version: content.version,
    owner: actor.id,
    selfDeclared: completesByDeclaring(content.completion_rule),
  };
}

/** Whether a person may say of this content that they have done it. Throws 404 when the actor may not play it. */
export async function isSelfDeclared(actor: Actor, contentId: string): Promise<boolean> {
  return completesByDeclaring(found(await findPlayableContent(actor, contentId)).completion_rule);
}

/** What a token is made for: one version of one content. What browsers keep of a build they do not show for the next. */
export const tokenName = ({ id, version, build }: Pick<ContentHead, 'id' | 'version' | 'build'>) =>
  `${id}/${version}/${build}`;

const StatementBody = z.union([
  z.object({ owner: z.uuid().optional(), opened: z.literal(true) }),
  z.object({ owner: z.uuid().optional(), key: z.string().regex(/^[\w-]{8,64}$/), statement: z.unknown() }),
]);
const StateBody = z.object({
  owner: z.uuid().optional(),
  version: z.number().int().min(1),
  state: z.string().max(LONGEST_STATE),
});

/** A person at work sends some tens in ten minutes; a loop in a content's own script sends thousands. */
const sent = limit('h5p-sent', 1200, 600);

/**
 * Keeps what the player tells of the actor, and says whether the content is completed by it. Actor, id and time are ours;
 * the score is the browser's word, so it is kept as told and is never evidence of a skill by itself.
 * Throws 404 for a content the actor may not play, 401 for what another person left unsent, 422 for what is no statement,
 * 429 for too many.
 * @param homePage scheme, host and port of this installation: the home of its people's accounts
 */
export async function recordStatement(
  actor: Actor,
  contentId: string,
  body: unknown,
  homePage: string,
): Promise<{ completed: boolean }> {
  const content = found(await findPlayableContent(actor, contentId));
  const told = readBody(StatementBody, body, actor);
  if ('opened' in told) return { completed: completesByOpening(content.completion_rule) };
  const statement = readStatement(told.statement);
  if (!statement) throw unreadable();
  await sent.count(actor.id);

  const id = randomUUID();
  await insertStatement({
    id,
    organisation_id: actor.organisation_id,
    person_id: actor.id,
    content_id: content.id,
    key: told.key,
    verb: verbOf(statement).slice(0, 100),
    score_share: scoreShare(statement) ?? null,
    statement: completeStatement(statement, {
      id,
      at: new Date(),
      homePage,
      personId: actor.id,
      contentIri: contentIri(homePage, content.id),
    }),
  });
  return { completed: completes(content.completion_rule, statement) };
}

/**
 * Keeps where the actor left off, in place of what was kept before. Throws as `recordStatement`, and 409 for the state of
 * another version of the content.
 */
export async function saveState(actor: Actor, contentId: string, body: unknown): Promise<void> {
  const content = found(await findPlayableContent(actor, contentId));
  const told = readBody(StateBody, body, actor);
  const state = readState(told.state);
  if (state === undefined) throw unreadable();
  if (told.version !== content.version) throw conflict();
  await sent.count(actor.id);
  await putState(actor, content.id, content.version, state);
}

function readBody<S extends z.ZodType<{ owner?: string | undefined }>>(schema: S, body: unknown, actor: Actor) {
  const result = schema.safeParse(body);
  if (!result.success) throw unreadable();
  if (result.data.owner !== undefined && result.data.owner !== actor.id) throw signedOut();
  return result.data;
}

export interface ContentFacts {
  title: string;
  library: string;
  warnings: Refusal[];
  /** The present rule, as the value of one of `rules`. */
  rule: string;
  rules: { value: string; rule: CompletionRule }[];
}

/** What an author sees of a content of their organisation. Throws 404 for another's. */
export async function describeContent(organisationId: string, contentId: string): Promise<ContentFacts> {
  const content = found(await findOwnContent(organisationId, contentId));
  return {
    title: content.title,
    library: content.main_library,
    warnings: content.warnings,
    rule: ruleValue(content.completion_rule),
    rules: rulesOf(content).map((rule) => ({ value: ruleValue(rule), rule })),
  };
}

/** When a content counts as done, as the value of a rule. */
export const ruleOf = ({ completion_rule }: Pick<H5pContent, 'completion_rule'>): string => ruleValue(completion_rule);

/** Sets when a content counts as done, by the value of a rule it offers; any other value changes nothing. */
export async function chooseRule(organisationId: string, contentId: string, value: string): Promise<void> {
  const content = found(await findOwnContent(organisationId, contentId));
  const rule = rulesOf(content).find((offered) => ruleValue(offered) === value);
  if (rule) await setCompletionRule(organisationId, contentId, rule);
}

function rulesOf({ main_library, content_json }: H5pContent): CompletionRule[] {
  return rulesFor(parseLibraryName(main_library)?.machineName ?? '', content_json);
}

/** The address that names a content for good, in statements. */
export const contentIri = (homePage: string, contentId: string) => `${homePage}/h5p/contents/${contentId}`;
