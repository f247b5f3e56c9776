import { db } from './db';

/** What runs a job of one name. It sets its own scope, and may run again after a crash: doing it twice does no harm. */
export type JobHandler = (payload: never) => Promise<void>;

export interface EnqueueOptions {
  /** Not before this moment; at once when left out. */
  runAt?: Date;
  /** A job of the same key that still waits is replaced. */
  key?: string;
}

/**
 * Leaves a job to be run after the caller's transaction is committed; a rollback takes it away. The payload holds ids, no
 * texts of people: it stays readable in the queue until the job has succeeded.
 */
export async function enqueue(name: string, payload: object, { runAt, key }: EnqueueOptions = {}): Promise<void> {
  await db().raw('select from graphile_worker.add_job(?, payload => ?::json, run_at => ?, job_key => ?)', [
    name,
    JSON.stringify(payload),
    runAt ?? null,
    key ?? null,
  ] as never);
}
