import { response } from 'express';
import pg from 'pg';

export interface Sent {
  text: string;
  values: readonly unknown[];
  name?: string;
}

/** What one request did: its statements, flight by flight, and the page it rendered or where it sent the reader. */
export interface Recording {
  flights: Sent[][];
  view?: string;
  locals?: object;
  location?: string;
  /** What it answered to a script. */
  json?: unknown;
  status: number;
}

type Query = string | { text?: string; values?: unknown[]; name?: string; statements?: Sent[] };

let recording: Recording | undefined;

/** From now on whatever this process sends to PostgreSQL and renders can be recorded. Call it once, before the app is made. */
export function installRecorder(): void {
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    recording?.flights.push(flightOf(args[0] as Query, args[1]));
    return query.apply(this, args);
  } as never;

  const render = response.render as (...args: unknown[]) => void;
  response.render = function (view: string, options?: unknown, callback?: unknown) {
    if (recording) {
      recording.view = view;
      recording.locals = { ...this.app.locals, ...this.locals, ...(options as object) };
    }
    render.call(this, view, options, callback);
  };
  const json = response.json;
  response.json = function (body) {
    if (recording) recording.json = body;
    return json.call(this, body);
  };
}

function flightOf(query: Query, values: unknown): Sent[] {
  if (typeof query === 'string') return [{ text: query, values: Array.isArray(values) ? values : [] }];
  if (query.statements) return [...query.statements];
  const { text = '', values: given = [], name } = query;
  return [{ text, values: given, ...(name && { name }) }];
}

/** Records one request. Others must not run meanwhile. */
export async function record(send: () => Promise<Response>): Promise<Recording> {
  recording = { flights: [], status: 0 };
  const answer = await send();
  const done = { ...recording, status: answer.status };
  recording = undefined;
  const location = answer.headers.get('location');
  return location ? { ...done, location } : done;
}

const MARK = /^\s*(begin|commit|rollback|savepoint|release)\b/i;

export const isMark = ({ text }: Sent) => MARK.test(text);

/** Statements, without settings of scope and marks of transactions. */
export function countStatements({ flights }: Recording): number {
  return flights.flat().filter((sent) => !isMark(sent) && sent.name !== 'scope').length;
}
