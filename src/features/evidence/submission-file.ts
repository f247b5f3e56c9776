/** Kinds of files that may stand beside a story, told by their first bytes and their name together. */
const KINDS: [ending: RegExp, mime: string, starts: string][] = [
  [/\.pdf$/i, 'application/pdf', '25504446'],
  [/\.docx$/i, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', '504b0304'],
  [/\.xlsx$/i, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', '504b0304'],
  [/\.pptx$/i, 'application/vnd.openxmlformats-officedocument.presentationml.presentation', '504b0304'],
  [/\.odt$/i, 'application/vnd.oasis.opendocument.text', '504b0304'],
  [/\.odp$/i, 'application/vnd.oasis.opendocument.presentation', '504b0304'],
  [/\.mp3$/i, 'audio/mpeg', '494433'],
  [/\.mp3$/i, 'audio/mpeg', 'fffb'],
  [/\.mp3$/i, 'audio/mpeg', 'fff3'],
  [/\.ogg$/i, 'audio/ogg', '4f676753'],
  [/\.wav$/i, 'audio/wav', '52494646'],
  [/\.webm$/i, 'audio/webm', '1a45dfa3'],
];

/** The kind of a file, by its content and its ending; undefined for what we do not keep. Pages and pictures in code are not. */
export function kindOf(data: Buffer, name: string): string | undefined {
  const start = data.subarray(0, 8).toString('hex');
  if (/\.m4a$/i.test(name) && data.toString('latin1', 4, 8) === 'ftyp') return 'audio/mp4';
  if (/\.wav$/i.test(name) && data.toString('latin1', 8, 12) !== 'WAVE') return undefined;
  const known = KINDS.find(([ending, , starts]) => ending.test(name) && start.startsWith(starts));
  if (known) return known[1];
  return /\.txt$/i.test(name) && !data.includes(0) ? 'text/plain' : undefined;
}
