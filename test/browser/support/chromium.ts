import fs from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { oncePerRun } from '../../support/once';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A microphone and a camera that are always there and always allowed.
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];

/**
 * Where a Chromium may be: the one named; the one that a package carries, the same for everybody and without a window's work, so
 * a third quicker; the system's.
 */
export async function* chromiums(): AsyncGenerator<string> {
  if (process.env.CHROMIUM_PATH) yield process.env.CHROMIUM_PATH;
  if (process.platform === 'linux' && process.arch === 'x64') {
    // Unpacked by one at a time: another worker would start half of it.
    await oncePerRun('chromium', async () => void (await packagedChromium()));
    yield packagedChromium();
  }
  for (const place of SYSTEM) if (fs.existsSync(place)) yield place;
}

/** Unpacks the Chromium of @sparticuz/chromium (Linux on x64) and returns where it is. */
export async function packagedChromium(): Promise<string> {
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, headless: true, args: ARGS });

/** The first Chromium that starts. Throws when none does, with what each said. */
export async function openBrowser(): Promise<Browser> {
  const said: string[] = [];
  for await (const place of chromiums()) {
    try {
      return await launch(place);
    } catch (error) {
      said.push(`${place}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  throw new Error(`No Chromium starts. Install one, or name it with CHROMIUM_PATH.\n${said.join('\n')}`);
}
