import { createHmac } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { db } from './db';
import { tooMany } from './errors';
import { secret } from './secret';

/** The limiter speaks pg; this hands its statements to our pool, in no transaction of the request. */
const client = {
  query: async ({ text, values }: { text: string; values: unknown[] }) => {
    // Knex reads question marks; the limiter writes $1, so the text goes to the connection as it is.
    const pool = db();
    const connection = await pool.client.acquireConnection();
    try {
      return await connection.query(text, values);
    } finally {
      await pool.client.releaseConnection(connection);
    }
  },
};

export interface Limit {
  /** Counts one try of `key`. Throws 429 (AppError) when the allowed number is used up. */
  count(key: string): Promise<void>;
  forget(key: string): Promise<void>;
}

const PRUNE_EVERY = 5 * 60 * 1000;

/** Names and addresses that somebody typed are counted, not kept: the table holds what cannot be read back. */
const unreadable = (key: string) => createHmac('sha256', secret()).update(`limit:${key}`).digest('base64url');

/** A limit that holds over all instances: `points` tries in `seconds`. */
export function limit(name: string, points: number, seconds: number): Limit {
  let limiter: RateLimiterPostgres | undefined;
  const open = () => {
    limiter ??= new RateLimiterPostgres({
      storeClient: client,
      storeType: 'client',
      tableName: 'rate_limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: name,
      points,
      duration: seconds,
    });
    return limiter;
  };
  let prunedAt = 0;
  const prune = async () => {
    if (Date.now() - prunedAt < PRUNE_EVERY) return;
    prunedAt = Date.now();
    await client.query({ text: 'delete from rate_limits where expire < $1', values: [prunedAt] });
  };
  return {
    count: async (key) => {
      await prune();
      try {
        await open().consume(unreadable(key));
      } catch (error) {
        throw error instanceof RateLimiterRes ? tooMany() : error;
      }
    },
    forget: async (key) => {
      await open().delete(unreadable(key));
    },
  };
}
