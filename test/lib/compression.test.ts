import { execFileSync } from 'node:child_process';
import express from 'express';
import request from 'supertest';
import { asset, serveAssets } from '../../src/lib/assets';
import { compressTexts, takes } from '../../src/lib/compression';

it('reads what a browser takes', () => {
  expect(takes('gzip, deflate, br', 'gzip')).toBe(true);
  expect(takes('gzip, deflate, br', 'br')).toBe(true);
  expect(takes('gzip;q=0.5', 'gzip')).toBe(true);
  expect(takes('gzip;q=0', 'gzip')).toBe(false);
  expect(takes('gzip; q=0.0, br', 'gzip')).toBe(false);
  expect(takes('identity', 'gzip')).toBe(false);
  expect(takes(undefined, 'br')).toBe(false);
});

const LONG = `<p>${'hyvää huomenta '.repeat(200)}</p>`;
const app = express();
app.use('/assets', serveAssets);
app.use(compressTexts);
app.get('/long', (_req, res) => res.send(LONG));
app.get('/short', (_req, res) => res.send('<p>hei</p>'));
app.get('/json', (_req, res) => res.json({ LONG }));
app.get('/bytes', (_req, res) => res.type('png').send(Buffer.alloc(5000)));
app.get('/moved', (_req, res) => res.redirect(303, '/long'));

it('sends long texts compressed, and the same to one who takes no compression', async () => {
  const small = await request(app).get('/long').set('Accept-Encoding', 'gzip');
  expect(small.headers).toMatchObject({
    'content-encoding': 'gzip',
    'content-type': 'text/html; charset=utf-8',
    vary: 'Accept-Encoding',
  });
  expect(Number(small.headers['content-length'])).toBeLessThan(LONG.length / 10);
  expect(small.text).toBe(LONG);
  const plain = await request(app).get('/long').set('Accept-Encoding', 'identity');
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect([plain.text, plain.headers.vary]).toEqual([LONG, 'Accept-Encoding']);
});

it('keeps the type of what it compresses, and leaves the rest alone', async () => {
  const json = await request(app).get('/json').set('Accept-Encoding', 'gzip');
  expect([json.headers['content-type'], json.body]).toEqual(['application/json; charset=utf-8', { LONG }]);
  for (const path of ['/short', '/bytes', '/moved']) {
    const { headers } = await request(app).get(path).set('Accept-Encoding', 'gzip');
    expect([path, headers['content-encoding']]).toEqual([path, undefined]);
  }
});

it('serves the copies of style sheets and scripts that the build compressed', async () => {
  execFileSync(process.execPath, ['src/assets.mjs']);
  const file = asset('css/oppiva.css');
  const plain = await request(app).get(file).set('Accept-Encoding', 'identity');
  const gzip = await request(app).get(file).set('Accept-Encoding', 'gzip');
  const brotli = await request(app).get(file).set('Accept-Encoding', 'gzip, br');
  expect([plain, gzip, brotli].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'gzip', 'br']);
  expect(gzip.text).toBe(plain.text);
  for (const { headers } of [plain, gzip, brotli])
    expect(headers).toMatchObject({ 'content-type': 'text/css; charset=utf-8', vary: 'Accept-Encoding' });
  expect(Number(brotli.headers['content-length'])).toBeLessThan(25_000);
});

it('finds nothing outside its folder', async () => {
  for (const path of [
    '/assets/0123456789/../package.json',
    '/assets/0123456789/%2e%2e/src/assets.mjs.js',
    '/assets/0123456789/css/no.css',
  ])
    expect((await request(app).get(path).set('Accept-Encoding', 'br')).status).toBe(404);
});
