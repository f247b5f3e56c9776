import type { BrowserContext, Page } from 'playwright-core';

/** Tabs of one worker, by whose device they are. */
export type Tabs = Map<string, Page>;

/** Does the work for each, two at once: one waits for the server while the other is drawn. */
export async function twoAtATime<T>(all: Iterable<T>, work: (one: T, tabs: Tabs) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const worker = async () => {
    // One tab for each visitor: a tab that has run axe before runs it many times quicker.
    const tabs: Tabs = new Map();
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next, tabs);
  };
  await Promise.all([worker(), worker()]);
}

/** The visitor's tab among these, opened on their device when there is none. */
export async function tabOf(visitor: string, tabs: Tabs, device: BrowserContext): Promise<Page> {
  const tab = tabs.get(visitor) ?? (await device.newPage());
  tabs.set(visitor, tab);
  return tab;
}
