import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { BenchRequest } from './page';

export interface FirstVisit {
  requests: number;
  bytes: number;
}

/** What a browser fetches for a page it has never seen: the page, its style sheets, scripts, pictures and fonts, compressed. */
export async function firstVisit(url: string, page: BenchRequest): Promise<FirstVisit> {
  const html = await fetchAsBrowser(url, page.path, page.headers);
  const linked = [...html.text.matchAll(/<(?:link|script|img)\b[^>]*\b(?:href|src)="(\/[^"]+)"[^>]*>/g)]
    .filter(([tag]) => !/rel="(?:alternate|canonical|icon)"/.test(tag))
    .map(([, address]) => address as string);
  const parts = await Promise.all([...new Set(linked)].map((address) => fetchAsBrowser(url, address, {})));
  return { requests: 1 + parts.length, bytes: parts.reduce((sum, { bytes }) => sum + bytes, html.bytes) };
}

interface Fetched {
  text: string;
  /** Of the body, as it was sent. */
  bytes: number;
}

function fetchAsBrowser(url: string, path: string, headers: Record<string, string>): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}${path}`,
      { headers: { ...headers, 'accept-encoding': 'gzip, deflate, br' } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const body = Buffer.concat(chunks);
          const encoding = response.headers['content-encoding'];
          resolve({ text: decode(body, encoding).toString(), bytes: body.length });
        });
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

function decode(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'br') return brotliDecompressSync(body);
  return encoding === 'gzip' ? gunzipSync(body) : body;
}
