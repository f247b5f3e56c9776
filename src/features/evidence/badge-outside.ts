import { config } from '../../config';
import { guardedFetch } from '../../lib/guarded-fetch';
import type { Fetch } from './badge-status';

let forTest: Fetch | undefined;

/** The one way out of the house for badges. Undefined while the setting keeps it shut, as it is until somebody opens it. */
export function outside(): Fetch | undefined {
  if (forTest && config.NODE_ENV === 'test') return forTest;
  return config.BADGE_FETCH === 'on' ? (address) => guardedFetch(address) : undefined;
}

/** Tests put a world of their own here. */
export function useOutside(fetch: Fetch | undefined): void {
  forTest = fetch;
}
