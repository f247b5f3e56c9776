import type { CookieOptions, Request, Response } from 'express';

/** The cookie of this name, as the browser sent it. */
export function cookieOf(req: Request, name: string): string | undefined {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const [key, ...rest] = pair.trim().split('=');
    if (key === name) return decode(rest.join('='));
  }
  return undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** A cookie that scripts do not see and other sites do not send. */
export function keepCookie(req: Request, res: Response, name: string, text: string, seconds: number): void {
  res.cookie(name, text, { ...kept(req), maxAge: seconds * 1000 });
}

export function dropCookie(req: Request, res: Response, name: string): void {
  res.clearCookie(name, kept(req));
}

const kept = (req: Request): CookieOptions => ({ httpOnly: true, sameSite: 'lax', secure: req.secure, path: '/' });
