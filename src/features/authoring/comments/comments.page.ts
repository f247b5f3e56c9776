import type { Language } from '../../../lib/i18n';
import type { Draft } from '../drafts.model';
import { type Piece, piecesOf } from '../pieces';
import { findPassage, type Passage, stretchesOf } from './anchor';
import type { ReadComment } from './comments.model';

export interface Thread extends ReadComment {
  number: number;
  state: 'there' | 'changed' | 'moved' | 'gone';
  /** The words that stand there now, when they are not those of the quote. */
  now: string;
  answers: ReadComment[];
}

/** The draft in one language with its threads beside the pieces that they are about. */
export function commentedPieces(draft: Draft, language: Language, comments: readonly ReadComment[]) {
  const pieces = piecesOf(draft.content, language);
  const threads = threadsOf(pieces, language, comments);
  const gone = threads.filter(({ thread }) => thread.state === 'gone').map(({ thread }) => thread);
  return {
    pieces: pieces.map((piece) => {
      const here = threads.filter(({ place }) => place?.piece_id === piece.id);
      const marks = here.flatMap(({ thread, place }) =>
        place && thread.quote !== '' && !thread.resolved_at ? [{ ...place, number: thread.number }] : [],
      );
      return { ...piece, threads: here.map(({ thread }) => thread), stretches: stretchesOf(piece.text, marks) };
    }),
    gone,
    open: threads.filter(({ thread }) => !thread.resolved_at).length,
  };
}

function threadsOf(pieces: readonly Piece[], language: Language, comments: readonly ReadComment[]) {
  const first = comments.filter((comment) => comment.reply_to === null && comment.language === language);
  const orderOf = ({ passage }: { passage: Passage }) =>
    passage.state === 'gone'
      ? [pieces.length, 0]
      : [pieces.findIndex(({ id }) => id === passage.piece_id), passage.start];
  const placed = first
    .map((comment) => ({ comment, passage: findPassage(pieces, comment) }))
    // They are numbered as they stand in the text; those whose passage is gone come last.
    .sort((one, other) => {
      const [[a = 0, b = 0], [c = 0, d = 0]] = [orderOf(one), orderOf(other)];
      return a - c || b - d;
    });
  return placed.map(({ comment, passage }, index) => {
    const place = passage.state === 'gone' ? undefined : passage;
    const text = pieces.find(({ id }) => id === place?.piece_id)?.text ?? '';
    const thread: Thread = {
      ...comment,
      number: index + 1,
      state: passage.state,
      now: place && passage.state === 'changed' ? text.slice(place.start, place.end) : '',
      answers: comments.filter(({ reply_to }) => reply_to === comment.id),
    };
    return { thread, place };
  });
}
