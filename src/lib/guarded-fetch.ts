import dns from 'node:dns/promises';
import https from 'node:https';
import net from 'node:net';
import { config } from '../config';

/** Why an address was not read: for a line that says what happened. */
export class FetchRefused extends Error {}

export interface GuardedFetch {
  /** Longest answer in bytes. */
  bytes?: number;
  milliseconds?: number;
  redirects?: number;
  /** For tests only: what stands for the world outside. */
  test?: { ca: string; isAllowed: (ip: string) => boolean };
}

export interface Fetched {
  status: number;
  text: string;
}

/**
 * Reads a public https address. The address is resolved here and the connection goes to that very IP, which must be a public
 * one; each redirect is looked at the same way. Throws FetchRefused for all else, for an answer too long or too slow.
 */
export async function guardedFetch(address: string, options: GuardedFetch = {}): Promise<Fetched> {
  const { bytes = 100_000, milliseconds = 5000, redirects = 3 } = options;
  if (options.test && config.NODE_ENV !== 'test') throw new Error('only tests may reach inner addresses');
  const signal = AbortSignal.timeout(milliseconds);
  let url = readAddress(address, options);
  for (let step = 0; step <= redirects; step += 1) {
    const ip = await inTime(publicIp(url.hostname, options), signal);
    const answer = await read(url, ip, { signal, bytes, ca: options.test?.ca });
    if (answer.location === undefined) return answer;
    if (!URL.canParse(answer.location, url.href)) throw new FetchRefused('redirect');
    url = readAddress(new URL(answer.location, url.href).href, options);
  }
  throw new FetchRefused('too many redirects');
}

/** A name that nobody answers for must not hold anyone longer than an answer may. */
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new FetchRefused('too slow')), { once: true });
    work.then(resolve, reject);
  });
}

/** No other port than that of the web: nobody knocks on others' doors from here. */
function readAddress(address: string, { test }: GuardedFetch): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' || url.username || url.password || (url.port && !test))
    throw new FetchRefused('not a plain https address');
  return url;
}

async function publicIp(hostname: string, { test }: GuardedFetch): Promise<string> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const found = net.isIP(host) ? [host] : (await lookup(host)).map(({ address }) => address);
  const ip = found[0];
  // One address of ours among them is one too many.
  if (!ip || !found.every((one) => isPublic(one) || test?.isAllowed(one)))
    throw new FetchRefused('not a public address');
  return ip;
}

const lookup = (host: string) =>
  dns.lookup(host, { all: true }).catch(() => {
    throw new FetchRefused('no such host');
  });

const INNER = new net.BlockList();
for (const [range, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  INNER.addSubnet(range, bits, 'ipv4');

const WORLD = new net.BlockList();
WORLD.addSubnet('2000::', 3, 'ipv6');
/** Within it, those that carry another address inside, or are for examples. */
for (const [range, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  INNER.addSubnet(range, bits, 'ipv6');

/** Whether an IP address is one of the world's, by https://www.iana.org/assignments/iana-ipv4-special-registry and its pair. */
export function isPublic(ip: string): boolean {
  if (net.isIPv4(ip)) return !INNER.check(ip, 'ipv4');
  return net.isIPv6(ip) && WORLD.check(ip, 'ipv6') && !INNER.check(ip, 'ipv6');
}

interface Reading {
  signal: AbortSignal;
  bytes: number;
  ca: string | undefined;
}

function read(url: URL, ip: string, { signal, bytes, ca }: Reading): Promise<Fetched & { location?: string }> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string) => reject(new FetchRefused(why));
    const request = https.get(url, {
      signal,
      agent: false,
      // The name is not looked up again: what was looked at is what is asked.
      lookup: (_host, options, done) => {
        const family = net.isIP(ip);
        if (options.all) done(null, [{ address: ip, family }]);
        else done(null, ip, family);
      },
      headers: {
        accept: 'application/json, application/ld+json',
        'accept-encoding': 'identity',
        'user-agent': 'Oppiva',
      },
      ...(ca && { ca }),
    });
    request.on('error', () => refuse('no answer'));
    request.on('response', (response) => {
      const { statusCode: status = 0, headers } = response;
      const parts: Buffer[] = [];
      let length = 0;
      if (status >= 300 && status < 400 && headers.location !== undefined) {
        response.destroy();
        return resolve({ status, text: '', location: headers.location });
      }
      response.on('data', (part: Buffer) => {
        length += part.length;
        if (length > bytes) {
          response.destroy();
          refuse('too long');
        } else parts.push(part);
      });
      response.on('error', () => refuse('no answer'));
      response.on('end', () => resolve({ status, text: Buffer.concat(parts).toString('utf8') }));
    });
  });
}
