import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../../lib/forms';
import { found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { signedIn } from '../../organisations/organisations.policy';
import { findDraft } from '../drafts.model';
import { piecesOf } from '../pieces';
import { publishedBlocks } from '../published-blocks';
import { uuidOf } from '../reading';
import { findVersion } from '../versions/versions.model';
import { findTest, findTester, selectMarks, selectOwnTests } from './testing.model';
import { AnswerForm, EndForm, MarkForm } from './testing.schema';
import { answerInvitation, endTesting, mark, unmark } from './testing.service';

/** For the one who was asked to try a lesson: yes or no, then reading, marking where one stopped, and the end. */
export const trying = new Routes('/testing');

trying.get('/', signedIn, async (req, res) => {
  res.render('authoring/trying-list', { tests: await selectOwnTests(req.actor), done: req.query.done });
});

trying.get('/:test', signedIn, (req, res) => render(req, res));

trying.post('/:test/answer', signedIn, async (req, res) => {
  const { test, tester } = await ownTest(req);
  const form = readForm(AnswerForm, req.body);
  const isYes = found(form.ok ? form.value : undefined).answer === 'yes';
  if (!test.closed_at) await answerInvitation(tester, isYes);
  res.redirect(303, isYes ? `/testing/${test.id}` : '/testing?done=declined');
});

trying.post('/:test/marks', signedIn, async (req, res) => {
  const { test, tester, pieces } = await ownTest(req);
  const form = readForm(MarkForm, req.body);
  if (!form.ok) return render(req, res.status(422), form.values, form.errors);
  const { id, piece, why = 'other', words } = form.value;
  found(pieces.find((known) => known.id === piece));
  if (tester.state === 'accepted' && !test.closed_at)
    await mark({
      id,
      organisation_id: test.organisation_id,
      test_id: test.id,
      person_id: tester.person_id,
      piece_id: piece,
      quote: '',
      why,
      words,
    });
  res.redirect(303, `/testing/${test.id}?done=marked#piece-${piece}`);
});

trying.post('/:test/marks/:mark/removal', signedIn, async (req, res) => {
  const { test, tester } = await ownTest(req);
  if (tester.state === 'accepted') await unmark(tester, uuidOf(req.params.mark));
  res.redirect(303, `/testing/${test.id}?done=unmarked`);
});

trying.post('/:test/end', signedIn, async (req, res) => {
  const { test, tester } = await ownTest(req);
  const form = readForm(EndForm, req.body);
  if (!form.ok) return render(req, res.status(422), form.values, form.errors);
  const draft = found(await findDraft(test.organisation_id, test.draft_id));
  if (!test.closed_at) await endTesting(draft, tester, { state: form.value.how, words: form.value.words });
  res.redirect(303, `/testing/${test.id}`);
});

/** A test is there for its own testers only. */
async function ownTest(req: Request) {
  const test = found(await findTest(req.actor.organisation_id, uuidOf(req.params.test)));
  const tester = found(await findTester(test, req.actor.id));
  const version = found(await findVersion(test.organisation_id, test.draft_id, test.draft_version));
  return { test, tester, content: version.content, pieces: piecesOf(version.content, test.language) };
}

async function render(req: Request, res: Response, typed: Record<string, unknown> = {}, errors: FieldErrors = {}) {
  const { test, tester, content, pieces } = await ownTest(req);
  const blocks = publishedBlocks(content, test.language);
  const own = (await selectMarks(test.organisation_id, [test.id])).filter(
    ({ person_id }) => person_id === req.actor.id,
  );
  res.render('authoring/trying', {
    test,
    tester,
    title: pieces.find(({ id }) => id === 'title')?.text ?? '–',
    minutes: content.minutes,
    pieces: pieces
      .filter(({ id }) => id !== 'title')
      .map((piece) => ({
        ...piece,
        block: blocks.find(({ id }) => id === piece.id),
        marks: own.filter(({ piece_id }) => piece_id === piece.id),
        markId: randomUUID(),
      })),
    lang: test.language.slice(0, 2),
    isEasy: test.language === 'fi-x-selko',
    values: typed,
    errors,
    done: req.query.done,
  });
}
