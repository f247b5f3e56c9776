import { z } from 'zod';

/** A field stands under another one's answer: `field` is a path from the field itself, as H5P writes it (`../mode`). */
export interface ShowWhen {
  rules: { field: string; equals: unknown[] }[];
  every: boolean;
}

interface About {
  name: string;
  label: string;
  description: string;
  optional: boolean;
  /** The same in each content of the library: words of buttons and messages. */
  common: boolean;
  importance: 'low' | 'medium' | 'high';
  /** Kept as it is and never drawn. */
  hidden: boolean;
  showWhen?: ShowWhen | undefined;
  default: unknown;
}

export type TextField = About & {
  kind: 'text';
  /** Tags that may stand in it; undefined where no markup may. */
  tags?: string[] | undefined;
  long: boolean;
  paragraph: 'p' | 'div';
  maxLength?: number | undefined;
};
export type NumberField = About & {
  kind: 'number';
  min?: number | undefined;
  max?: number | undefined;
  unit: string;
};
export type BooleanField = About & { kind: 'boolean' };
export type SelectField = About & { kind: 'select'; options: { value: string; label: string }[] };
export type ListField = About & {
  kind: 'list';
  field: Field;
  entity: string;
  min: number;
  max?: number | undefined;
  /** How many items a new list has. */
  start: number;
};
export type GroupField = About & {
  kind: 'group';
  fields: Field[];
  /** H5P stores the value of an only child in place of the group's. */
  single: boolean;
};
/** A content inside the content; `options` as content.json names them, `H5P.Image 1.1`. */
export type LibraryField = About & { kind: 'library'; options: string[] };
export type MediaField = About & { kind: 'media'; media: 'image' | 'audio' | 'video' | 'file' };
/** A type that this product does not know: its value is kept as it is. */
export type OtherField = About & { kind: 'other' };

export type Field =
  | TextField
  | NumberField
  | BooleanField
  | SelectField
  | ListField
  | GroupField
  | LibraryField
  | MediaField
  | OtherField;

/** How large semantics may be; what lies beyond is kept as it is and not drawn. */
const LIMITS = { depth: 12, fields: 3000, options: 500 };

const words = (longest: number) =>
  z
    .string()
    .transform((text) => text.slice(0, longest))
    .catch('');
const count = z.coerce.number().finite().optional().catch(undefined);
const flag = z.literal(true).catch(false as never);

const Raw = z.object({
  name: z.string().regex(/^[A-Za-z_$][\w$-]{0,99}$/),
  type: z.string().catch(''),
  label: words(300),
  description: words(2000),
  entity: words(100),
  unit: words(40),
  optional: flag,
  common: flag,
  deprecated: flag,
  isSubContent: flag,
  multiple: flag,
  importance: z.enum(['low', 'medium', 'high']).catch('medium'),
  widget: words(100),
  tags: z
    .array(z.string().regex(/^[a-z][a-z0-9]{0,15}$/))
    .max(100)
    .optional()
    .catch(undefined),
  enterMode: words(10),
  min: count,
  max: count,
  maxLength: count,
  defaultNum: count,
  options: z.array(z.unknown()).catch([]),
  fields: z.array(z.unknown()).catch([]),
  field: z.unknown().optional(),
  default: z.unknown().optional(),
  showWhen: z
    .object({
      rules: z
        .array(z.object({ field: z.string().max(300), equals: z.unknown().optional() }))
        .min(1)
        .max(20),
      type: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
type Raw = z.infer<typeof Raw>;

const Option = z.object({ value: z.coerce.string().max(300), label: words(300) });
const LibraryOption = z.union([
  z.string().max(300),
  z.object({ name: z.string().max(300) }).transform(({ name }) => name),
]);

/** For a field that asks for markup and does not say which. */
const USUAL_TAGS = ['strong', 'em', 'a', 'ul', 'ol'];

const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The fields of a semantics.json, read so that nothing in it can do harm: fields with strange names, and those beyond the
 * limits, are left out, so that their values stay as they are; unknown types become `other`.
 */
export function readSemantics(json: unknown): Field[] {
  const budget = { left: LIMITS.fields };
  return readFields(json, 0, budget);
}

function readFields(json: unknown, depth: number, budget: { left: number }): Field[] {
  if (!Array.isArray(json) || depth > LIMITS.depth) return [];
  const fields = new Map<string, Field>();
  for (const raw of json) {
    const field = readField(raw, depth, budget);
    if (field && !fields.has(field.name)) fields.set(field.name, field);
  }
  return [...fields.values()];
}

function readField(json: unknown, depth: number, budget: { left: number }): Field | undefined {
  if (budget.left <= 0) return undefined;
  const parsed = Raw.safeParse(json);
  if (!parsed.success || RESERVED.has(parsed.data.name)) return undefined;
  budget.left--;
  const raw = parsed.data;
  return { ...aboutOf(raw), ...kindOf(raw, depth, budget) } as Field;
}

function aboutOf(raw: Raw): About {
  return {
    name: raw.name,
    label: raw.label || raw.name,
    description: raw.description,
    optional: raw.optional === true,
    common: raw.common === true,
    importance: raw.importance,
    hidden: raw.deprecated === true || raw.widget === 'none',
    showWhen: raw.showWhen && {
      rules: raw.showWhen.rules.map(({ field, equals }) => ({ field, equals: [equals].flat() })),
      every: raw.showWhen.type === 'and',
    },
    default: raw.default,
  };
}

function kindOf(raw: Raw, depth: number, budget: { left: number }) {
  switch (raw.type) {
    case 'text':
    case 'html': {
      const isRich = raw.widget === 'html' || raw.tags !== undefined || raw.type === 'html';
      return {
        kind: 'text',
        tags: isRich ? (raw.tags ?? USUAL_TAGS) : undefined,
        long: isRich || raw.widget === 'textarea',
        paragraph: raw.enterMode === 'div' ? 'div' : 'p',
        maxLength: raw.maxLength,
      };
    }
    case 'number':
      return { kind: 'number', min: raw.min, max: raw.max, unit: raw.unit };
    case 'boolean':
      return { kind: 'boolean' };
    case 'select':
      // Several answers at once need widgets of their own.
      return raw.multiple === true || raw.widget === 'dynamicCheckboxes'
        ? { kind: 'other' }
        : { kind: 'select', options: readAll(Option, raw.options) };
    case 'list': {
      const field = depth < LIMITS.depth ? readField(raw.field, depth + 1, budget) : undefined;
      if (!field) return { kind: 'other' };
      const min = Math.max(0, Math.min(raw.min ?? 0, 100));
      const start = Math.max(min, Math.min(raw.defaultNum ?? (raw.min === undefined && !raw.optional ? 1 : min), 20));
      return { kind: 'list', field, entity: raw.entity, min, max: raw.max, start };
    }
    case 'group': {
      const single = raw.fields.length === 1 && raw.isSubContent !== true;
      return { kind: 'group', single, fields: readFields(raw.fields, depth + 1, budget) };
    }
    case 'library':
      return { kind: 'library', options: readAll(LibraryOption, raw.options) };
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return { kind: 'media', media: raw.type };
    default:
      return { kind: 'other' };
  }
}

function readAll<S extends z.ZodType>(schema: S, values: unknown[]): z.output<S>[] {
  return values.slice(0, LIMITS.options).flatMap((value) => {
    const read = schema.safeParse(value);
    return read.success ? [read.data] : [];
  });
}
