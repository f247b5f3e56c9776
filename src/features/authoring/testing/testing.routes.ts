import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { together } from '../../../lib/db';
import { type FieldErrors, readForm } from '../../../lib/forms';
import { authorize, found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { recordLooks } from '../../audit/looks.model';
import { canTest, isOfDraft, writers } from '../authoring.policy';
import type { Draft } from '../drafts.model';
import { piecesOf } from '../pieces';
import { languageOf, uuidOf, viewedDraft } from '../reading';
import { findMembers, MOST_FOUND, searchPeople } from '../review/people.model';
import { selectVersionTexts } from '../versions/versions.model';
import { findTest, selectMarks, selectTesters, selectTests, TESTERS } from './testing.model';
import { InviteForm } from './testing.schema';
import { closeTest, inviteTesters } from './testing.service';

/** A draft is tried by a few of those it is meant for. */
export const fieldTests = new Routes('/write');
const HERE = '/drafts/:id/testing';
const SHOWN_TESTS = 5;

fieldTests.get(HERE, writers, async (req, res) => render(req, res, await viewedDraft(req)));

fieldTests.post(HERE, writers, async (req, res) => {
  const draft = await viewedDraft(req);
  authorize(canTest(req.actor, draft));
  const form = readForm(InviteForm, req.body);
  if (!form.ok) return render(req, res.status(422), draft, form.values, form.errors);
  const { id, person, language } = form.value;
  const open = (await selectTests(draft)).find(({ closed_at }) => closed_at === null);
  const asked = { testId: open?.id ?? id, language: languageOf(draft, language).language, people: person };
  const invited = await inviteTesters(req.actor, draft, asked);
  res.redirect(303, `/write/drafts/${draft.id}/testing?done=${invited > 0 ? 'invited' : 'full'}`);
});

fieldTests.post(`${HERE}/:test/close`, writers, async (req, res) => {
  const draft = await viewedDraft(req);
  authorize(canTest(req.actor, draft));
  const test = found(await findTest(draft.organisation_id, uuidOf(req.params.test)));
  found(test.draft_id === draft.id || undefined);
  await closeTest(req.actor, test);
  res.redirect(303, `/write/drafts/${draft.id}/testing?done=closed`);
});

/** What testers said, place by place. Who they are is left out for others than the draft's own people. */
async function readResults(draft: Draft, seesNames: boolean) {
  const tests = (await selectTests(draft)).slice(0, SHOWN_TESTS);
  const ids = tests.map(({ id }) => id);
  const [testers, marks, versions] = await together(
    selectTesters(draft.organisation_id, ids),
    selectMarks(draft.organisation_id, ids),
    selectVersionTexts(draft, [...new Set(tests.map(({ draft_version }) => draft_version))]),
  );
  return tests.map((test) => {
    const own = testers.filter(({ test_id }) => test_id === test.id);
    const content = versions.find(({ version }) => version === test.draft_version)?.content;
    const nameOf = (person: string) =>
      seesNames ? own.find(({ person_id }) => person_id === person)?.name : undefined;
    const count = (...states: string[]) => own.filter(({ state }) => states.includes(state)).length;
    const stops = (content ? piecesOf(content, test.language) : []).map((piece) => ({
      ...piece,
      marks: marks
        .filter(({ test_id, piece_id }) => test_id === test.id && piece_id === piece.id)
        .map((one) => ({ ...one, name: nameOf(one.person_id) })),
    }));
    return {
      ...test,
      testers: seesNames ? own : [],
      tried: count('finished', 'stopped'),
      finished: count('finished'),
      waiting: count('invited', 'accepted'),
      places: TESTERS - (own.length - count('declined')),
      words: own
        .filter(({ words }) => words !== '')
        .map(({ words, person_id }) => ({ words, name: nameOf(person_id) })),
      stops: stops.filter((piece) => piece.marks.length > 0),
    };
  });
}

async function render(
  req: Request,
  res: Response,
  draft: Draft,
  values: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const seesNames = isOfDraft(req.actor, draft);
  const tests = await readResults(draft, seesNames);
  if (seesNames) {
    const seen = tests.flatMap(({ testers }) => testers.map(({ person_id }) => person_id));
    if (seen.length > 0) await recordLooks(req.actor, 'field-test', seen);
  }
  const mayAsk = canTest(req.actor, draft);
  const q = String(req.query.q ?? '')
    .slice(0, 100)
    .trim();
  const named = draft.people.filter(({ role }) => role === 'tester').map(({ person_id }) => person_id);
  const known = tests[0]?.closed_at === null ? tests[0].testers.map(({ person_id }) => person_id) : [];
  const offered = mayAsk
    ? [...(q ? await searchPeople(req.actor, q) : []), ...(await findMembers(draft.organisation_id, named))]
    : [];
  res.render('authoring/testing', {
    draft,
    tests,
    ...languageOf(draft, undefined),
    mayAsk,
    seesNames,
    q,
    most: MOST_FOUND,
    offered: offered.filter(
      ({ id }, index) => !known.includes(id) && offered.findIndex((one) => one.id === id) === index,
    ),
    values: { id: randomUUID(), ...values },
    errors,
    done: req.query.done,
  });
}
