import type { Response } from 'express';
import helmet from 'helmet';

/**
 * Everything comes from our own address; no inline script or style runs. Pages of signed-in people are never kept by caches.
 * Frames are ours only: the sandboxed H5P player has a policy of its own on its route.
 */
export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      mediaSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginEmbedderPolicy: false,
  crossOriginResourcePolicy: { policy: 'cross-origin' },
  referrerPolicy: { policy: 'same-origin' },
  strictTransportSecurity: { maxAge: 31_536_000 },
});

/** Lets this page play what was recorded on it, before anything is sent: a blob of its own making. */
export function playRecordings(res: Response): void {
  const policy = String(res.getHeader('Content-Security-Policy'));
  res.setHeader('Content-Security-Policy', policy.replace("media-src 'self'", "media-src 'self' blob:"));
}
