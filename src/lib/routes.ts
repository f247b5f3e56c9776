import { type Request, type RequestHandler, type Response, Router } from 'express';
import { forbidden, signedOut } from './errors';

/** Who may use a route at all, whatever the row. Finer rules are asked inside the handler with `authorize`. */
export interface RoutePolicy {
  name: string;
  allows(req: Request): boolean;
}

declare global {
  namespace Express {
    interface Request {
      /**
       * For a session that opens only a part of the product: where to go instead of a route, by its declared address;
       * undefined when the route is open to it. The spelling of the request's own address changes nothing.
       */
      turnedAway?: (address: string) => string | 'forbidden' | undefined;
    }
  }
}

export type Handler = (req: Request, res: Response) => unknown;
export type Method = 'get' | 'post';

export interface DeclaredRoute {
  method: Method;
  path: string;
  policy: string;
}

const declared: DeclaredRoute[] = [];

/** Every route of the product, in the order of declaration. Tests walk it: matrix of roles, canaries, axe. */
export function declaredRoutes(): readonly DeclaredRoute[] {
  return declared;
}

/**
 * The addresses of a feature. Each route names its policy where it is declared; declaring one without throws,
 * so the app does not start.
 */
export class Routes {
  readonly router = Router();

  constructor(readonly base: string) {}

  get(path: string, policy: RoutePolicy, handler: Handler): void {
    this.add('get', path, policy, handler);
  }

  post(path: string, policy: RoutePolicy, handler: Handler): void {
    this.add('post', path, policy, handler);
  }

  private add(method: Method, path: string, policy: RoutePolicy, handler: Handler): void {
    const address = `${this.base}${path}`.replace(/(.)\/$/, '$1');
    if (typeof policy?.allows !== 'function' || typeof handler !== 'function') {
      throw new Error(`${method.toUpperCase()} ${address} names no policy`);
    }
    const guard: RequestHandler = (req, res, next) => {
      const away = policy === anyone ? undefined : req.turnedAway?.(address);
      if (away === 'forbidden') next(forbidden());
      else if (away) res.redirect(303, away);
      else if (policy.allows(req)) next();
      else if (!req.visitor && req.is('json')) next(signedOut());
      else if (req.visitor || method !== 'get') next(forbidden());
      else res.redirect(303, `/sign-in?next=${encodeURIComponent(req.originalUrl)}`);
    };
    declared.push({ method, path: address, policy: policy.name });
    this.router[method](path, guard, handler);
  }
}

/** For pages that need no sign-in. It must be written out, like any other policy. */
export const anyone: RoutePolicy = { name: 'anyone', allows: () => true };

/** A named policy over the request. */
export function policy(name: string, allows: (req: Request) => boolean): RoutePolicy {
  return { name, allows };
}
