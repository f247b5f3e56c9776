import { handlers } from '../../src/jobs';
import { db } from '../../src/lib/db';

interface QueuedJob {
  id: string;
  name: string;
  payload: never;
}

/** The jobs that wait, oldest first; those for later too when asked. */
export async function queuedJobs({ later = false } = {}): Promise<QueuedJob[]> {
  const { rows } = await db().raw(
    `select j.id, t.identifier as name, j.payload from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id where ? or j.run_at <= now() order by j.id`,
    [later],
  );
  return rows;
}

/**
 * Runs what is queued, and what that enqueues, in the test's own transaction: a worker would not see the uncommitted rows.
 * Throws what a job throws. Returns the names of the jobs that ran.
 */
export async function runJobs({ later = false } = {}): Promise<string[]> {
  const ran: string[] = [];
  for (let jobs = await queuedJobs({ later }); jobs.length > 0; jobs = await queuedJobs({ later })) {
    for (const { id, name, payload } of jobs) {
      const handler = handlers[name];
      if (!handler) throw new Error(`no handler for the job ${name}`);
      await db().raw('delete from graphile_worker._private_jobs where id = ?', [id]);
      await handler(payload);
      ran.push(name);
    }
  }
  return ran;
}
