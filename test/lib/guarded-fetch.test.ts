import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { type GuardedFetch, guardedFetch, isPublic } from '../../src/lib/guarded-fetch';
import { LOOPBACK } from '../support/loopback-certificate';

describe('addresses of the world and of the house', () => {
  it.each(['8.8.8.8', '193.166.3.2', '2001:708:10::1', '2a00:1450:4026::1'])('%s is public', (ip) => {
    expect(isPublic(ip)).toBe(true);
  });
  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '198.18.0.1'],
    ...[
      '224.0.0.1',
      '255.255.255.255',
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      'fd12::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
    ],
    ...['64:ff9b::a00:1', '2002:7f00:1::', '2001:db8::1', 'ff02::1', 'not an address'],
  ])('%s is not', (ip) => {
    expect(isPublic(ip)).toBe(false);
  });
});

describe('what is asked for', () => {
  it.each([
    ...['http://example.org/', 'ftp://example.org/', 'file:///etc/passwd', 'x', 'https://user:word@example.org/'],
    ...[
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://localhost/',
      'https://0x7f.1/',
      'https://2130706433/',
      'https://169.254.169.254/latest',
      'https://8.8.8.8:22/',
      'https://8.8.8.8:8443/',
    ],
  ])('%s is refused', async (address) => {
    await expect(guardedFetch(address)).rejects.toThrow(/not a plain https address|not a public address|no such host/);
  });
});

describe('an answer', () => {
  let server: https.Server;
  let site = '';
  let options: GuardedFetch;

  beforeAll(async () => {
    server = https.createServer(LOOPBACK, (req, res) => {
      const pages: Record<string, () => void> = {
        '/': () => res.end('{"hei":1}'),
        '/long': () => res.end('x'.repeat(5000)),
        '/slow': () => {},
        '/again': () => res.writeHead(302, { location: '/' }).end(),
        '/round': () => res.writeHead(302, { location: '/round' }).end(),
        '/inside': () => res.writeHead(302, { location: 'https://10.0.0.1/' }).end(),
        '/plain': () => res.writeHead(302, { location: 'http://localhost/' }).end(),
      };
      (pages[req.url ?? ''] ?? (() => res.writeHead(404).end()))();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    site = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    options = {
      bytes: 1000,
      milliseconds: 1500,
      test: { ca: LOOPBACK.cert, isAllowed: (ip) => ip === '127.0.0.1' || ip === '::1' },
    };
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is read, also after a redirect', async () => {
    expect(await guardedFetch(`${site}/`, options)).toMatchObject({ status: 200, text: '{"hei":1}' });
    expect(await guardedFetch(`${site}/again`, options)).toMatchObject({ status: 200, text: '{"hei":1}' });
    expect((await guardedFetch(`${site}/nowhere`, options)).status).toBe(404);
  });

  it.each([
    ['/long', 'too long'],
    ['/slow', 'no answer'],
    ['/round', 'too many redirects'],
    ['/inside', 'not a public address'],
    ['/plain', 'not a plain https address'],
  ])('is refused: %s', async (page, why) => {
    await expect(guardedFetch(site + page, options)).rejects.toThrow(why);
  });

  it('is never read from inside without the exception of a test, nor from one whose certificate nobody knows', async () => {
    await expect(guardedFetch('https://localhost/')).rejects.toThrow('not a public address');
    const stranger = { ...options, test: { ca: '', isAllowed: () => true } };
    await expect(guardedFetch(`${site}/`, stranger)).rejects.toThrow('no answer');
  });
});
