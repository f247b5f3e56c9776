import { defaultDocumentLoader } from '@digitalbazaar/vc';
import { OPEN_BADGES_CONTEXT } from './badge-context';
import { BadgeFault, must } from './badge-fault';
import { isObject, type JsonObject, listOf } from './badge-json';

const CREDENTIALS = 'https://www.w3.org/ns/credentials/v2';
const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

/** For JSON-LD: the documents of a closed set. Nothing is ever fetched: throws a BadgeFault for any other address. */
export async function loadContext(url: string): Promise<object> {
  if (url === OPEN_BADGES) return { contextUrl: null, documentUrl: url, document: OPEN_BADGES_CONTEXT, tag: 'static' };
  try {
    return await defaultDocumentLoader(url);
  } catch {
    throw new BadgeFault('context', { where: url.slice(0, 200) });
  }
}

/**
 * The words of a signed badge mean what the known contexts say and nothing else: no context of its own anywhere, and no
 * keyword that would give a second name to a thing. Else the text that we read could differ from what was signed.
 */
export function checkContexts(credential: JsonObject): void {
  const contexts = listOf(credential['@context']);
  must(contexts[0] === CREDENTIALS, 'context', { where: String(contexts[0] ?? '').slice(0, 200) });
  for (const context of contexts)
    must(typeof context === 'string' && [CREDENTIALS, OPEN_BADGES].includes(context), 'context', {
      where: typeof context === 'string' ? context.slice(0, 200) : '@context',
    });
  for (const [key, value] of Object.entries(credential)) if (key !== '@context') visit(key, value);
}

const PLAIN = new Set(['@value', '@language', '@direction']);

function visit(key: string, value: unknown): void {
  must(!key.startsWith('@') || PLAIN.has(key), 'context', { where: key.slice(0, 50) });
  // Names for nameless things could tie knots that take ages to untie; a badge needs none.
  must(typeof value !== 'string' || !value.startsWith('_:'), 'context', { where: '_:' });
  if (Array.isArray(value)) for (const one of value) visit('', one);
  else if (isObject(value)) for (const [inner, one] of Object.entries(value)) visit(inner, one);
}
