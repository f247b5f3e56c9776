import { severalLines } from '../../lib/text';
import { type Cue, LONGEST_CUE, MOST_CUES, readMoment, writeMoment } from '../files/webvtt';

/** A row of the table as it was typed. */
export interface TypedCue {
  start: string;
  end: string;
  text: string;
}

export const typedCues = (cues: readonly Cue[]): TypedCue[] =>
  cues.map(({ start, end, text }) => ({ start: writeMoment(start), end: writeMoment(end), text }));

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
/** Places for rows: one more than may be, so that too many are noticed. */
const MOST_ROWS = MOST_CUES + 1;

/** The rows that a form sent, in order, as they were typed. */
export function readRows(body: Record<string, unknown>): TypedCue[] {
  const rows: TypedCue[] = [];
  for (let index = 0; index < MOST_ROWS && `start_${index}` in body; index += 1)
    rows.push({
      start: textOf(body[`start_${index}`]).slice(0, 20),
      end: textOf(body[`end_${index}`]).slice(0, 20),
      text: severalLines(textOf(body[`text_${index}`])).slice(0, LONGEST_CUE + 1),
    });
  return rows;
}

const isBlank = ({ start, end, text }: TypedCue) => !start.trim() && !end.trim() && !text.trim();

/** Cues in order of time, and a message by each field that cannot be read; empty rows are passed over. */
export function readCues(rows: readonly TypedCue[]): { cues: Cue[]; errors: Record<string, string> } {
  const cues: Cue[] = [];
  const errors: Record<string, string> = {};
  rows.forEach((row, index) => {
    if (isBlank(row)) return;
    const [start, end] = [readMoment(row.start), readMoment(row.end)];
    if (start === undefined) errors[`start_${index}`] = 'media.captions.time';
    if (end === undefined) errors[`end_${index}`] = 'media.captions.time';
    if (start !== undefined && end !== undefined && end <= start) errors[`end_${index}`] = 'media.captions.order';
    if (!row.text) errors[`text_${index}`] = 'media.captions.text.missing';
    if (row.text.length > LONGEST_CUE) errors[`text_${index}`] = 'media.captions.text.long';
    if (start !== undefined && end !== undefined) cues.push({ start, end, text: row.text });
  });
  if (rows.length > MOST_CUES) errors.form = 'media.captions.many';
  return { cues: cues.sort((a, b) => a.start - b.start), errors };
}

const EMPTY: TypedCue = { start: '', end: '', text: '' };

/** A row more after the last one, beginning where it ends. */
export const withRow = (rows: readonly TypedCue[]): TypedCue[] => [
  ...rows,
  { ...EMPTY, start: rows.at(-1)?.end || (rows.length === 0 ? '0:00' : '') },
];
