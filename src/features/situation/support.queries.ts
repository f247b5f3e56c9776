import type { Day } from '../../lib/calendar';
import type { SupportSource } from './picture';

/** Sums of kept month figures of the organisation, or of the organisations of a space, over whole months. */
export async function readSupport(_spaceId: string | null, _from: Day, _to: Day): Promise<SupportSource[]> {
  return [];
}
