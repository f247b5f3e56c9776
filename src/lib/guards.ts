import { forbidden, notFound } from './errors';

/** Stops the request with 403 unless a policy said yes. */
export function authorize(allowed: boolean): asserts allowed {
  if (!allowed) throw forbidden();
}

/** Turns "no row" into a 404, so that handlers only ever hold rows that exist. */
export function found<T>(row: T | undefined | null): T {
  if (row === undefined || row === null) throw notFound();
  return row;
}
