import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Config } from '../config';
import { ROOT } from './root';

/** First and last byte, both of them included. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Where bytes are kept. Keys are made by us, never by a reader: letters, digits, dots, dashes and slashes. */
export interface Storage {
  /** `length` of a stream, where it is known: then it need not stand in memory to be sent on. */
  write(key: string, bytes: Buffer | Readable, mime: string, length?: number): Promise<void>;
  /** All bytes, or those of a range. Undefined when there is no such key. */
  read(key: string, range?: ByteRange): Promise<Readable | undefined>;
  remove(key: string): Promise<void>;
  /** Takes away what was being written before then and never became whole. */
  sweep(before: Date): Promise<void>;
}

const KEY = /^[\w-]+(?:[./][\w-]+)*$/;

function checked(key: string): string {
  if (!KEY.test(key)) throw new Error(`not a storage key: ${key}`);
  return key;
}

/** No key begins with a dot. Beside the files, so that what is whole takes its place in one step. */
const PARTS = '.parts';

/** Files below a folder of this machine. A file is there whole or not at all. */
export class FolderStorage implements Storage {
  constructor(private readonly folder: string) {}

  async write(key: string, bytes: Buffer | Readable): Promise<void> {
    const file = this.place(key);
    await fs.promises.mkdir(path.dirname(file), { recursive: true });
    const part = path.join(this.folder, PARTS, randomUUID());
    await fs.promises.mkdir(path.dirname(part), { recursive: true });
    try {
      await fs.promises.writeFile(part, bytes);
      await fs.promises.rename(part, file);
    } catch (error) {
      await fs.promises.rm(part, { force: true });
      throw error;
    }
  }

  async read(key: string, range?: ByteRange): Promise<Readable | undefined> {
    const file = this.place(key);
    const known = await fs.promises.stat(file).catch(() => undefined);
    return known?.isFile() ? fs.createReadStream(file, range) : undefined;
  }

  async remove(key: string): Promise<void> {
    await fs.promises.rm(this.place(key), { force: true });
  }

  async sweep(before: Date): Promise<void> {
    const parts = path.join(this.folder, PARTS);
    for (const name of await fs.promises.readdir(parts).catch(() => [])) {
      const known = await fs.promises.stat(path.join(parts, name)).catch(() => undefined);
      if (known && known.mtime < before) await fs.promises.rm(path.join(parts, name), { force: true });
    }
  }

  private place(key: string): string {
    return path.join(this.folder, checked(key));
  }
}

/** A bucket that speaks S3, for several instances behind a proxy. */
export class S3Storage implements Storage {
  private readonly client: S3Client;

  constructor(
    private readonly bucket: string,
    options: { region: string; endpoint?: string | undefined },
  ) {
    this.client = new S3Client({
      region: options.region,
      ...(options.endpoint && { endpoint: options.endpoint, forcePathStyle: true }),
    });
  }

  async write(key: string, bytes: Buffer | Readable, mime: string, length?: number): Promise<void> {
    // The length has to be known before the first byte goes out.
    const Body = Buffer.isBuffer(bytes) || length !== undefined ? bytes : await buffer(bytes);
    const place = { Bucket: this.bucket, Key: checked(key), ContentType: mime };
    await this.client.send(new PutObjectCommand({ ...place, Body, ...(length && { ContentLength: length }) }));
  }

  async read(key: string, range?: ByteRange): Promise<Readable | undefined> {
    try {
      const { Body } = await this.client.send(
        new GetObjectCommand({
          Bucket: this.bucket,
          Key: checked(key),
          ...(range && { Range: `bytes=${range.start}-${range.end}` }),
        }),
      );
      return Body as Readable | undefined;
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: checked(key) }));
  }

  /** A bucket shows nothing that is not whole. */
  async sweep(): Promise<void> {}
}

let current: Storage | undefined;

/** The storage that the settings name. */
export function storage(): Storage {
  if (!current) throw new Error('the storage is not open');
  return current;
}

export function useStorage(next: Storage): void {
  current = next;
}

export function openStorage(config: Config): Storage {
  if (config.STORAGE === 'folder') return new FolderStorage(path.resolve(ROOT, config.DATA_FOLDER, 'files'));
  if (!config.S3_BUCKET) throw new Error('Settings are wrong. S3_BUCKET: needed when STORAGE is s3');
  return new S3Storage(config.S3_BUCKET, { region: config.S3_REGION, endpoint: config.S3_ENDPOINT });
}
