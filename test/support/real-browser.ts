import request from 'supertest';
import { createApp } from '../../src/app';
import { identify } from '../../src/features/accounts/accounts.passport';
import { sessions } from '../../src/lib/session';

/** A browser with cookies that signs in as people do; `as` in support/browser is quicker where sign-in is not the point. */
export function aBrowser() {
  const session = sessions({ secret: 'a secret that is long enough for a test', hours: 1 });
  const agent = request.agent(createApp({ identify: [...session, identify] }));
  return {
    get: (path: string) => agent.get(path),
    post: (path: string, form: object = {}) => agent.post(path).type('form').send(form),
    /** Posts JSON as a script of the page does, at a host of choice. */
    json: (path: string, body: object, host: string) => agent.post(path).set('Host', host).send(body),
    signIn: (username: string, password: string) => agent.post('/sign-in').type('form').send({ username, password }),
  };
}
