import { type FirstAnswer, quizEvidence } from '../../src/features/quizzes/evidence';

const right: FirstAnswer = { competence_code: '4.2', level: 2, points: 1, dont_know: false };
const partly = { ...right, points: 0.667 };
const wrong = { ...right, points: 0 };
const dontKnow = { ...wrong, dont_know: true };
const unanswered = { ...right, points: null };
const times = (count: number, answer: FirstAnswer) => Array.from({ length: count }, () => answer);

it('says the target level when mastered, and one below when at least half is right', () => {
  expect(quizEvidence(times(5, right))).toEqual([{ competence_code: '4.2', level: 2, share_right: 1 }]);
  expect(quizEvidence([...times(3, right), wrong])).toEqual([{ competence_code: '4.2', level: 1, share_right: 0.75 }]);
  expect(quizEvidence([right, wrong, wrong])).toEqual([]);
});

it('says nothing of a competence with fewer than three answers', () => {
  expect(quizEvidence(times(2, right))).toEqual([]);
  expect(quizEvidence([right, right, unanswered, unanswered])).toEqual([]);
});

it('counts a partly right answer, "I do not know" and an unanswered question alike: not as right', () => {
  for (const other of [partly, wrong, dontKnow, unanswered]) {
    expect(quizEvidence([...times(3, right), other])).toEqual([
      { competence_code: '4.2', level: 1, share_right: 0.75 },
    ]);
  }
});

it('aims at the most common level of the competence, the lower of equally common ones', () => {
  const at = (...levels: number[]) => levels.map((level) => ({ ...right, level }));
  expect(quizEvidence(at(1, 3, 3, 3, 2))[0]?.level).toBe(3);
  expect(quizEvidence(at(3, 3, 1, 1, 3, 1))[0]?.level).toBe(1);
});

it('keeps competences apart and leaves out questions without one', () => {
  const other = times(5, { ...right, competence_code: '2.3', level: 1 });
  const bare = times(5, { ...right, competence_code: null });
  expect(quizEvidence([...times(5, right), ...other, ...bare]).map((evidence) => evidence.competence_code)).toEqual([
    '4.2',
    '2.3',
  ]);
});
