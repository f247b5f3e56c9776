/** A piece of a GIFT file between empty lines, with its comments. */
export interface GiftPiece {
  text: string;
  /** Where its first words stand, from 1. */
  line: number;
}

/**
 * A GIFT file cut at its empty lines, as Moodle cuts it, so that one bad question does not take the next with it. An empty
 * line inside answers does not cut when the other half could be nothing else: its answers end before any begin. Pieces that
 * are only comments come before the question they stand above. Joined again, the pieces are the file without empty lines.
 */
export function splitGift(text: string): GiftPiece[] {
  const pieces: GiftPiece[] = [];
  let lines: string[] = [];
  let begins = 0;
  const end = () => {
    if (lines.length > 0) pieces.push({ text: lines.join('\n'), line: begins });
    lines = [];
  };
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .entries()) {
    if (line.trim() === '') end();
    else {
      if (lines.length === 0) begins = index + 1;
      lines.push(line);
    }
  }
  end();
  return commentsBelow(halvesJoined(pieces));
}

const bare = (text: string) => text.replace(/^\s*\/\/.*$/gm, '').replace(/\\[\\{}~=#:n]/g, '');
const isComment = (text: string) => text.split('\n').every((line) => /^\s*\/\//.test(line));

function halvesJoined(pieces: readonly GiftPiece[]): GiftPiece[] {
  const joined: GiftPiece[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    const text = bare(piece.text);
    const [open, close] = [text.indexOf('{'), text.indexOf('}')];
    const isRest = close >= 0 && (open < 0 || close < open);
    if (before && isRest && isOpen(bare(before.text))) before.text = `${before.text}\n${piece.text}`;
    else joined.push({ ...piece });
  }
  return joined;
}

const isOpen = (text: string) => text.lastIndexOf('{') > text.lastIndexOf('}');

function commentsBelow(pieces: readonly GiftPiece[]): GiftPiece[] {
  const rest: GiftPiece[] = [];
  let comments: GiftPiece | undefined;
  for (const piece of pieces) {
    if (isComment(piece.text)) comments = comments ? { ...comments, text: `${comments.text}\n${piece.text}` } : piece;
    else {
      rest.push(comments ? { ...piece, text: `${comments.text}\n${piece.text}` } : piece);
      comments = undefined;
    }
  }
  return comments ? [...rest, comments] : rest;
}
