import type pg from 'pg';
import { log } from './log';

const BEAT = 30_000;

/** Jobs of a worker whose lock nobody holds: its process was killed, and PostgreSQL let the lock go with its connection. */
const GIVE_BACK = `
  update graphile_worker._private_jobs set locked_by = null, locked_at = null
  where locked_by is not null and locked_by <> $1 and locked_at < now() - interval '1 minute'
    and pg_try_advisory_xact_lock(hashtext('oppiva worker ' || locked_by))`;

/**
 * Holds a lock for as long as this worker lives, and gives jobs of workers that died back to the queue: by itself the
 * library waits four hours, as it cannot tell a dead worker from a slow one.
 */
export function keepPresence(pool: pg.Pool, workerId: string): { leave(): void } {
  let client: pg.PoolClient | undefined;
  let left = false;
  const beat = async () => {
    try {
      if (!client) {
        const taken = await pool.connect();
        if (left) return taken.release(true);
        taken.on('error', () => {
          client = undefined;
        });
        await taken.query("select pg_advisory_lock(hashtext('oppiva worker ' || $1))", [workerId]);
        client = taken;
      }
      await client.query(GIVE_BACK, [workerId]);
    } catch (error) {
      client?.release(true);
      client = undefined;
      if (!left) log.warn({ err: error }, 'jobs of ended servers are not looked for');
    }
  };
  const timer = setInterval(beat, BEAT);
  timer.unref();
  beat();
  return {
    leave: () => {
      left = true;
      clearInterval(timer);
      client?.release(true);
      client = undefined;
    },
  };
}
