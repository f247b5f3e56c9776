import { together } from '../../lib/db';
import { Routes } from '../../lib/routes';
import { isSupervisor, signedIn } from '../organisations/organisations.policy';
import { POLICY } from '../skills/estimate';
import { HELP_ANSWERS, helpLevel } from '../skills/self-assessment';
import { SEEN_BY_SUPERVISORS } from '../skills/skills.policy';
import { ownBadges } from './badges.model';
import { type KnownPiece, MOST_SHOWN, ownPieces } from './overview.queries';
import { wordsOf } from './submissions.page';
import { ownSubmissions } from './submissions.queries';

/** All evidence of a person's own skills in one list: what each piece counts, who sees it, and what waits. */
export const evidence = new Routes('/skills/evidence');

const OVER = ['taken', 'left', 'not_yet', 'withdrawn', 'refused'];

evidence.get('/', signedIn, async (req, res) => {
  const words = await wordsOf(req.actor);
  const [{ rows: pieces }, { rows: submissions }, badges] = await together(
    ownPieces(req.actor),
    ownSubmissions(req.actor),
    ownBadges(req.actor),
  );
  res.render('evidence/overview', {
    words,
    pieces: pieces.map((piece) => ({
      ...piece,
      shown: levelOf(piece),
      weight: POLICY.baseWeight[piece.source],
      seen: seenOf(piece),
    })),
    submissions: submissions.filter(({ state }) => !OVER.includes(state)),
    badges: badges.filter(({ state }) => !OVER.includes(state)),
    most: MOST_SHOWN,
    mayJudge: req.actor.roles.includes('reviewer') || isSupervisor(req.actor),
  });
});

/** The level that a piece counts as; a help level stands for one. */
function levelOf({ level, help_level }: KnownPiece): number {
  const answer = help_level === null ? undefined : HELP_ANSWERS[help_level];
  return level ?? (answer ? (helpLevel(answer) ?? 0) : 0);
}

/** Who sees the piece: own views and quizzes are one's own; what those whom one asked saw, only when one shares it. */
function seenOf({ source }: KnownPiece): 'shared' | 'asked' | 'self' {
  if (SEEN_BY_SUPERVISORS.includes(source)) return 'shared';
  return source === 'peer' || source === 'experience_expert' ? 'asked' : 'self';
}
