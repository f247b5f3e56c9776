import type { z } from 'zod';
import type { MessageKey } from './i18n';

/** One message key by field name. */
export type FieldErrors = Record<string, MessageKey>;
export type FormResult<T> =
  | { ok: true; value: T }
  | { ok: false; values: Record<string, unknown>; errors: FieldErrors };

/** Reads a submitted form: either a typed value, or what was typed with one message key per field. */
export function readForm<S extends z.ZodType>(schema: S, body: unknown): FormResult<z.output<S>> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return { ok: true, value: result.data };

  const errors: FieldErrors = {};
  for (const issue of result.error.issues) errors[String(issue.path[0] ?? 'form')] ??= toMessageKey(issue.message);
  return { ok: false, values: { ...(body as object) }, errors };
}

/** Zod's own English sentences never reach a reader. */
function toMessageKey(message: string): MessageKey {
  return /^[a-z][\w-]*(\.[\w-]+)+$/i.test(message) ? message : 'errors.invalid';
}

/** The `error` option of a Zod check, from a message key. */
export const message = (key: MessageKey) => ({ error: key });
