import { clockOf } from '../../lib/calendar';
import { endOf } from './shifts.service';

/** From when till when, as clock times. */
export const clocks = (span: { starts_at: Date; minutes: number }) => ({
  from: clockOf(span.starts_at),
  to: clockOf(endOf(span)),
});
