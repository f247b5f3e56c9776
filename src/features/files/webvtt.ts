/** What is said from one moment to another, in milliseconds. Plain text: lines, no marks. */
export interface Cue {
  start: number;
  end: number;
  text: string;
}

export type VttFault = 'header' | 'time' | 'order' | 'empty' | 'many' | 'long';
export type VttReading = { ok: true; cues: Cue[] } | { ok: false; fault: VttFault; line: number };

export const MOST_CUES = 2000;
export const LONGEST_CUE = 500;
const LONGEST_MS = 24 * 3600 * 1000;
const TIME = String.raw`(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})`;
const TIMES = new RegExp(`^${TIME}[ \\t]+-->[ \\t]+${TIME}(?:[ \\t]+.*)?$`);

/**
 * Reads a WebVTT file (W3C, WebVTT: The Web Video Text Tracks Format) strictly: a wrong time names its line. Notes, styles,
 * regions and settings of places are passed over; of marks only the name of a speaker is kept, as text.
 */
export function readVtt(file: string): VttReading {
  const lines = file
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '\ufffd')
    .split('\n');
  const fail = (fault: VttFault, index: number): VttReading => ({ ok: false, fault, line: index + 1 });
  if (!/^WEBVTT(?:[ \t].*)?$/.test(lines[0] ?? '')) return fail('header', 0);
  const cues: Cue[] = [];
  for (let at = 1; at < lines.length; ) {
    if (!lines[at]?.trim()) {
      at += 1;
      continue;
    }
    let end = at;
    while (end < lines.length && lines[end] !== '') end += 1;
    const block = lines.slice(at, end);
    const timesAt = block.findIndex((line) => line.includes('-->'));
    if (timesAt >= 0 && timesAt <= 1) {
      const cue = readCue(block.slice(timesAt));
      if (typeof cue === 'string') return fail(cue, at + timesAt);
      if (cue.text) cues.push(cue);
      if (cues.length > MOST_CUES) return fail('many', at);
    } else if (timesAt > 1 || !(at === 1 || /^(NOTE|STYLE|REGION)(?:\s|$)/.test(block[0] ?? '')))
      return fail('time', at);
    at = end;
  }
  if (cues.length === 0) return fail('empty', 0);
  return { ok: true, cues: cues.sort((a, b) => a.start - b.start) };
}

function readCue([times = '', ...text]: string[]): Cue | VttFault {
  const match = TIMES.exec(times);
  if (!match) return 'time';
  const [, ...parts] = match.map((part) => Number(part ?? 0));
  const [start, end] = [msOf(parts.slice(0, 4)), msOf(parts.slice(4, 8))];
  if (end <= start || end > LONGEST_MS) return 'order';
  const plain = withoutMarks(text.join('\n'));
  return plain.length > LONGEST_CUE ? 'long' : { start, end, text: plain };
}

const msOf = ([hours = 0, minutes = 0, seconds = 0, ms = 0]: number[]) =>
  ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '' };

function withoutMarks(text: string): string {
  return (
    text
      .replace(/<v(?:\.[^\s>]*)?[ \t]+([^>]*)>/g, '$1: ')
      .replace(/<[^>]*>?/g, '')
      .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name: string) => NAMED[name] ?? '')
      .replace(/[^\S\n]+/g, ' ')
      // Signs that are not seen or turn the direction of text.
      .replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, '')
      .trim()
  );
}

const pad = (number: number, length: number) => String(number).padStart(length, '0');

function vttTime(ms: number): string {
  const [hours, minutes, seconds] = [
    Math.floor(ms / 3_600_000),
    Math.floor(ms / 60_000) % 60,
    Math.floor(ms / 1000) % 60,
  ];
  return `${pad(hours, 2)}:${pad(minutes, 2)}:${pad(seconds, 2)}.${pad(ms % 1000, 3)}`;
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** A WebVTT file of our own making; whatever the words hold, no reader of it meets a mark. */
export function writeVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(({ start, end, text }) => {
    const lines = escaped(text)
      .split('\n')
      .filter((line) => line.trim());
    return `${vttTime(start)} --> ${vttTime(end)}\n${lines.join('\n')}\n`;
  });
  return ['WEBVTT\n', ...blocks].join('\n');
}

const PAUSE = 2000;

/** What is said as paragraphs to read: a pause of two seconds begins a new one. */
export function transcriptOf(cues: readonly Cue[]): string[] {
  const paragraphs: string[] = [];
  cues.forEach(({ start, text }, index) => {
    const before = cues[index - 1];
    const line = text.replace(/\s+/g, ' ').trim();
    if (before && start - before.end < PAUSE && paragraphs.length > 0) paragraphs.push(`${paragraphs.pop()} ${line}`);
    else paragraphs.push(line);
  });
  return paragraphs;
}

/** A moment as people type it: 5, 0:05, 1:02.5, 1:00:00. In milliseconds; undefined when it is none. */
export function readMoment(typed: string): number | undefined {
  const match = /^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,4})(?:[.,](\d{1,3}))?$/.exec(typed.trim());
  if (!match) return undefined;
  const [, hours, minutes, seconds = '0', part = '0'] = match;
  if (minutes !== undefined && Number(seconds) > 59) return undefined;
  const ms = msOf([Number(hours ?? 0), Number(minutes ?? 0), Number(seconds), Number(part.padEnd(3, '0'))]);
  return ms <= LONGEST_MS ? ms : undefined;
}

/** The same as it is shown: 0:05.2. */
export function writeMoment(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = pad(Math.floor(ms / 1000) % 60, 2);
  const part = ms % 1000 ? `.${pad(ms % 1000, 3).replace(/0+$/, '')}` : '';
  return `${hours ? `${hours}:${pad(minutes, 2)}` : minutes}:${seconds}${part}`;
}
