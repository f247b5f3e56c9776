import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { DEMO_ACCOUNTS } from '../../../src/demo/accounts';
import { translator } from '../../../src/lib/i18n';
import { aServer, cleanUp, ensureBuilt, type RunningServer } from '../../start/server';
import { databaseUrl } from '../../support/database';
import { aDemoDatabase } from '../../support/demo-database';
import { openBrowser } from './chromium';

/** The built product on a copy of the demo, and a browser to look at it. */
export interface Site {
  url: string;
  database: string;
  /** Where the server keeps files. */
  folder: string;
  browser: Browser;
  /** A device of somebody's: its own cookies. Its pages' faults are collected in `faults`. */
  device(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A device where somebody has signed in already: once for each, by a session that all these devices share. */
  deviceOf(username: string, options?: BrowserContextOptions): Promise<BrowserContext>;
  /** What browsers complained of: scripts that failed, what the content policy blocked, answers of 500. */
  faults: string[];
  /** Kills the server without warning and starts another one at the same address. */
  killAndRestart(): Promise<void>;
  close(): Promise<void>;
}

export const SECRET = 'a secret of the browser tests only';

/** `more` are further settings of the server. */
export async function openSite(name: string, more: Record<string, string> = {}): Promise<Site> {
  await ensureBuilt();
  const database = await aDemoDatabase(name);
  const settings = { DATABASE_URL: databaseUrl(database), SESSION_SECRET: SECRET, ...more };
  let server: RunningServer = await aServer(settings);
  const browser = await openBrowser();
  const faults: string[] = [];
  const device = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({
      baseURL: server.url,
      locale: 'fi-FI',
      // Pages come from the server, except in the test of what a device keeps.
      serviceWorkers: 'block',
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    context.setDefaultTimeout(15_000);
    context.on('page', (page) => listen(page, faults));
    return context;
  };
  const sessions = new Map<string, Promise<State>>();
  return {
    url: server.url,
    database,
    folder: server.folder,
    browser,
    faults,
    device,
    deviceOf: async (username, options) => {
      const session = sessions.get(username) ?? sessionOf(device(), username);
      sessions.set(username, session);
      return device({ ...options, storageState: await session });
    },
    killAndRestart: async () => {
      await server.end('SIGKILL');
      server = await aServer({ ...settings, PORT: new URL(server.url).port, DATA_FOLDER: server.folder });
    },
    close: async () => {
      await browser.close();
      await server.end('SIGTERM');
      await cleanUp();
    },
  };
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

async function sessionOf(opening: Promise<BrowserContext>, username: string): Promise<State> {
  const context = await opening;
  await signIn(context, username);
  const state = await context.storageState();
  await context.close();
  return state;
}

function listen(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Refused/.test(message.text())) {
      faults.push(`${page.url()}: ${message.text()}`);
    }
  });
}

/** The product's words in Finnish. */
export const words = translator('fi');

/** Signs in without the form, for tests that are not about signing in. */
export async function signIn(context: BrowserContext, username: string): Promise<void> {
  const response = await context.request.post('/sign-in', {
    form: { username, password: DEMO_ACCOUNTS.password },
    maxRedirects: 0,
  });
  if (response.status() !== 303) throw new Error(`${username} cannot sign in: ${response.status()}`);
}
