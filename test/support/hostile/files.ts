import sharp from 'sharp';
import { anMp3, anMp4, aPhoto, aWav, box } from '../../files/hostile';
import { toyJson, toyPackage, zipOf } from '../h5p-fixture';
import { EVIL_HOST, HOSTILE_TEXTS } from './texts';

/** A file as a browser sends it: its name and type are what the sender says, whatever the bytes are. */
export interface HostileFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const run = (number: number) => `__ran(${number})`;
const PAGE = `<!doctype html><html><body onload="${run(900)}"><script>${run(901)}</script><img src="https://${EVIL_HOST}/900"></body></html>`;
const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" onload="${run(902)}"><script>${run(903)}</script><image href="https://${EVIL_HOST}/902"/></svg>`;

/** Names that are markup, formulas, paths and turned writing. */
const NAMES = [
  `"><img src=x onerror=${run(910)}>`,
  `';${run(911)};'`,
  `..\\..\\<svg onload=${run(912)}>`,
  `=HYPERLINK("${EVIL_HOST}")`,
  `kuva\u202egnp.${run(913)}`,
];
let named = 0;
const name = (ending: string) => `${NAMES[named++ % NAMES.length]}.${ending}`;
const file = (ending: string, mimeType: string, buffer: Buffer | string): HostileFile => ({
  name: name(ending),
  mimeType,
  buffer: Buffer.from(buffer as Buffer),
});

/** One of each kind of file that somebody could send to us to have it run for somebody else; good files with bad words among them. */
export async function hostileFiles(): Promise<Record<string, HostileFile>> {
  const png = await sharp({ create: { width: 40, height: 40, channels: 3, background: 'green' } })
    .png()
    .toBuffer();
  const photo = await aPhoto();
  // A picture of one pixel that is also a script: its first letters name a variable.
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64');
  return {
    'a photo with markup in its words': file('jpg', 'image/jpeg', photo),
    'a photo with a page after it': file('jpg', 'text/html', Buffer.concat([photo, Buffer.from(PAGE)])),
    'a picture with a page in its words': file('png', 'text/html', withWords(png, PAGE)),
    'a picture with a page after it': file('html', 'text/html', Buffer.concat([png, Buffer.from(PAGE)])),
    'a picture that is a script too': file(
      'js',
      'text/javascript',
      Buffer.concat([gif, Buffer.from(`/*=1;*/${run(904)}`)]),
    ),
    'the sign of a picture before a script': file('gif', 'image/gif', `GIF89a=1;${run(905)}`),
    'a drawing in code': file('svg', 'image/svg+xml', DRAWING),
    'a drawing in code, called a photo': file('png', 'image/png', DRAWING),
    'a drawing behind a declaration': file('jpg', 'image/jpeg', `<?xml version="1.0"?>\n<!-- x -->${DRAWING}`),
    'a page': file('html', 'text/html', PAGE),
    'a page, called a document': file('pdf', 'application/pdf', PAGE),
    'a page in wide letters': file('png', 'image/png', Buffer.from(`\ufeff${PAGE}`, 'utf16le')),
    'a document in code': file(
      'xhtml',
      'application/xhtml+xml',
      `<html xmlns="http://www.w3.org/1999/xhtml">${DRAWING}</html>`,
    ),
    'a mail with a page': file('mht', 'message/rfc822', `MIME-Version: 1.0\nContent-Type: text/html\n\n${PAGE}`),
    'a script': file('mjs', 'text/javascript', run(906)),
    'a PDF that runs scripts': file('pdf', 'application/pdf', aPdf()),
    'a PDF, called a page': file('html', 'text/html', aPdf()),
    'a text with links that run': file('docx', 'text/html', await aWordFile()),
    'a text with programs': file('docx', 'text/html', await aWordFile({ 'word/vbaProject.bin': 'x' })),
    'an archive that swells': file(
      'docx',
      'application/zip',
      await aWordFile({ 'word/x.xml': Buffer.alloc(30 << 20) }),
    ),
    'a sound with markup in its words': file('wav', 'text/html', aWav()),
    'a sound with a page in its tag': file('mp3', 'audio/mpeg', withTag(anMp3(), PAGE)),
    'a video with a page in a box': file('mp4', 'video/mp4', Buffer.concat([anMp4(), box('free', PAGE)])),
    'a video with a page after it': file('mp4', 'text/html', Buffer.concat([anMp4(), Buffer.from(PAGE)])),
    captions: file('vtt', 'text/html', captions()),
    'questions in XML': file('xml', 'text/html', moodleXml()),
    'questions in XML that ask for files': file(
      'xml',
      'text/xml',
      moodleXml().replace('?>', '?><!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ),
    'questions in letters': file('txt', 'text/html', gift()),
    'a task': file('h5p', 'text/html', await aTask()),
    'a table of formulas': file('csv', 'text/csv', HOSTILE_TEXTS.map(({ text }) => `${text};${text}`).join('\n')),
  };
}

/** The picture with a chunk of words, where editors keep them. */
function withWords(png: Buffer, words: string): Buffer {
  const body = Buffer.from(`tEXtComment\0${words}`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length - 4);
  const end = png.length - 12;
  return Buffer.concat([png.subarray(0, end), length, body, Buffer.alloc(4), png.subarray(end)]);
}

function withTag(mp3: Buffer, words: string): Buffer {
  const tagged = Buffer.from(mp3);
  tagged.write(words.slice(0, 90), 20, 'latin1');
  return tagged;
}

function aPdf(): string {
  const action = `<< /S /JavaScript /JS (${run(907)}; app.alert\\(1\\)) >>`;
  const link = `<< /S /URI /URI (javascript:${run(908)}) >>`;
  return [
    '%PDF-1.7',
    `1 0 obj << /Type /Catalog /Pages 2 0 R /OpenAction ${action} >> endobj`,
    `2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 /AA << /O ${link} >> >> endobj`,
    '3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >> endobj',
    `% ${PAGE}`,
    'trailer << /Root 1 0 R >>',
    '%%EOF',
  ].join('\n');
}

/** XML knows no control signs but those of lines. */
const spoken = (text: string) => text.replace(/\p{Cc}/gu, (sign) => (/\s/.test(sign) ? sign : ''));
const xml = (text: string) => spoken(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Each hostile text as a paragraph, and as the words and the target of a link. */
export function aWordFile(more: Record<string, string | Buffer> = {}): Promise<Buffer> {
  const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const P = 'http://schemas.openxmlformats.org/package/2006';
  const link = `${R}/hyperlink`;
  const texts = HOSTILE_TEXTS.map(({ text }) => text);
  const body = texts.map((text, index) => {
    const words = `<w:r><w:t xml:space="preserve">${xml(text)}</w:t></w:r>`;
    return `<w:p>${words}</w:p><w:p><w:hyperlink r:id="h${index}">${words}</w:hyperlink></w:p>`;
  });
  const relations = texts.map((text, index) => {
    const target = index % 2 === 0 ? `javascript:__ran(${index})` : text;
    return `<Relationship Id="h${index}" Type="${link}" Target="${xml(target).replace(/\s/g, ' ')}" TargetMode="External"/>`;
  });
  const files: Record<string, string | Buffer> = {
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="${P}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': `<?xml version="1.0"?><Relationships xmlns="${P}/relationships"><Relationship Id="r1" Type="${R}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<?xml version="1.0"?><Relationships xmlns="${P}/relationships">${relations.join('')}</Relationships>`,
    'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="${W}" xmlns:r="${R}"><w:body>${body.join('')}</w:body></w:document>`,
    ...more,
  };
  return zipOf(Object.entries(files).map(([path, content]) => ({ name: path, content })));
}

const captions = () =>
  `WEBVTT - <script>${run(909)}</script>\n\nSTYLE\n::cue { background: url(https://${EVIL_HOST}/v) }\n\n${HOSTILE_TEXTS.map(
    ({ text }, index) =>
      `00:${String(index % 60).padStart(2, '0')}:00.000 --> 00:${String(index % 60).padStart(2, '0')}:01.000\n${text.replace(/\s*\n\s*|-->/g, ' ')}\n`,
  ).join('\n')}`;

const cdata = (text: string) => `<text><![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]></text>`;

/** Each hostile text as question, answers and feedback: as HTML, which Moodle's questions are written in, and as letters. */
function moodleXml(): string {
  const questions = HOSTILE_TEXTS.map(({ text, number }) => {
    const format = number % 2 === 0 ? 'html' : 'plain_text';
    const answer = (fraction: number) =>
      `<answer fraction="${fraction}" format="${format}">${cdata(`${fraction} ${text}`)}<feedback format="${format}">${cdata(text)}</feedback></answer>`;
    const words = `<name>${cdata(text)}</name><questiontext format="${format}">${cdata(`Kysymys ${number} ${text}`)}</questiontext>`;
    return `<question type="multichoice">${words}<generalfeedback format="${format}">${cdata(text)}</generalfeedback><single>true</single>${answer(100)}${answer(0)}</question>`;
  });
  return spoken(`<?xml version="1.0"?>\n<quiz>${questions.join('\n')}</quiz>`);
}

const gift = () =>
  HOSTILE_TEXTS.map(({ text, number }) => {
    const escaped = text.replace(/[~=#{}:\\]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
    return `::Kysymys ${number} ${escaped}::[html]Kysymys ${number} ${escaped}{=${escaped} a#${escaped} ~${escaped} b#${escaped}}\n`;
  }).join('\n');

/** The toy task with hostile texts in every text of it, those that may hold HTML and those that may not, and in what it says of itself. */
export function aTask(): Promise<Buffer> {
  const all = HOSTILE_TEXTS.map(({ text }) => text);
  const answers = all.map((text, index) => ({ text, points: index, feedback: text }));
  return toyPackage({
    'h5p.json': toyJson('h5p.json', {
      title: all[3],
      license: 'U',
      authors: [{ name: all[4], role: 'Author' }],
      licenseExtras: all[5],
      source: `javascript:${run(3)}`,
      authorComments: all[6],
    }),
    'content/content.json': toyJson('content/content.json', { question: all.join('<br>'), answers }),
  });
}
