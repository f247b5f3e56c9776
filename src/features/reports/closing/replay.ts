import { AsyncLocalStorage } from 'node:async_hooks';
import { parse } from 'node:querystring';
import type { Request, Response } from 'express';
import { formatter } from '../../../lib/format';
import { translator } from '../../../lib/i18n';
import type { Routes } from '../../../lib/routes';
import type { Actor } from '../../organisations/organisations.model';
import type { ReportDocument } from '../documents/document';
import type { Reader } from '../documents/document-cells';

type Taker = (document: ReportDocument, reader: Reader) => Promise<void>;

const takers = new AsyncLocalStorage<Taker>();
const places = new Set<Routes>();

/** Who wants the document itself instead of an answer to a browser; undefined in a request. */
export const currentTaker = () => takers.getStore();

/** Reports of these routes can be made without a browser. */
export function canBeReplayed(routes: Routes): void {
  places.add(routes);
}

/** Whether some report might answer at this address; who may read it is asked when it is made. */
export const isReportAddress = (address: string) =>
  /^\/[\w./%-]+\.(csv|xlsx|pdf)(\?[^\s#]*)?$/.test(address) &&
  !address.includes('..') &&
  [...places].some(({ base }) => address.startsWith(`${base}/`));

/**
 * Reads the report at an address as `actor` would today, through its own route and policy, and gives it to `take`. False when there
 * is no such report, or it is not theirs to read.
 */
export async function replayReport(actor: Actor, address: string, take: Taker): Promise<boolean> {
  for (const routes of places) {
    if (!address.startsWith(`${routes.base}/`)) continue;
    if (await takers.run(take, () => asked(routes, actor, address))) return true;
  }
  return false;
}

/** One address of one set of routes, with as much of a request as handlers of reports read. */
function asked(routes: Routes, actor: Actor, address: string): Promise<boolean> {
  const { pathname, search } = new URL(address, 'http://oppiva.invalid');
  const lang = actor.language;
  const req = {
    method: 'GET',
    url: address.slice(routes.base.length),
    originalUrl: address,
    baseUrl: routes.base,
    path: pathname.slice(routes.base.length),
    // As Express reads it: what is there several times is a list.
    query: parse(search.slice(1)),
    headers: {},
    params: {},
    actor,
    visitor: actor,
    is: () => false,
    get: () => undefined,
  };
  return new Promise((resolve, reject) => {
    const nothing = () => resolve(false);
    const res = {
      locals: { lang, t: translator(lang), fmt: formatter(lang) },
      status: () => res,
      redirect: nothing,
      render: nothing,
      send: nothing,
    };
    const taken = takers.getStore() as Taker;
    const next = (error?: { status?: number }) =>
      error && !(error.status && error.status < 500) ? reject(error) : resolve(false);
    takers.run(
      async (document, reader) => {
        await taken(document, reader);
        resolve(true);
      },
      () => routes.router(req as unknown as Request, res as unknown as Response, next as never),
    );
  });
}
