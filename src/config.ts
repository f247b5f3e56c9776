import { z } from 'zod';

/** An empty variable means "not given", as in most .env files. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const Settings = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  PORT: optional(z.coerce.number().int().min(0).max(65535).default(3000)),
  HOST: optional(z.string().default('127.0.0.1')),
  BASE_URL: optional(z.url().optional()),
  TRUST_PROXY: optional(z.coerce.number().int().min(0).default(0)),
  DATABASE_URL: optional(z.url().optional()),
  DATABASE_OWNER_URL: optional(z.url().optional()),
  DATABASE_READ_URL: optional(z.url().optional()),
  DATABASE_POOL: optional(z.coerce.number().int().min(1).max(200).default(10)),
  SESSION_SECRET: optional(z.string().min(32).optional()),
  SESSION_HOURS: optional(z.coerce.number().min(0.1).default(12)),
  DATA_FOLDER: optional(z.string().default('data')),
  STORAGE: optional(z.enum(['folder', 's3']).default('folder')),
  S3_BUCKET: optional(z.string().optional()),
  S3_REGION: optional(z.string().default('eu-north-1')),
  S3_ENDPOINT: optional(z.url().optional()),
  LOG_LEVEL: optional(z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('info')),
});

export type Config = z.output<typeof Settings>;

/** Every setting of the product, read from the environment once. Throws one line that names the wrong settings. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const result = Settings.safeParse(environment);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`Settings are wrong. ${wrong.join('; ')}`);
}

export const config = readConfig(process.env);
