import { z } from 'zod';

const MOST_FIELDS = 200;
const MOST_LETTERS = 100_000;

/** An address of our own, without its query. */
const OwnPath = z
  .string()
  .max(300)
  .regex(/^\/(?!\/)[\w\-./~%]*$/);

const Field = z.object({
  v: z.union([z.string(), z.array(z.string().max(1000)).max(100)]),
  b: z.string().max(20).optional(),
});

export const TypedFields = z
  .record(z.string().max(200), Field)
  .refine((fields) => Object.keys(fields).length <= MOST_FIELDS && JSON.stringify(fields).length <= MOST_LETTERS);
export type TypedFields = z.infer<typeof TypedFields>;

/** From the script: what is in a form now. `age`: milliseconds since it was typed, by the device's own clock. */
export const TypedForm = z.object({
  form: OwnPath,
  page: OwnPath,
  age: z.number().min(0).catch(0),
  fields: TypedFields,
});

export const ThrownForm = z.object({ form: OwnPath });

/** From the "keep" button of a form without a script. */
export const KeptForm = z.object({ typed_form: OwnPath, typed_page: OwnPath.optional() });

/** The fields of a posted form as they are kept, or undefined when they are too many or too long. */
export function fieldsOf(body: Record<string, unknown>): TypedFields | undefined {
  const entries = Object.entries(body)
    .filter(([name, value]) => !name.startsWith('typed_') && value !== '')
    .map(([name, v]) => [name, { v }]);
  const result = TypedFields.safeParse(Object.fromEntries(entries));
  return result.success ? result.data : undefined;
}
