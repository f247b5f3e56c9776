import type { FileHandle } from 'node:fs/promises';

const WINDOW = 256 * 1024;

/** A file that is too odd to be kept: what it says of itself does not hold. */
export class OddFile extends Error {}

/** Reads a file here and there without holding it: a window of it stands in memory. */
export class FileBytes {
  #start = 0;
  #window: Buffer = Buffer.alloc(0);

  constructor(
    readonly handle: FileHandle,
    readonly size: number,
  ) {}

  /** `length` bytes from `at`. Throws OddFile when the file ends before. */
  async at(at: number, length: number): Promise<Buffer> {
    if (at < 0 || length < 0 || at + length > this.size) throw new OddFile(`ends before ${at + length}`);
    if (at >= this.#start && at + length <= this.#start + this.#window.length)
      return this.#window.subarray(at - this.#start, at - this.#start + length);
    const wanted = Math.min(Math.max(length, WINDOW), this.size - at);
    const window = Buffer.alloc(wanted);
    const { bytesRead } = await this.handle.read(window, 0, wanted, at);
    if (bytesRead < length) throw new OddFile('shorter than it was');
    this.#window = window.subarray(0, bytesRead);
    this.#start = at;
    return this.#window.subarray(0, length);
  }
}

/** A stretch of the file that was sent, or bytes of our own: what is kept is made of these in order. */
export type Piece = Buffer | { start: number; end: number };

/** What was read from a sound or a video: the pieces that are kept, without what tells of places and devices. */
export interface ReadMedia {
  kind: 'audio' | 'video';
  ending: 'mp4' | 'm4a' | 'webm' | 'weba' | 'mp3' | 'wav' | 'oga';
  mime: string;
  durationMs: number | null;
  width: number;
  height: number;
  pieces: Piece[];
}

export const lengthOf = (piece: Piece): number => (Buffer.isBuffer(piece) ? piece.length : piece.end - piece.start);
