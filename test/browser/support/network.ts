import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import type { BrowserContext } from 'playwright-core';

/** The way between browsers and a server, which can be cut. */
export interface Network {
  /** The server's address through it. */
  url: string;
  /** Takes the network from the device, and the way from everybody: some browsers leave service workers connected. */
  cut(device: BrowserContext): Promise<void>;
  mend(device: BrowserContext): Promise<void>;
  close(): void;
}

/** A way to the server at `url`. */
export async function aNetwork(url: string): Promise<Network> {
  const there = new URL(url);
  const open = new Set<Socket>();
  let isCut = false;
  const way = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = dial(Number(there.port), there.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy()).on('close', () => open.delete(one));
      one.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(way, 'listening');
  const { port } = way.address() as AddressInfo;
  const cutAll = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://${there.hostname}:${port}`,
    cut: async (device) => {
      isCut = true;
      cutAll();
      await device.setOffline(true);
    },
    mend: async (device) => {
      isCut = false;
      await device.setOffline(false);
    },
    close: () => {
      cutAll();
      way.close();
    },
  };
}
