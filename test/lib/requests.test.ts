import request from 'supertest';
import { knownError } from '../../src/lib/known-errors';
import { localAddress } from '../../src/lib/local-address';
import { errorForLog, pathForLog } from '../../src/lib/log';
import { as } from '../support/browser';
import { anOrganisation, aPerson } from '../support/factories';

it('leads nobody to another site, also where dots and double slashes fold into one', () => {
  for (const address of ['/.//evil.example', '/..//evil.example', '/%2e//evil.example', '/a/..//evil.example/b'])
    expect([address, localAddress(address)]).toEqual([address, '/']);
  expect(localAddress('/team?from=2026-01-31#skills')).toBe('/team?from=2026-01-31#skills');
});

describe('an address or a body that no browser makes', () => {
  it('is not found when it holds a sign that no text can have', async () => {
    const organisation = await anOrganisation();
    const { app } = as(await aPerson({ organisation, roles: ['administrator', 'author', 'reviewer'] }));
    for (const address of [
      '/learn/%00',
      '/learn?q=a%00',
      '/organisation/people/%00',
      '/h5p/lib/x/y/%00',
      '/team/%00',
    ]) {
      expect([address, (await request(app).get(address)).status]).toEqual([address, 400]);
    }
  });

  it('is told from a fault of ours by what PostgreSQL says of it', () => {
    const status = (code: string) => knownError(Object.assign(new Error('x'), { code })).status;
    expect(['22021', '22P05', '22P02', '22003', '22008'].map(status)).toEqual([400, 400, 404, 400, 400]);
    // Somebody else was at the same thing at the same moment: the page says so, and nothing is half done.
    expect(['23505', '23503', '40001', '40P01'].map(status)).toEqual([409, 409, 409, 409]);
    expect(status('42P01')).toBe(500);
  });
});

it('keeps what people wrote out of the log', () => {
  const fault = Object.assign(new Error('insert into "people" - duplicate key: Key (username)=(aino) exists'), {
    code: '23505',
    severity: 'ERROR',
    table: 'people',
    constraint: 'people_username_key',
    detail: 'Key (username)=(aino) already exists.',
    where: "unnamed portal parameter $1 = 'aino'",
  });
  const told = JSON.stringify(errorForLog(fault));
  expect(told).toContain('23505');
  expect(told).toContain('people_username_key');
  expect(told).toContain('requests.test');
  expect(told).not.toContain('aino');
  expect(pathForLog(`/h5p/play/${'a'.repeat(60)}.b?name=aino`)).toBe('/h5p/play/…');
  expect(pathForLog('/view/ABCD-EFGH-JKMN-PQRS-TVWX-YZ23-45')).toBe('/view/…');
  expect(pathForLog('/view/abcd%20efgh%20jkmn%20pqrs%20tvwx%20yz23%2045')).toBe('/view/…');
  expect(pathForLog('/team/0a1b2c3d-0000-4000-8000-000000000000/growth')).toContain('0a1b2c3d');
  const ours = JSON.stringify(errorForLog(new TypeError('x is not a function')));
  expect(ours).toContain('x is not a function');
});

it('shows no place in the code to a reader, even when the page of an error fails', async () => {
  const { app } = as(undefined);
  app.set('views', ['/nowhere']);
  const told = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const response = await request(app).get('/nothing');
  await new Promise(setImmediate);
  told.mockRestore();
  expect(response.status).toBe(404);
  expect(response.text).not.toMatch(/views|node_modules/);
});

describe('headers', () => {
  it('stand on every kind of answer', async () => {
    const { app } = as(undefined);
    for (const address of ['/sign-in', '/account', '/nothing', '/health', '/learn/%E0%A4%A', '/sign-in/%00']) {
      const { headers } = await request(app).get(address);
      expect([address, headers['cache-control']]).toEqual([address, 'no-store']);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-powered-by']).toBeUndefined();
    }
    const refused = await request(app).post('/sign-in').set('Sec-Fetch-Site', 'cross-site');
    expect([refused.status, refused.headers['cache-control']]).toEqual([403, 'no-store']);
    for (const address of ['/fonts/nothing.woff2', '/assets/0123456789/nothing.css']) {
      expect((await request(app).get(address)).headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('refuse a form from anywhere but our own pages', async () => {
    const { app } = as(undefined);
    const post = (headers: Record<string, string>) =>
      request(app).post('/language').set(headers).type('form').send({ lang: 'sv' });
    for (const site of ['cross-site', 'same-site', 'nonsense']) {
      expect([site, (await post({ 'Sec-Fetch-Site': site })).status]).toEqual([site, 403]);
    }
    for (const origin of ['null', 'https://evil.example', 'http://127.0.0.1:1']) {
      expect([origin, (await post({ Origin: origin })).status]).toEqual([origin, 403]);
    }
    // The person's own doing, such as opening the browser again with its tabs: no page of another site can cause it.
    expect((await post({ 'Sec-Fetch-Site': 'none' })).status).toBe(303);
    expect((await post({ 'Sec-Fetch-Site': 'same-origin', Origin: 'https://oppiva.example' })).status).toBe(303);
  });
});
