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
  return dataTypeID === TIMESTAMPTZ ? (text) => utcDate(text) ?? (parse(text) as Date) : parse;
}

/** The moment as PostgreSQL writes it in UTC; undefined for other forms (another zone, infinity, before Christ). */
export function utcDate(text: string): Date | undefined {
  if (!text.endsWith('+00') || text[4] !== '-') return undefined;
  return new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
}
