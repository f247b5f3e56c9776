import type { Language } from '../../../lib/i18n';
import type { Draft } from '../drafts.model';
import { type Piece, piecesOf } from '../pieces';
import { findPassage, stretchesOf } from './anchor';
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
  return first.map((comment, index) => {
    const passage = findPassage(pieces, comment);
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
