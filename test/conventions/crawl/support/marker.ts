import type { Knex } from 'knex';
import type { Condition } from './ownership';

/** Stands in no text of the product. */
export const MARKER = 'kanarialintu';
/** Slugs travel in addresses, which error pages may repeat, so they get a word of their own. */
export const SLUG = 'vieras';

interface Column {
  name: string;
  type: 'text' | 'text[]' | 'jsonb' | 'json';
}

/** The marker goes where no rule of the table forbids it; tables that let it in nowhere have no free text. */
export async function plant(owner: Knex, table: string, condition: string): Promise<void> {
  const columns = (
    await owner.raw(
      `select attname::text as name, format_type(atttypid, null) as type from pg_attribute
       where attrelid = ?::regclass and attnum > 0 and not attisdropped and attgenerated = ''
         and atttypid in ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype, 'json'::regtype)`,
      [table],
    )
  ).rows as Column[];
  for (const column of columns) {
    try {
      await owner.raw(
        `with numbered as (select ctid as place, row_number() over () as n from ${table} where ${condition})
         update ${table} t set ${column.name} = ${markedValue(column)} from numbered where t.ctid = numbered.place`,
      );
    } catch (error) {
      if (!FORBIDDEN.has((error as { code: string }).code)) throw error;
    }
  }
}

/** A check, a foreign key, a unique key, a length: the column holds a code, not words. */
const FORBIDDEN = new Set(['23514', '23503', '23505', '22001']);

function markedValue({ name, type }: Column): string {
  if (type === 'text[]') return `array['${MARKER}']`;
  if (type === 'jsonb') {
    return `case jsonb_typeof(t.${name}) when 'object' then t.${name} || '{"${MARKER}": "${MARKER}"}'
      when 'array' then t.${name} || '["${MARKER}"]' else t.${name} end`;
  }
  if (type === 'json') return `'{"${MARKER}": "${MARKER}"}'`;
  return `'${name === 'slug' ? SLUG : MARKER}-' || numbered.n`;
}

/** The tables with rows of the organisation in which the marker stands at least once, or that hold no words. */
export async function rowsOf(owner: Knex, table: string, condition: Condition, id: string): Promise<number> {
  const { rows } = await owner.raw(`select count(*)::int as n from ${table} where ${condition(id)}`);
  return rows[0].n;
}
