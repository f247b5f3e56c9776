import { z } from 'zod';

/** Longest statement (as JSON text) and longest saved state that are taken in, in characters. */
export const LONGEST_STATEMENT = 64 * 1024;
export const LONGEST_STATE = 512 * 1024;

const iri = z.string().min(1).max(500);
const words = z.record(z.string().max(20), z.string().max(5000));
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item).max(20));

const Score = z.object({
  raw: z.number().optional().catch(undefined),
  min: z.number().optional().catch(undefined),
  max: z.number().optional().catch(undefined),
  scaled: z.number().min(-1).max(1).optional().catch(undefined),
});

const Component = z.object({ id: z.string().max(500), description: words.optional().catch(undefined) });
const components = z.array(Component).max(300).optional().catch(undefined);

export const ENDING_POINT = 'http://id.tincanapi.com/extension/ending-point';
const Extensions = z.object({
  [ENDING_POINT]: z
    .union([z.number(), z.string().max(40)])
    .optional()
    .catch(undefined),
});

const Definition = z.object({
  type: iri.optional().catch(undefined),
  interactionType: z.string().max(40).optional().catch(undefined),
  name: words.optional().catch(undefined),
  description: words.optional().catch(undefined),
  choices: components,
  source: components,
  target: components,
  scale: components,
  steps: components,
  extensions: Extensions.optional().catch(undefined),
});

/**
 * An xAPI statement as the browser sends it. Only what is listed here is read: who did it, when, under what id, and the
 * right answers (`correctResponsesPattern` and H5P's own extensions hold them) never get past this schema. What only
 * describes is left out when it makes no sense, so that an answer is never lost for a bad title.
 */
export const IncomingStatement = z.object({
  verb: z.object({ id: iri, display: words.optional().catch(undefined) }),
  object: z
    .object({
      id: z.string().max(2000).optional().catch(undefined),
      definition: Definition.optional().catch(undefined),
    })
    .optional(),
  result: z
    .object({
      score: Score.optional().catch(undefined),
      completion: z.boolean().optional().catch(undefined),
      success: z.boolean().optional().catch(undefined),
      duration: z
        .string()
        .max(40)
        .regex(/^P[\dTYMWDHS.,]+$/)
        .optional()
        .catch(undefined),
      response: z.string().max(LONGEST_STATEMENT).optional().catch(undefined),
    })
    .optional(),
  context: z
    .object({
      contextActivities: z
        .object({
          parent: list(z.object({ id: z.string().max(2000) })).optional(),
          category: list(z.object({ id: iri }))
            .optional()
            .catch(undefined),
        })
        .optional(),
      extensions: Extensions.optional().catch(undefined),
    })
    .optional(),
});
export type IncomingStatement = z.infer<typeof IncomingStatement>;

/** Reads one statement from the browser; undefined for anything that is none or is too large. */
export function readStatement(value: unknown): IncomingStatement | undefined {
  if (JSON.stringify(value ?? null).length > LONGEST_STATEMENT) return undefined;
  return IncomingStatement.safeParse(value).data;
}

/** The state of a content, as JSON text, ready to be kept; undefined when it is no JSON or too large. */
export function readState(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > LONGEST_STATE) return undefined;
  try {
    JSON.parse(value);
    return value;
  } catch {
    return undefined;
  }
}

/** What the server knows about a statement and the browser has no say in. */
export interface StatementOrigin {
  id: string;
  at: Date;
  /** Home page of this installation, and the person's id in it: the actor's account. */
  homePage: string;
  personId: string;
  /** The address that names the content for good. */
  contentIri: string;
}

/** The statement to keep: what the browser told, with actor, id, time and addresses set by the server. */
export function completeStatement(incoming: IncomingStatement, origin: StatementOrigin) {
  const { verb, object, result, context } = incoming;
  const parents = context?.contextActivities?.parent?.map((parent) => ({
    id: within(origin.contentIri, parent.id),
    objectType: 'Activity' as const,
  }));
  return {
    id: origin.id,
    timestamp: origin.at.toISOString(),
    actor: {
      objectType: 'Agent' as const,
      account: { homePage: origin.homePage, name: origin.personId },
    },
    verb,
    object: {
      id: within(origin.contentIri, object?.id),
      objectType: 'Activity' as const,
      ...(object?.definition && { definition: object.definition }),
    },
    ...(result && { result }),
    ...(context && {
      context: {
        ...context,
        contextActivities: { ...context.contextActivities, ...(parents && { parent: parents }) },
      },
    }),
  };
}
export type CompleteStatement = ReturnType<typeof completeStatement>;

/** The content's own address, with the part of it that the browser named. Addresses from the browser may hold signed links. */
function within(contentIri: string, id: string | undefined): string {
  const part = /[?&]subContentId=([\w-]{1,64})/.exec(id ?? '')?.[1];
  return part ? `${contentIri}?subContentId=${part}` : contentIri;
}
