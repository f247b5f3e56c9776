import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

const LEFT = ['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_UNABLE_TO_PIPE'];
const CHUNK = 64 * 1024;

/**
 * Sends pieces as a file to keep, no faster than the reader takes them. A reader who goes away ends the pieces, and with them
 * the query behind. What fails before the first piece is thrown while the answer can still be a page; later the file breaks off.
 * `name` may have any letters; older browsers get it in plain ones.
 */
export async function sendPieces(
  res: Response,
  file: { name: string; ending: string; mime: string },
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  res.setHeader('Content-Type', file.mime);
  res.setHeader('Content-Disposition', attachment(file.name, file.ending));
  const all = gathered(first, iterator);
  await pipeline(Readable.from(all, { objectMode: false, highWaterMark: CHUNK }), res).catch(
    (error: NodeJS.ErrnoException) => {
      if (!LEFT.includes(error.code ?? '')) throw error;
    },
  );
}

export function attachment(name: string, ending: string): string {
  const file = `${name.replace(/[^\p{L}\p{N}.]+/gu, '-')}.${ending}`;
  const plain = file.normalize('NFD').replace(/[^\w.-]/g, '');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file)}`;
}

/** Lines are gathered into chunks of some size: a trip through a stream for each would cost more than making it. */
async function* gathered(
  first: IteratorResult<string | Uint8Array>,
  rest: AsyncIterator<string | Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let texts: string[] = [];
  let length = 0;
  try {
    for (let next = first; !next.done; next = await rest.next()) {
      if (typeof next.value !== 'string') {
        yield next.value;
        continue;
      }
      texts.push(next.value);
      length += next.value.length;
      if (length < CHUNK) continue;
      yield Buffer.from(texts.join(''));
      texts = [];
      length = 0;
    }
    if (length > 0) yield Buffer.from(texts.join(''));
  } finally {
    await rest.return?.();
  }
}
