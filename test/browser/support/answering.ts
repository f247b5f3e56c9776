import { randomUUID } from 'node:crypto';
import * as cheerio from 'cheerio';
import { DEMO_ACCOUNTS } from '../../../src/demo/accounts';

/** An answer that waits on a device until the server has named its key. */
export interface Item {
  key: string;
  sequence: number;
  given_at: string;
  action: string;
  body: string;
}

/** Somebody signed in with a device, and what they have answered to the questions of a quiz in turn, again and again. */
export interface Answering {
  cookie: string;
  person: string | null;
  attempt: string;
  device: string;
  items: Item[];
}

const SECOND = 1000;

export async function anAnswering(url: string, username: string, quiz: string, count: number): Promise<Answering> {
  const signedIn = await fetch(`${url}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ username, password: DEMO_ACCOUNTS.password }),
    redirect: 'manual',
  });
  const cookies = signedIn.headers.getSetCookie();
  const cookie = cookies.map((text) => text.split(';')[0]).join('; ');
  const read = (path: string) => fetch(url + path, { headers: { cookie } });
  const pages: Awaited<ReturnType<typeof aPage>>[] = [];
  for (const number of [1, 2, 3, 4]) pages.push(await aPage(`${quiz}/questions/${number}`, read));
  const person = (await read('/')).headers.get('X-Oppiva-Person');
  const now = Date.now();
  const items = Array.from({ length: count }, (_, index) => {
    const { action, fields, values } = pages[index % pages.length] as (typeof pages)[0];
    const key = randomUUID();
    const answer = values[index % values.length] as string;
    const body = new URLSearchParams({ ...fields, answer_id: key, answer }).toString();
    return { key, sequence: index + 1, given_at: new Date(now + index * SECOND).toISOString(), action, body };
  });
  return { cookie, person, attempt: pages[0]?.fields.attempt ?? '', device: randomUUID(), items };
}

async function aPage(action: string, read: (path: string) => Promise<Response>) {
  const $ = cheerio.load(await (await read(action)).text());
  const field = (name: string) => String($(`main input[name=${name}]`).val());
  const fields = { question: field('question'), attempt: field('attempt'), version: field('version') };
  const values = $('main .options input')
    .get()
    .map((input) => String($(input).attr('value')));
  if (values.length === 0) throw new Error(`no question to answer at ${action}`);
  return { action, fields, values };
}
