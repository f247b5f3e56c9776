import fs from 'node:fs';
import request from 'supertest';
import { putCaptions } from '../../src/features/files/captions.model';
import type { StoredFile } from '../../src/features/files/files.model';
import { keepFile } from '../../src/features/files/files.service';
import { readMoment, readVtt, transcriptOf, writeMoment, writeVtt } from '../../src/features/files/webvtt';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { VIDEO } from '../files/hostile';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, inScope } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';

const HOSTILE = `WEBVTT - nimi

STYLE
::cue { background: url(https://paha.example/) }

NOTE <script>alert(1)</script>

1
00:00:01.000 --> 00:00:02.500 line:0 position:20%
<v Pekka>Hei <b>sinä</b></v> &lt;img src=x&gt; &amp;amp;

00:03.000 --> 00:04.000
<script>alert(1)</script><img src=x onerror=alert(1)>sana\u202e
`;

describe('a WebVTT file', () => {
  it('is read without its marks, styles and settings', () => {
    expect(readVtt(HOSTILE)).toEqual({
      ok: true,
      cues: [
        { start: 1000, end: 2500, text: 'Pekka: Hei sinä <img src=x> &amp;' },
        { start: 3000, end: 4000, text: 'alert(1)sana' },
      ],
    });
  });

  it('that we write is read as it was, whatever the words hold', () => {
    const cues = [
      { start: 0, end: 1500, text: '<script>alert(1)</script> --> & &amp;' },
      { start: 61_005, end: 3_700_000, text: 'kaksi\nriviä' },
    ];
    const written = writeVtt(cues);
    expect(written).not.toContain('<script');
    expect(written).toContain('00:01:01.005 --> 01:01:40.000');
    expect(readVtt(written)).toEqual({ ok: true, cues });
  });

  it.each([
    ['header', 1, '1\n00:00:01,000 --> 00:00:02,000\nSRT-tiedosto'],
    ['header', 1, '<!doctype html>'],
    ['time', 3, 'WEBVTT\n\n00:00:01,000 --> 00:00:02,000\npilkut'],
    ['time', 3, 'WEBVTT\n\n1:00 --> 2:00\nlyhyet'],
    ['time', 3, 'WEBVTT\n\nsanoja ilman aikaa'],
    ['order', 4, 'WEBVTT\n\nnimi\n00:05.000 --> 00:04.000\ntakaperin'],
    ['long', 3, `WEBVTT\n\n00:01.000 --> 00:02.000\n${'a'.repeat(501)}`],
    ['empty', 1, 'WEBVTT\n\nNOTE ei mitään'],
    ['many', 6003, `WEBVTT\n\n${'00:01.000 --> 00:02.000\na\n\n'.repeat(2001)}`],
  ])('with a fault of %s names line %i', (fault, line, text) => {
    expect(readVtt(text)).toEqual({ ok: false, fault, line });
  });

  it('with Windows ends of lines and a mark of bytes is read too', () => {
    expect(readVtt('\ufeffWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nHei\r\n')).toMatchObject({
      ok: true,
      cues: [{ text: 'Hei' }],
    });
  });
});

it.each([
  ['5', 5000],
  ['0:05', 5000],
  ['1:02,5', 62_500],
  ['1:00:00', 3_600_000],
  ['0:61', undefined],
  ['yksi', undefined],
  ['-1', undefined],
  ['', undefined],
])('reads the moment %j', (typed, ms) => expect(readMoment(typed)).toBe(ms));

it('writes moments as they are read', () => {
  for (const ms of [0, 200, 5000, 62_500, 3_601_005]) expect(readMoment(writeMoment(ms))).toBe(ms);
});

it('makes a transcript that begins a paragraph after a pause', () => {
  const cues = [
    { start: 0, end: 1000, text: 'Hei.' },
    { start: 1500, end: 2000, text: 'Olen\nPekka.' },
    { start: 5000, end: 6000, text: 'Kysyn ensin.' },
  ];
  expect(transcriptOf(cues)).toEqual(['Hei. Olen Pekka.', 'Kysyn ensin.']);
});

describe('the table of captions', () => {
  let removeStorage: () => void;
  let author: Actor;
  let file: StoredFile;
  beforeEach(async () => {
    removeStorage = temporaryStorage();
    author = await aPerson({ organisation: await anOrganisation(), roles: ['author'] });
    const kept = await keepFile(author.organisation_id, { path: VIDEO, originalname: 'viesti.webm' }, ['video']);
    if (!kept.ok) throw new Error(kept.fault);
    file = kept.file;
  });
  afterEach(() => removeStorage());

  function post(fields: Record<string, string>, vtt?: string) {
    const sending = request(as(author).app).post(`/write/media/${file.id}/captions`).field('language', 'fi');
    for (const [name, value] of Object.entries(fields)) sending.field(name, value);
    return vtt === undefined ? sending : sending.attach('vtt', Buffer.from(vtt), 'tekstit.vtt');
  }
  const row = { start_0: '0:01', end_0: '0:02,5', text_0: 'Hei <b>sinä</b>' };

  it('keeps rows in order of time; readers of the file get them as a track', async () => {
    const later = { start_1: '0:00', end_1: '0:01', text_1: 'Ensin', start_2: '', end_2: '', text_2: '' };
    expect((await post({ ...row, ...later, version: '0', do: 'save' })).status).toBe(303);
    const track = await as(author).get(`/files/${file.id}/captions/fi.vtt`);
    expect(track.headers['content-type']).toMatch(/^text\/vtt/);
    expect(track.headers['x-content-type-options']).toBe('nosniff');
    expect(track.text).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nEnsin\n\n00:00:01.000 --> 00:00:02.500\nHei &lt;b&gt;sinä&lt;/b&gt;\n',
    );
    expect((await as(author).get(`/write/media/${file.id}/captions/fi.vtt`)).headers['content-disposition']).toMatch(
      /^attachment/,
    );
    for (const other of ['sv.vtt', 'fi', 'xx.vtt'])
      expect((await as(author).get(`/files/${file.id}/captions/${other}`)).status).toBe(404);
  });

  it('keeps what was typed and says by each field what to mend', async () => {
    const response = await post({ start_0: 'kohta', end_0: '0:02', text_0: '', version: '0', do: 'save' });
    const shown = page(response);
    expect(response.status).toBe(422);
    expect(shown('#start_0').val()).toBe('kohta');
    expect(
      shown('.govuk-error-summary a')
        .toArray()
        .map((a) => shown(a).attr('href')),
    ).toEqual(['#start_0', '#text_0']);
  });

  it('adds and takes away rows without losing what was typed', async () => {
    const more = page(await post({ ...row, version: '0', do: 'add' }));
    expect([more('#text_0').val(), more('#start_1').val()]).toEqual(['Hei <b>sinä</b>', '0:02,5']);
    expect(page(await post({ ...row, version: '0', do: 'remove:0' }))('.cue-row')).toHaveLength(0);
  });

  it('reads a file into the rows and keeps nothing before they are seen', async () => {
    const response = await post({ version: '0', do: 'import' }, HOSTILE);
    expect(response.status).toBe(200);
    expect(page(response)('.cue-row')).toHaveLength(2);
    expect(response.text).not.toContain('<script>alert');
    expect((await as(author).get(`/files/${file.id}/captions/fi.vtt`)).status).toBe(404);
    const wrong = await post({ ...row, version: '0', do: 'import' }, 'WEBVTT\n\n0 --> 1\nx');
    expect([wrong.status, page(wrong)('#text_0').val()]).toEqual([422, 'Hei <b>sinä</b>']);
  });

  it('lets two people undo nothing of each other', async () => {
    const theirs = { file_id: file.id, organisation_id: file.organisation_id, language: 'fi' as const, version: 0 };
    await inScope(author, () => putCaptions({ ...theirs, cues: [{ start: 0, end: 1, text: 'Toisen' }] }));
    const response = await post({ ...row, version: '0', do: 'save' });
    expect([response.status, page(response)('#text_0').val()]).toEqual([409, 'Hei <b>sinä</b>']);
    expect((await as(author).get(`/files/${file.id}/captions/fi.vtt`)).text).toContain('Toisen');
  });

  it('is for sounds and videos', async () => {
    const png = fs.readFileSync('test/support/h5p-toy/content/images/viesti.png');
    const response = await request(as(author).app).post('/write/media').attach('file', png, 'kuva.png');
    expect((await as(author).get(`${response.headers.location?.split('?')[0]}/captions`)).status).toBe(404);
  });
});
