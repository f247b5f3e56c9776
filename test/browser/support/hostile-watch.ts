import type { BrowserContext, Frame } from 'playwright-core';
import { EVIL_HOST } from '../../support/hostile/texts';

/** What happened in browsers that should not have. */
export interface Happened {
  /** Hostile scripts that ran, dialogs that they opened, and where. */
  ran: string[];
  /** Requests to anybody but us. */
  foreign: string[];
  /** What the content policy had to stop: it was written into a page, though it did nothing. */
  stopped: string[];
  /** What waits in a page for a press or a look: attributes and addresses that run. */
  armed: string[];
}

export const nothingHappened = (): Happened => ({ ran: [], foreign: [], stopped: [], armed: [] });

/** Listens to all that the pages of a device do. */
export async function watch(device: BrowserContext, ours: string, happened: Happened): Promise<void> {
  await device.exposeBinding('__ran', ({ frame }, number) => void happened.ran.push(`${number} at ${frame.url()}`));
  await device.exposeBinding('__stopped', ({ frame }, what) => void happened.stopped.push(`${what} at ${frame.url()}`));
  await device.addInitScript(() => {
    const tell = (globalThis as unknown as { __stopped(what: string): void }).__stopped;
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      tell(`${violatedDirective} ${blockedURI} ${sample}`),
    );
  });
  device.on('dialog', (dialog) => {
    happened.ran.push(`dialog ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  device.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (/^(https?|ftp|wss?):$/.test(protocol) && host !== new URL(ours).host) happened.foreign.push(request.url());
  });
}

/** Looks through a frame for what would run at a press. */
export async function lookThrough(frame: Frame, happened: Happened): Promise<void> {
  // A frame that may run nothing, or is on its way elsewhere, does not answer: nothing of ours in it could be pressed.
  const silent = new Promise<string[]>((resolve) => setTimeout(resolve, 5000, []).unref());
  const looking = frame.evaluate(armedIn, EVIL_HOST).catch(() => []);
  const armed = await (frame.parentFrame() ? Promise.race([looking, silent]) : looking);
  happened.armed.push(...armed.map((what) => `${what} at ${frame.url()}`));
}

function armedIn(evil: string): string[] {
  const runs = /^[\s\p{Cc}]*(javascript|vbscript|data:(?!image\/(png|gif|jpeg|webp)|audio|video))/iu;
  const addresses = /^(href|src|action|formaction|data|xlink:href|poster|background|srcset|to|ping)$/i;
  const told: string[] = [];
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName;
    for (const attribute of element.attributes) {
      const { name: key, value } = attribute;
      const isArmed =
        /^on/i.test(key) ||
        key === 'srcdoc' ||
        (addresses.test(key) && runs.test(value)) ||
        (key === 'style' && value.includes(evil)) ||
        (addresses.test(key) && name !== 'a' && value.includes(`//${evil}`));
      if (isArmed) told.push(`<${name} ${key}="${value.slice(0, 80)}">`);
    }
    if (['base', 'object', 'embed', 'frame', 'marquee', 'foreignObject'].includes(name)) told.push(`<${name}>`);
    if (name === 'meta' && element.hasAttribute('http-equiv')) told.push('<meta http-equiv>');
    const isCode =
      name === 'script' && !element.hasAttribute('src') && !/json/.test(element.getAttribute('type') ?? '');
    if (isCode && element.textContent?.includes('__ran')) told.push(`<script>${element.textContent.slice(0, 80)}`);
    if (name === 'style' && element.textContent?.includes(evil)) told.push('<style>');
  }
  return told;
}
