import { pino } from 'pino';
import { pinoHttp } from 'pino-http';
import { config } from '../config';

export const log = pino({ level: config.LOG_LEVEL, base: null });

/** One line per request: method, path without its query, status and time. Never bodies, cookies, names or addresses. */
export const logRequests = pinoHttp({
  logger: log,
  quietReqLogger: true,
  customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? 'error' : 'debug'),
  serializers: {
    req: (req: { method: string; url: string }) => ({ method: req.method, path: req.url.split('?')[0] }),
    res: (res: { statusCode: number }) => ({ status: res.statusCode }),
  },
});
