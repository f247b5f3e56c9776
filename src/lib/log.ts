import { pino } from 'pino';
import { pinoHttp } from 'pino-http';
import { config } from '../config';

/**
 * A fault without what people wrote: of PostgreSQL's words only its codes and names, because its sentences and details
 * quote values. Our own faults keep their message.
 */
export function errorForLog(error: Error): object {
  const { code, severity, table, column, constraint, routine } = error as Error & Record<string, unknown>;
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  if (severity === undefined) return { type: error.name, message: error.message, code, places };
  return { type: error.name, code, table, column, constraint, routine, places };
}

export const log = pino({ level: config.LOG_LEVEL, base: null, serializers: { err: errorForLog } });

/**
 * Without the query, and without long parts or words: they are tokens, and whoever has one may open what it names. A code is
 * on paper in groups of four, and may be typed so.
 */
export function pathForLog(url: string): string {
  return (url.split('?')[0] ?? '').replace(/[^/]{50,}|[0-9A-Za-z]{26,}|(?:\w{4}(?:[-.+]|%20)+){5,}[^/]*/g, '…');
}

/** One line per request: method, path without its query, status and time. Never bodies, cookies, names or addresses. */
export const logRequests = pinoHttp({
  logger: log,
  quietReqLogger: true,
  customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? 'error' : 'debug'),
  wrapSerializers: false,
  serializers: {
    err: errorForLog,
    req: (req: { method: string; url: string }) => ({ method: req.method, path: pathForLog(req.url) }),
    res: (res: { statusCode: number }) => ({ status: res.statusCode }),
  },
});
