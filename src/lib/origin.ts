import type { Request } from 'express';
import { config } from '../config';

/** Scheme, host and port that people use for this installation: the setting where there is one, else as this request came. */
export function originOf(req: Request): string {
  return config.BASE_URL ? new URL(config.BASE_URL).origin : `${req.protocol}://${req.get('Host')}`;
}
