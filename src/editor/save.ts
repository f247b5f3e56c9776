import type { JsonNode, PageData } from './data';
import type { Held } from './question-fields';

interface Kept {
  /** The page that was written on, as the editor and as the server had it. */
  base: JsonNode;
  there: JsonNode;
  page: JsonNode;
  /** By question: what was typed into its form. */
  questions?: Record<string, Held>;
}
interface Row extends Kept {
  person: string;
  form: string;
  isKept: true;
  typedAt: number;
}

interface DeviceStore {
  get: (store: string, key: unknown) => Promise<Row | undefined>;
  put: (store: string, row: Row) => Promise<boolean>;
  remove: (store: string, key: unknown) => Promise<void>;
}

const store = (globalThis as { deviceStore?: DeviceStore }).deviceStore;
const person: string = JSON.parse(document.querySelector('#keeper')?.textContent ?? '{}').person ?? '';

/** What this device keeps of a page until the server has it. */
export const onDevice = {
  key: ({ draft, language }: PageData) => [person, `page:${draft}:${language}`],
  get: async (data: PageData) => (person ? store?.get('typed', onDevice.key(data)) : undefined),
  put: async (data: PageData, kept: Kept) =>
    person && store
      ? store.put('typed', { person, form: onDevice.key(data)[1] ?? '', ...kept, isKept: true, typedAt: Date.now() })
      : false,
  remove: async (data: PageData) => (person ? store?.remove('typed', onDevice.key(data)) : undefined),
};

export type Answer =
  | { kind: 'saved' | 'late'; data: PageData }
  | { kind: 'refused'; message: string; block?: string }
  | { kind: 'offline' }
  | { kind: 'signedOut' }
  /** It is written no more, or not by this person. */
  | { kind: 'closed' };

/** Sends JSON to the server; never throws. */
export async function send(address: string, body: unknown): Promise<Answer> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.status === 401) return { kind: 'signedOut' };
    if (response.status === 403 || response.status === 404) return { kind: 'closed' };
    if (response.status === 413) return { kind: 'refused', message: '' };
    const said = await response.json();
    if (response.ok) return { kind: 'saved', data: said };
    if (response.status === 409 && said.doc) return { kind: 'late', data: said };
    if (response.status === 422) return { kind: 'refused', message: said.message, block: said.block };
    return { kind: 'offline' };
  } catch {
    return { kind: 'offline' };
  }
}
