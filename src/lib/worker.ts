import { EventEmitter } from 'node:events';
import { parseCronItems, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import type { JobHandler } from './jobs';
import { silent } from './jobs-schema';
import { log } from './log';
import { cronMatcher, longestDelay, type Scheduled } from './schedule';
import { keepPresence } from './worker-presence';

export interface WorkerOptions {
  /** How the application reaches the database. */
  connection: pg.ClientConfig;
  handlers: Record<string, JobHandler>;
  schedule: readonly Scheduled[];
}

export interface RunningWorker {
  /** Takes no more jobs and lets those under way end; one that takes too long is run again later. */
  stop(): Promise<void>;
}

const AT_ONCE = 2;
const LOOK_AGAIN = 5000;
const START_AGAIN = 10_000;

/**
 * Runs the queue's jobs in this process. A failing one is tried again after 3 s, 7 s, 20 s and so on, up to 25 times in
 * some days. Several instances share the queue: each job, and each turn of the schedule, is run by one of them.
 */
export async function startWorker({ connection, handlers, schedule }: WorkerOptions): Promise<RunningWorker> {
  const pool = new pg.Pool({ ...connection, application_name: 'oppiva jobs', max: AT_ONCE + 2 });
  pool.on('error', tellOfConnection);
  pool.on('connect', (client) => client.on('error', tellOfConnection));
  const cron = schedule.map((scheduled) => ({
    task: scheduled.job,
    match: cronMatcher(scheduled),
    options: { backfillPeriod: longestDelay(scheduled) },
  }));
  let presence: { leave(): void } | undefined;
  const begin = () => {
    const events = new EventEmitter() as WorkerEvents;
    events.on('pool:create', ({ workerPool }) => {
      presence = keepPresence(pool, workerPool.id);
    });
    // The library's own lines quote what PostgreSQL said, and that may quote people.
    events.on('job:error', ({ job, error }) =>
      log.error({ err: error, job: job.task_identifier, attempt: job.attempts }, 'a job failed'),
    );
    return run({
      pgPool: pool,
      taskList: handlers as unknown as TaskList,
      parsedCronItems: parseCronItems(cron),
      concurrency: AT_ONCE,
      pollInterval: LOOK_AGAIN,
      noHandleSignals: true,
      // Marks of success and failure go through the library's batches, which a stop waits for; others it would lose.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      logger: silent,
      events,
    });
  };

  let stopping = false;
  let again: NodeJS.Timeout | undefined;
  let runner: Runner | undefined;
  /** A database that restarts ends the worker; it comes back when the database does. */
  const keepGoing = async (): Promise<void> => {
    try {
      runner = await begin();
      if (stopping) await runner.stop();
      await runner.promise;
    } catch (error) {
      log.error({ err: error }, 'jobs are not run');
    }
    presence?.leave();
    runner = undefined;
    if (!stopping) again = setTimeout(keepGoing, START_AGAIN);
  };
  const ended = keepGoing();

  return {
    stop: async () => {
      stopping = true;
      clearTimeout(again);
      await runner?.stop().catch(() => undefined);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
      presence?.leave();
      await pool.end();
    },
  };
}

function tellOfConnection(error: Error): void {
  log.warn({ err: error }, 'the connection of the jobs ended');
}
