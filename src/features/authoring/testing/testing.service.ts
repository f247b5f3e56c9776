import { atomically } from '../../../lib/db';
import type { Language } from '../../../lib/i18n';
import { recordAudit } from '../../audit/audit.model';
import type { Actor } from '../../organisations/organisations.model';
import type { Draft } from '../drafts.model';
import { findMembers } from '../review/people.model';
import { peopleOf, tell } from '../review/telling';
import { fixVersion } from '../versions/versions.model';
import {
  deleteMark,
  type FieldTest,
  insertMark,
  insertTest,
  inviteTester,
  lockTest,
  type Mark,
  moveTester,
  selectTesters,
  setClosed,
  TESTERS,
  type Tester,
} from './testing.model';

const subject = ({ id }: { id: string }) => ({ type: 'field_test', id });

/**
 * Asks people to try the draft as it stands; while a test of it is open, they join that and read the same text. At most five
 * at a time who have not declined. Returns how many were asked now. Safe to call twice.
 */
export function inviteTesters(
  actor: Actor,
  draft: Draft,
  asked: { testId: string; language: Language; people: readonly string[] },
): Promise<number> {
  return atomically(async () => {
    const { organisation_id } = draft;
    const { testId, language } = asked;
    const row = { id: testId, organisation_id, draft_id: draft.id, draft_version: draft.version, language };
    if (await insertTest({ ...row, started_by: actor.id })) {
      await fixVersion(draft);
      await recordAudit(actor, 'field-test.started', subject(row), { draft: draft.id });
    }
    const test = await lockTest(organisation_id, testId);
    if (!test || test.draft_id !== draft.id || test.closed_at) return 0;
    const testers = await selectTesters(organisation_id, [testId]);
    const members = await findMembers(organisation_id, asked.people);
    let free = TESTERS - testers.filter(({ state }) => state !== 'declined').length;
    let invited = 0;
    for (const { id } of members) {
      if (free <= 0 || !(await inviteTester(test, id))) continue;
      free -= 1;
      invited += 1;
      await tell(draft, [id], {
        kind: 'draft.test-asked',
        by: null,
        href: `/testing/${testId}`,
        key: `test ${testId}`,
      });
    }
    return invited;
  });
}

export function closeTest(actor: Actor, test: FieldTest): Promise<void> {
  return atomically(async () => {
    if (await setClosed(test)) await recordAudit(actor, 'field-test.closed', subject(test));
  });
}

/** The tester says yes or no; a no needs no reason. */
export function answerInvitation(tester: Tester, isYes: boolean): Promise<boolean> {
  const values = { state: isYes ? 'accepted' : 'declined', answered_at: new Date() } as const;
  return atomically(() => moveTester(tester, isYes ? ['invited', 'declined'] : ['invited', 'accepted'], values));
}

export const mark = (place: Omit<Mark, 'marked_at'>) => atomically(() => insertMark(place));
export const unmark = (tester: Tester, id: string) =>
  atomically(() => deleteMark(tester.organisation_id, tester.person_id, id));

/** The tester read it to the end, or stopped for good. Those who make the draft hear that somebody is ready, not who. */
export function endTesting(
  draft: Draft,
  tester: Tester,
  how: { state: 'finished' | 'stopped'; words: string },
): Promise<void> {
  return atomically(async () => {
    if (!(await moveTester(tester, ['accepted'], { ...how, ended_at: new Date() }))) return;
    const href = `/write/drafts/${draft.id}/testing`;
    await tell(draft, peopleOf(draft), { kind: 'draft.test-ended', by: tester.person_id, href });
  });
}
