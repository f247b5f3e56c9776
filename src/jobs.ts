import { MAIL_JOB, mailNotification } from './features/notifications/notifications.service';
import type { JobHandler } from './lib/jobs';
import type { Scheduled } from './lib/schedule';

/** What each job does, by its name. Above all features: a lower one enqueues by name what a higher one does. */
export const handlers: Record<string, JobHandler> = {
  [MAIL_JOB]: mailNotification,
};

/** What runs by itself. It may be late, after a stop, and must then do what it would have done in time. */
export const schedule: readonly Scheduled[] = [];
