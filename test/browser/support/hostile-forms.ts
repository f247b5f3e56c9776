import * as cheerio from 'cheerio';
import type { APIRequestContext, APIResponse } from 'playwright-core';
import { type DeclaredRoute, declaredRoutes } from '../../../src/lib/routes';
import type { HostileFile } from '../../support/hostile/files';
import { packed } from '../../support/hostile/texts';

type Form = cheerio.Cheerio<never>;
type Values = Record<string, string | string[]>;

/** An answer that a page in a browser would show: what a form that failed came back as. */
export interface Answer {
  address: string;
  html: string;
}

export interface Sent {
  /** Names of the fields that took hostile words, without the ids in them, each with its form. */
  taken: Set<string>;
  /** Those in which none of them was taken, however short. */
  refused: Set<string>;
  /** Names of fields for files, and how many of the hostile files each took. */
  files: Map<string, number>;
  /** Pages that came back with what was typed. */
  failed: Answer[];
}

export const nothingSent = (): Sent => ({ taken: new Set(), refused: new Set(), files: new Map(), failed: [] });

/** How much a field is given, the most first: what it refuses it is given less of. */
const SIZES = [12_000, 900, 250, 90, 50, 30, 0];
const TEXTS = SIZES.map((size) => (size ? packed(size, size > 5000 ? '\n\n' : ' ') : []));
let turn = 0;

const withoutIds = (text: string) =>
  text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…')
    .replace(/\b[0-9a-f]{8}\b|(?<=_)[0-9a-f]{8}(?=_|$)/g, '…')
    .replace(/\d+/g, '#')
    .replace(/\?.*/, '');

const patternOf = (path: string) =>
  new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+').replace(/\*\w+/g, '.+')}$`);
let routes: { route: DeclaredRoute; pattern: RegExp }[] | undefined;

/** The declared route that an address belongs to. */
export function routeOf(method: string, address: string): DeclaredRoute | undefined {
  routes ??= [...declaredRoutes()]
    .sort((a, b) => a.path.split(':').length - b.path.split(':').length)
    .map((route) => ({ route, pattern: patternOf(route.path) }));
  const path = address.replace(/[?#].*/, '');
  return routes.find(({ route, pattern }) => route.method === method && pattern.test(path))?.route;
}

const IS_TEXT =
  'textarea, input:not([type]), input[type=text], input[type=search], input[type=url], input[type=email], input[type=tel]';

/** Fills each form of a page that asks for words or files with hostile ones, once for each kind of form, and sends it. */
export async function sendForms(
  request: APIRequestContext,
  page: { address: string; html: string },
  { sent, known, files }: { sent: Sent; known: Set<string>; files: HostileFile[] },
): Promise<void> {
  // Most pages hold only forms that were met: read by their letters, as taking these long pages apart takes its time.
  const names = [...page.html.matchAll(/<(?:form[^>]* action|input[^>]* name|textarea[^>]* name)="([^"]*)"/g)];
  const kind = [...new Set(names.map(([, name = '']) => withoutIds(name)))].join(' ');
  if (known.has(kind)) return;
  known.add(kind);
  const $ = cheerio.load(page.html);
  for (const element of $('form[method=post]').toArray()) {
    const form = $(element) as unknown as Form;
    const action = new URL(form.attr('action') || page.address, `http://x${page.address}`).pathname;
    const names = namesOf($, form, IS_TEXT);
    const fileNames = namesOf($, form, 'input[type=file]');
    const fresh = [...names, ...fileNames].some((name) => !known.has(kindOf(action, name)));
    if (!fresh || !routeOf('post', action)) continue;
    for (const name of [...names, ...fileNames]) known.add(kindOf(action, name));
    const at = { known, request, $, form, page: page.address, action: form.attr('action') || page.address, sent };
    for (const name of fileNames) await sendFiles(at, name, files);
    if (names.length > 0) await sendWords(at, names);
  }
}

interface At {
  known: Set<string>;
  request: APIRequestContext;
  page: string;
  $: cheerio.CheerioAPI;
  form: Form;
  action: string;
  sent: Sent;
}

/** Asks for the page again: what was sent before made another version of what is written. */
async function refresh(at: At): Promise<void> {
  at.$ = cheerio.load(await (await at.request.get(at.page)).text());
  const forms = at.$('form[method=post]').filter((_, form) => (at.$(form).attr('action') || at.page) === at.action);
  if (forms.length > 0) at.form = forms.first() as unknown as Form;
}

const kindOf = (action: string, name: string) => `${withoutIds(action)} ${withoutIds(name)}`;

const namesOf = ($: cheerio.CheerioAPI, form: Form, selector: string): string[] => [
  ...new Set(
    form
      .find(selector)
      .toArray()
      .flatMap((field) => $(field as never).attr('name') ?? []),
  ),
];

async function sendWords(at: At, names: string[]): Promise<void> {
  const size = new Map(names.map((name) => [name, isArea(at, name) ? 0 : 1]));
  const extra: Values = {};
  for (let tries = 0; tries < 10; tries += 1) {
    const values = valuesOf(at);
    for (const name of names) {
      const texts = TEXTS[size.get(name) ?? 0] ?? [];
      // Not the same words everywhere: what one field forbids, the next one gets too.
      values[name] = texts.length > 0 ? (texts[turn++ % texts.length] as string) : values[name] || 'Sana';
    }
    const response = await post(at, { ...values, ...extra });
    if (response.status() === 409) {
      await refresh(at);
      continue;
    }
    const html = await textOf(response);
    if (response.status() < 400) {
      for (const name of names)
        (size.get(name) === SIZES.length - 1 ? at.sent.refused : at.sent.taken).add(kindOf(at.action, name));
      return;
    }
    // What was sent before it took this one away: it is met again where it still stands.
    if (response.status() === 403 || response.status() === 404) {
      for (const name of names) at.known.delete(kindOf(at.action, name));
      return;
    }
    if (response.status() !== 422) throw new Error(`${at.action} answers ${response.status()} to ${names.join(' ')}`);
    at.sent.failed.push({ address: at.action, html });
    const wrong = faultyFields(html);
    const words = names.filter((name) => wrong.has(name) || wrong.size === 0);
    for (const name of words) size.set(name, Math.min((size.get(name) ?? 0) + 1, SIZES.length - 1));
    for (const name of wrong) if (!names.includes(name)) extra[name] = anyChoice(at, name);
  }
  for (const name of names) at.sent.refused.add(kindOf(at.action, name));
}

const isArea = ({ form }: At, name: string) => form.find(`textarea[name="${name}"]`).length > 0;

/** Names of fields that the page says something is wrong with. */
function faultyFields(html: string): Set<string> {
  const $ = cheerio.load(html);
  const wrong = $('.govuk-form-group--error').find('input, textarea, select').toArray();
  const linked = $('.govuk-error-summary a[href^="#"]')
    .toArray()
    .map((link) => $(`[id="${$(link).attr('href')?.slice(1)}"]`).attr('name'));
  return new Set([...wrong.map((field) => $(field).attr('name')), ...linked].filter((name) => name !== undefined));
}

function anyChoice({ $, form }: At, name: string): string {
  const choices = form
    .find(`[name="${name}"], select[name="${name}"] option`)
    .toArray()
    .map((field) => $(field as never).attr('value'));
  return choices.find(Boolean) ?? '1';
}

/** Sends each hostile file by this field; what can be taken from the page that comes back is taken. */
async function sendFiles(at: At, name: string, files: HostileFile[]): Promise<void> {
  let taken = 0;
  let values: Values | undefined;
  for (const file of files) {
    values ??= valuesOf(at, name);
    const response = await post(at, values, { [name]: file });
    // What was taken made another version of what is written.
    if ('version' in values && (response.status() < 400 || response.status() === 409)) {
      await refresh(at);
      values = undefined;
    }
    const html = await textOf(response);
    if (
      response.status() >= 500 ||
      (response.status() >= 400 && response.status() !== 422 && response.status() !== 409)
    )
      throw new Error(`${at.action} answers ${response.status()} to ${file.name}`);
    if (response.status() === 422) at.sent.failed.push({ address: at.action, html });
    else if (response.status() < 400) {
      taken += 1;
      await takeAll(at.request, response, html);
    }
  }
  at.sent.files.set(kindOf(at.action, name), taken);
}

/** A file that is first shown and then taken. */
async function takeAll(request: APIRequestContext, response: APIResponse, html: string): Promise<void> {
  const next = response.headers().location;
  const page = next ? await (await request.get(next)).text() : html;
  const $ = cheerio.load(page);
  const form = $('form[action*="/take"]').first() as unknown as Form;
  if (form.length === 0) return;
  const at = {
    known: new Set<string>(),
    request,
    $,
    form,
    page: '',
    action: form.attr('action') ?? '',
    sent: nothingSent(),
  };
  await post(at, valuesOf(at));
}

/** The choice that has a field of its own. */
const ASKS_MORE = 'pen';

/** What a browser would send if nothing were typed: what is chosen, else the first choice; all boxes that can be ticked. */
function valuesOf({ $, form }: At, pressed?: string): Values {
  const values: Values = {};
  for (const element of form.find('input, textarea, select').toArray()) {
    const field = $(element as never) as unknown as Form;
    const name = field.attr('name');
    const type = field.attr('type') ?? field.prop('tagName')?.toLowerCase();
    if (!name || type === 'file' || type === 'submit') continue;
    if (type === 'checkbox') values[name] = [values[name] ?? [], field.attr('value') ?? 'on'].flat();
    else if (type === 'radio') {
      if (field.attr('checked') !== undefined || !(name in values) || field.attr('value') === ASKS_MORE)
        values[name] = field.attr('value') ?? '';
    } else if (type === 'select') {
      const options = field.find('option').toArray();
      const all = options.map((option) => $(option as never).attr('value') ?? '');
      const chosen = field.find('option[selected]').attr('value');
      values[name] = chosen || all.find(Boolean) || '';
    } else values[name] = field.val() as unknown as string;
  }
  const buttons = form.find('button[name], input[type=submit][name]');
  const button = (pressed ? buttons.filter(`[value*="${pressed}"]`).first() : buttons.first()) as Form;
  if (button.attr('name')) values[button.attr('name') as string] = button.attr('value') ?? '';
  return values;
}

function post(
  { request, form, action }: At,
  values: Values,
  files: Record<string, HostileFile> = {},
): Promise<APIResponse> {
  const data = form.attr('enctype') === 'multipart/form-data' ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) data.append(name, one ?? '');
  if (data instanceof URLSearchParams) {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return request.post(action, { data: data.toString(), headers, maxRedirects: 0 });
  }
  for (const [name, file] of Object.entries(files))
    data.append(name, new File([new Uint8Array(file.buffer)], file.name, { type: file.mimeType }));
  return request.post(action, { multipart: data, maxRedirects: 0 });
}

const textOf = async (response: APIResponse): Promise<string> =>
  response.headers()['content-type']?.startsWith('text/html') ? response.text() : '';
