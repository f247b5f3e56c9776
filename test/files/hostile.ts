import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

const MEDIA = path.resolve('src/data/media');
export const VOICE = path.join(MEDIA, 'hei-pekka.webm');
export const VIDEO = path.join(MEDIA, 'outo-viesti.webm');

/** A place that phones write into what they take; tests look for its letters in what is kept. */
export const PLACE = '+60.1699+024.9384/ISO6709';

export const aPicture = (width = 800, height = 600) =>
  sharp({ create: { width, height, channels: 3, background: { r: 40, g: 90, b: 60 } } });

/** A photo on its side, with a place, a camera and a page in its words. */
export const aPhoto = (): Promise<Buffer> =>
  aPicture(1200, 800)
    .withExif({
      IFD0: { Orientation: '6', Make: 'Kamera', ImageDescription: '<script>alert(1)</script>', Copyright: PLACE },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '60/1 10/1 11/1', GPSLongitudeRef: 'E', GPSLongitude: '24/1 56/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

export function box(type: string, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** The boxes of a video by a phone, with its place in three of them and a track of sensors; nothing in it can be played. */
export function anMp4({ handler = 'vide' } = {}): Buffer {
  const movie = Buffer.alloc(100);
  movie.writeUInt32BE(1000, 12);
  movie.writeUInt32BE(4200, 16);
  const track = Buffer.alloc(84);
  track.writeUInt32BE(640 * 65536, 76);
  track.writeUInt32BE(360 * 65536, 80);
  const trak = (kind: string, words = '') =>
    box('trak', box('tkhd', track), box('mdia', box('hdlr', Buffer.alloc(8), kind, Buffer.alloc(12), words)));
  return Buffer.concat([
    box('ftyp', 'isom', Buffer.alloc(4), 'isom'),
    box('moov', box('mvhd', movie), trak(handler), trak('meta', PLACE), box('udta', box('\xa9xyz', PLACE))),
    box('meta', PLACE),
    box('mdat', Buffer.alloc(64, 7)),
    box('uuid', PLACE),
  ]);
}

/** A WAV of half a second with a place in its words. */
export function aWav(): Buffer {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(8000, 4);
  format.writeUInt32LE(8000, 8);
  format.writeUInt16LE(1, 12);
  format.writeUInt16LE(8, 14);
  const chunk = (name: string, body: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(name, 0, 'latin1');
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body]);
  };
  const list = Buffer.from(`INFOICMT${PLACE}`.padEnd(40, ' '));
  return chunk(
    'RIFF',
    Buffer.concat([
      Buffer.from('WAVE'),
      chunk('LIST', list),
      chunk('fmt ', format),
      chunk('data', Buffer.alloc(4000, 128)),
    ]),
  );
}

/** Ten frames of MP3 with tags before and after. */
export function anMp3(): Buffer {
  const tag = Buffer.alloc(10 + 100, ' ');
  tag.write('ID3\x04\0\0\0\0\0\x64', 0, 'latin1');
  tag.write(PLACE, 20);
  const frame = Buffer.alloc(417);
  frame.write('fffb9000', 'hex');
  return Buffer.concat([tag, ...Array.from({ length: 10 }, () => frame), Buffer.from(`TAG${PLACE}`.padEnd(128, ' '))]);
}

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>';
const PAGE = '<!doctype html><html><script>alert(1)</script></html>';
const ZIP = Buffer.from('504b03041400000000000000000000000000000000000000000000000000', 'hex');
const GIF_PAGE = Buffer.concat([Buffer.from('GIF89a'), Buffer.from(`/*${PAGE}*/=1;`)]);

/** Files that are not what their names say, or are what nobody may serve. Each with the fault that is told. */
export const REFUSED: Record<string, { bytes: Buffer; name: string; fault: string }> = {
  'a picture in code': { bytes: Buffer.from(SVG), name: 'kuva.svg', fault: 'kind' },
  'a picture in code, called a photo': { bytes: Buffer.from(SVG), name: 'kuva.png', fault: 'kind' },
  'a picture in code with a declaration': {
    bytes: Buffer.from(`<?xml version="1.0"?>${SVG}`),
    name: 'a.jpg',
    fault: 'kind',
  },
  'a page': { bytes: Buffer.from(PAGE), name: 'sivu.html', fault: 'kind' },
  'a page, called a video': { bytes: Buffer.from(PAGE), name: 'video.mp4', fault: 'kind' },
  'a zip, called a picture': { bytes: ZIP, name: 'kuva.png', fault: 'kind' },
  'a zip, called a document': { bytes: ZIP, name: 'ohje.docx', fault: 'kind' },
  'a page behind the sign of a GIF': { bytes: GIF_PAGE, name: 'kuva.gif', fault: 'unreadable' },
  'a program': { bytes: Buffer.from('4d5a900003000000', 'hex'), name: 'kuva.jpg', fault: 'kind' },
  'a script': { bytes: Buffer.from('#!/bin/sh\necho hei\n'), name: 'aani.mp3', fault: 'kind' },
  'the beginning of a photo': {
    bytes: Buffer.from('ffd8ffe000104a464946', 'hex'),
    name: 'kuva.jpg',
    fault: 'unreadable',
  },
  'half a video': { bytes: anMp4().subarray(0, 200), name: 'video.mp4', fault: 'odd' },
  'a video with a page after it': { bytes: Buffer.concat([anMp4(), Buffer.from(PAGE)]), name: 'v.mp4', fault: 'odd' },
  'a video with a box of nobody': { bytes: Buffer.concat([anMp4(), box('evil', PAGE)]), name: 'v.mp4', fault: 'odd' },
  'boxes with nothing to see': { bytes: anMp4({ handler: 'meta' }), name: 'v.mp4', fault: 'odd' },
  'a recording with a page after it': {
    bytes: Buffer.concat([fs.readFileSync(VIDEO), Buffer.from(PAGE)]),
    name: 'v.webm',
    fault: 'odd',
  },
  'the head of a recording and a page': {
    bytes: Buffer.concat([fs.readFileSync(VIDEO).subarray(0, 60), Buffer.from(PAGE)]),
    name: 'v.webm',
    fault: 'odd',
  },
  'a sound of frames that do not follow': {
    bytes: Buffer.concat([anMp3().subarray(0, 600), Buffer.from(PAGE)]),
    name: 'a.mp3',
    fault: 'odd',
  },
  'a PDF by another name': { bytes: Buffer.from('%PDF-1.7\n'), name: 'kuva.png', fault: 'kind' },
  'nothing at all': { bytes: Buffer.alloc(0), name: 'kuva.png', fault: 'empty' },
};

/** A PNG that says it has 40,000 x 40,000 pixels, in a hundred bytes. */
export function aBomb(): Buffer {
  const png = fs.readFileSync('test/support/h5p-toy/content/images/viesti.png');
  const bomb = Buffer.from(png);
  bomb.writeUInt32BE(40_000, 16);
  bomb.writeUInt32BE(40_000, 20);
  return bomb;
}
