import type { Page } from 'playwright-core';
import { sideways } from './axe';
import type { Look } from './states';

/** Forms that ask something, the first of each kind, by their place on a page. */
export type Asking = Map<string, { look: Look; index: number }>;

const FIELDS = ['text', 'password', 'date', 'radio', 'checkbox', 'file'].map((type) => `input[type=${type}]`);
const ASKING = `main form[method=post]:has(${[...FIELDS, 'input:not([type])', 'textarea'].join(', ')})`;

const withoutIds = (address: string) => address.replace(/[0-9a-f-]{36}/g, '…').replace(/\?.*/, '');

/** Adds the forms of the page as it stands, those whose kind has not been met. */
export async function collectForms(page: Page, look: Look, asking: Asking): Promise<void> {
  // Not by a locator: what it puts into each page costs more than all that is asked here.
  const actions = await page.evaluate(
    (selector) => [...document.querySelectorAll<HTMLFormElement>(selector)].map(({ action }) => action),
    ASKING,
  );
  for (const [index, action] of actions.entries()) {
    const kind = `${withoutIds(look.address)} ${withoutIds(action)}`;
    if (!asking.has(kind)) asking.set(kind, { look, index });
  }
}

/**
 * Opens the page and sends its form as it is when nothing is filled in. Returns what is wrong with the answer; undefined when the
 * form needed nothing, or is there no more: what was sent from another page may have answered what it asked.
 */
export async function sendEmpty(
  page: Page,
  { look, index }: { look: Look; index: number },
  axe: () => Promise<string[]>,
) {
  await page.goto(look.address);
  const place = { selector: ASKING, index };
  const isThere = await page.evaluate((at) => document.querySelectorAll(at.selector)[at.index] !== undefined, place);
  if (!isThere) return undefined;
  const [response] = await Promise.all([
    page.waitForNavigation({ waitUntil: 'load' }),
    page.evaluate(emptyAndSend, place),
  ]);
  if (response?.status() !== 422) return undefined;
  const faults = [...(await axe()), ...(await sideways(page))];
  const told = await page.evaluate(
    () => document.querySelector('.govuk-error-summary li, .govuk-error-message') !== null,
  );
  return told ? faults : [...faults, 'says nothing'];
}

function emptyAndSend({ selector, index }: { selector: string; index: number }): void {
  const form = document.querySelectorAll<HTMLFormElement>(selector)[index];
  if (!form) return;
  for (const field of form.querySelectorAll<HTMLInputElement>('input, textarea')) {
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = false;
    else if (field.type !== 'hidden') field.value = '';
  }
  form.submit();
}
