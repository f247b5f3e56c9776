import { type FileBytes, OddFile } from './bytes';

/** An element of EBML (RFC 8794) in a file; `end` is undefined when its length is said to be unknown. */
export interface Placed {
  id: number;
  body: number;
  end: number | undefined;
}

export async function readElement(file: FileBytes, at: number): Promise<Placed> {
  const bytes = await file.at(at, Math.min(12, file.size - at));
  const { id, size, head } = headOf(bytes);
  const body = at + head;
  const end = size === undefined ? undefined : body + size;
  if (end !== undefined && end > file.size) throw new OddFile('an element over the end');
  return { id, body, end };
}

function headOf(bytes: Buffer): { id: number; size: number | undefined; head: number } {
  const idLength = lengthOf(bytes[0]);
  if (idLength > 4 || bytes.length < idLength + 1) throw new OddFile('no element');
  const id = bytes.readUIntBE(0, idLength);
  const first = bytes[idLength] ?? 0;
  const sizeLength = lengthOf(first);
  if (bytes.length < idLength + sizeLength) throw new OddFile('half an element');
  let size = BigInt(first & (0xff >> sizeLength));
  let isUnknown = (first & (0xff >> sizeLength)) === 0xff >> sizeLength;
  for (const byte of bytes.subarray(idLength + 1, idLength + sizeLength)) {
    size = size * 256n + BigInt(byte);
    isUnknown &&= byte === 0xff;
  }
  return { id, size: isUnknown ? undefined : Number(size), head: idLength + sizeLength };
}

/** How many bytes a number of variable length has: told by its first one. */
function lengthOf(first: number | undefined): number {
  const length = first ? Math.clz32(first) - 23 : 9;
  if (length > 8) throw new OddFile('no number');
  return length;
}

const idBytes = (id: number): Buffer => {
  const length = id > 0xffffff ? 4 : id > 0xffff ? 3 : id > 0xff ? 2 : 1;
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(id, 0, length);
  return bytes;
};

/** A number in eight bytes. */
export function uint(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** Elements in memory: made, and taken apart. */
export const element = {
  head: (id: number, size: number): Buffer => {
    const bytes = uint(size);
    bytes[0] = 0x01;
    return Buffer.concat([idBytes(id), bytes]);
  },
  of: (id: number, parts: readonly Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    return Buffer.concat([element.head(id, body.length), body]);
  },
  bodyOf: (bytes: Buffer): Buffer => bytes.subarray(headOf(bytes).head),
  childrenOf: (bytes: Buffer): { id: number; body: Buffer }[] => {
    const children: { id: number; body: Buffer }[] = [];
    for (let at = 0; at < bytes.length; ) {
      const { id, size, head } = headOf(bytes.subarray(at));
      if (size === undefined || at + head + size > bytes.length) throw new OddFile('half an element');
      children.push({ id, body: bytes.subarray(at + head, at + head + size) });
      at += head + size;
    }
    return children;
  },
};
