import pg from 'pg';

export interface Field {
  name: string;
  dataTypeID: number;
  format?: string;
}

type Parse = (text: string) => unknown;
type Build = (values: readonly (string | null)[], parsers: readonly Parse[]) => Record<string, unknown>;

const TIMESTAMPTZ = 1184;

/** How rows of a statement become objects. It is made once for a prepared statement: finding out again costs more than a row. */
export class RowShape {
  private readonly parsers: readonly Parse[];
  private readonly build: Build;

  constructor(readonly fields: readonly Field[]) {
    this.parsers = fields.map(parserOf);
    // Of two columns with one name the last one counts, as in pg.
    const members = fields.map(
      ({ name }, index) =>
        `[${JSON.stringify(name)}]: values[${index}] === null ? null : parsers[${index}](values[${index}])`,
    );
    this.build = new Function('values', 'parsers', `return { ${members.join(', ')} }`) as Build;
  }

  row(values: readonly (string | null)[]): Record<string, unknown> {
    return this.build(values, this.parsers);
  }
}

function parserOf({ dataTypeID, format }: Field): Parse {
  const parse = pg.types.getTypeParser(dataTypeID, (format ?? 'text') as 'text') as Parse;
  return dataTypeID === TIMESTAMPTZ ? (text) => moment(text) ?? (parse(text) as Date) : parse;
}

/** A moment as PostgreSQL writes it, "2026-05-15 12:00:00.25+03"; undefined for rarer forms (infinity, before Christ, seconds in the zone). */
export function moment(text: string): Date | undefined {
  const zone = text.length - 3;
  if (text[4] !== '-' || text[10] !== ' ' || (text[zone] !== '+' && text[zone] !== '-')) return undefined;
  return new Date(`${text.slice(0, 10)}T${text.slice(11)}:00`);
}
