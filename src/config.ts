import { z } from 'zod';
import { USUAL_WEIGHTS, type Weights } from './features/skills/estimate';

/** An empty variable means "not given", as in most .env files. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const port = { error: 'a whole number from 0 to 65535' };
const address = { error: 'a whole address, such as postgres://user:password@host:5432/name' };

const weights = z.string().transform((text, context) => {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  const isWeight = ([source, weight]: string[]) =>
    Object.hasOwn(USUAL_WEIGHTS, source ?? '') && weight !== undefined && Number(weight) > 0 && Number(weight) <= 10;
  if (!pairs.every((pair) => pair.length === 2 && isWeight(pair))) {
    const message = `pairs such as demonstration=3,quiz=0.5; weights over 0 and at most 10; sources: ${Object.keys(USUAL_WEIGHTS).join(', ')}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
  return Object.fromEntries(pairs.map(([source, weight]) => [source, Number(weight)])) as Partial<Weights>;
});

const Settings = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  PORT: optional(z.coerce.number(port).int(port).min(0, port).max(65535, port).default(3000)),
  HOST: optional(z.string().default('127.0.0.1')),
  /** The address that people use, when a proxy is in front. */
  BASE_URL: optional(z.url(address).optional()),
  TRUST_PROXY: optional(z.coerce.number().int().min(0).default(0)),
  /** PostgreSQL 16 or newer. Without it the product runs its own PostgreSQL in DATA_FOLDER. */
  DATABASE_URL: optional(z.url(address).optional()),
  /**
   * Owner of the tables, when DATABASE_URL is a login of its own that owns nothing. Once, as an administrator:
   * create role oppiva_app nologin; create role oppiva_web login password '…' in role oppiva_app;
   * create role oppiva_owner login password '…' in role oppiva_app; create database oppiva owner oppiva_owner;
   */
  DATABASE_OWNER_URL: optional(z.url(address).optional()),
  /** A replica that reports read from. */
  DATABASE_READ_URL: optional(z.url(address).optional()),
  DATABASE_POOL: optional(z.coerce.number().int().min(1).max(200).default(10)),
  SESSION_SECRET: optional(z.string().min(32, { error: 'at least 32 characters' }).optional()),
  SESSION_HOURS: optional(z.coerce.number().min(0.1).default(12)),
  /** How long a proxy gets to notice that this server is stopping. */
  STOP_WAIT_SECONDS: optional(z.coerce.number().min(0).max(60).default(2.5)),
  DATA_FOLDER: optional(z.string().default('data')),
  STORAGE: optional(z.enum(['folder', 's3']).default('folder')),
  S3_BUCKET: optional(z.string().optional()),
  S3_REGION: optional(z.string().default('eu-north-1')),
  S3_ENDPOINT: optional(z.url(address).optional()),
  /** How much room pictures, sounds, videos and documents of each organisation have, in gigabytes. */
  MEDIA_GIGABYTES: optional(z.coerce.number().min(0.001).max(100_000).default(5)),
  /** Where mail is sent through: smtp://user:password@host:587 or smtps://…:465. Without it nothing is sent. */
  MAIL_URL: optional(z.url({ protocol: /^smtps?$/, error: 'a whole address, such as smtp://host:587' }).optional()),
  /** Who mail is from: oppiva@example.fi, or Oppiva <oppiva@example.fi>. */
  MAIL_FROM: optional(
    z
      .string()
      .regex(/^([^<>\r\n"]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/, { error: 'an e-mail address' })
      .default('Oppiva <oppiva@localhost>'),
  ),
  /** What the private keys of badges' givers are kept under; without it they are under the secret of sessions. */
  KEY_SECRET: optional(z.string().min(16).optional()),
  /** Codes by text message: each is sent as a POST of JSON { to, text } to this address of a gateway. Without it phones are not offered. */
  SMS_URL: optional(
    z.url({ protocol: /^https?$/, error: 'a whole address, such as https://gateway.example/send' }).optional(),
  ),
  /** Whether everyone who sees others' information needs a second factor. An organisation may ask it of its own people too. */
  SECOND_FACTOR: optional(z.enum(['on', 'off']).default('off')),
  /** Whether badges and keys of their givers may be looked up from the givers' own https addresses. */
  BADGE_FETCH: optional(z.enum(['on', 'off']).default('off')),
  /** How much evidence weighs, by its source, when the partners decided so: demonstration=3,quiz=0.5. Everyone can read it at /skills/why. */
  SKILL_WEIGHTS: optional(weights.default({})),
  /** Where pictures of the map come from, such as https://tiles.example/{z}/{x}/{y}.png. Without it the map is plain. */
  MAP_TILES_URL: optional(
    z
      .string()
      .regex(/^https:\/\/[^\s;,'"]+\{z\}[^\s;,'"]*$/, address)
      .optional(),
  ),
  LOG_LEVEL: optional(z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('info')),
});

export type Config = z.output<typeof Settings>;

/** Every setting of the product, read from the environment once. Throws one line that names the wrong settings. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const result = Settings.safeParse(environment);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`Settings are wrong. ${wrong.join('; ')}.`);
}

export const config = readConfig(process.env);
