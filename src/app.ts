import path from 'node:path';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { config } from './config';
import { firstSignIn } from './features/accounts/accounts.first-sign-in';
import { clearSentForms, giveTypedBack } from './features/keeping/typed.service';
import { unhurried } from './features/look/look.session';
import { serveAssets, serveFonts } from './lib/assets';
import { compressTexts } from './lib/compression';
import { tellDevice } from './lib/device';
import { notFound } from './lib/errors';
import { knownError, refuseZeroSigns } from './lib/known-errors';
import { log, logRequests } from './lib/log';
import { ROOT } from './lib/root';
import { refuseOtherSites } from './lib/same-site';
import { securityHeaders } from './lib/security-headers';
import { ejsEngine } from './lib/views';
import { providePageLocals, useLanguage } from './page-locals';
import { routes } from './routes';

export interface AppOptions {
  /** Says who is asking: the session in production, a chosen person in tests. */
  identify: RequestHandler[];
  trustProxy?: number;
}

/** The chain that every request runs through. */
export function createApp({ identify, trustProxy = 0 }: AppOptions) {
  const app = express();
  app.disable('x-powered-by');
  // Else Express shows the code's places to a reader when even the page of an error fails.
  app.set('env', 'production');
  // Pages are never stored, so nobody asks again with their tag.
  app.set('etag', false);
  app.set('trust proxy', trustProxy);
  app.set('view engine', 'ejs');
  if (config.NODE_ENV !== 'test') app.engine('ejs', ejsEngine(path.join(ROOT, 'views')));
  app.set('views', [path.join(ROOT, 'views')]);
  app.set('view cache', true);

  app.use('/assets', serveAssets);
  app.use('/fonts', serveFonts);
  app.use(logRequests);
  app.use(securityHeaders);
  app.use(compressTexts);
  app.use(neverCached);
  app.use(refuseZeroSigns);
  app.use(refuseOtherSites);
  app.use(identify);
  app.use(tellDevice);
  app.use(unhurried);
  app.use(firstSignIn);
  app.use(providePageLocals);
  app.use(giveTypedBack);
  app.use(express.urlencoded({ extended: false, limit: '1mb' }));
  app.use(express.json({ limit: '2mb' }));
  app.use(clearSentForms);
  app.use(routes);
  app.use((_req, _res, next) => next(notFound()));
  app.use(renderError);
  return app;
}

const neverCached: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  next();
};

/** Must work whatever failed before it, so it asks for nothing but a language. */
const renderError: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) return next(error);
  const known = knownError(error);
  if (known.status >= 500) log.error({ err: error }, 'unexpected');
  if (req.is('json')) return res.status(known.status).json({ status: known.status });
  if (!res.locals.t) {
    useLanguage(res, 'fi');
    providePageLocals(req, res, () => undefined);
  }
  res.status(known.status).render(`errors/${ERROR_PAGES[known.status] ?? 'unexpected'}`, { id: req.id });
};

const ERROR_PAGES: Record<number, string> = {
  400: 'not-found',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  429: 'too-many',
  507: 'no-room',
};
