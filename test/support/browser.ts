import * as cheerio from 'cheerio';
import request from 'supertest';
import { createApp } from '../../src/app';
import { actAs } from '../../src/features/accounts/accounts.passport';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { withScope } from '../../src/lib/scope';

/** The app as `actor` sees it; nobody for a visitor who has not signed in. */
export function as(actor: Actor | undefined) {
  const app = createApp({
    identify: [
      (req, _res, next) => {
        actAs(req, actor);
        withScope({ organisationId: actor?.organisation_id ?? null, personId: actor?.id ?? null }, () => next());
      },
    ],
  });
  return {
    app,
    get: (path: string) => request(app).get(path),
    post: (path: string, form: object = {}) => request(app).post(path).type('form').send(form),
  };
}

export const page = (response: { text: string }) => cheerio.load(response.text);
