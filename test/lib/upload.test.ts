import request from 'supertest';
import { as } from '../support/browser';
import { aPerson } from '../support/factories';
import { aDraft, temporaryStorage } from '../support/factories-authoring';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

const part = (name: string, more = '') => `--X\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\nv\r\n`;
const FORM = 'multipart/form-data; boundary=X';

it('answers a form that no browser sends with a page, and takes nothing but texts from it', async () => {
  const author = await aPerson({ roles: ['author'] });
  const { app } = as(author);
  const draft = await aDraft(author);
  const send = (type: string, body: string) =>
    request(app).post(`/write/drafts/${draft.id}`).set('Content-Type', type).send(body);

  expect((await send('multipart/form-data', 'nothing')).status).toBe(400);
  expect((await send(FORM, '--X\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nv')).status).toBe(400);
  expect((await send(FORM, `${part('picture', '; filename="a"').repeat(500)}--X--\r\n`)).status).toBe(400);
  const nested = ['do[x]', 'version[y]', 'title_fi[z]', '__proto__[polluted]', 'constructor', 'competences[0][a]'];
  expect((await send(FORM, `${nested.map((name) => part(name)).join('')}--X--\r\n`)).status).toBe(409);
  expect((await send('text/plain', 'hello')).status).toBe(409);
  expect((await send('application/json', '{"do":{"a":1},"version":{},"title_fi":["x",1]}')).status).toBe(409);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect((await request(app).post(`/write/drafts/${draft.id}`)).status).toBe(409);
});
