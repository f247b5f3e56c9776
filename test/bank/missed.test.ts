import { missedBy, type QuestionStory } from '../../src/features/quizzes/question-story';

const story = (tens: number, people: number | undefined, judged = true) =>
  ({ question: { judged }, people, tens }) as unknown as QuestionStory;

it('names a question that nearly everybody misses, in tenths', () => {
  expect(missedBy(story(10, 9))).toBe(9);
  expect(missedBy(story(20, 10))).toBe(8);
  expect(missedBy(story(30, 10))).toBeUndefined();
  expect(missedBy(story(90, 10))).toBeUndefined();
});

it('names none that too few have answered, or in which nothing is right or wrong', () => {
  expect(missedBy(story(0, undefined))).toBeUndefined();
  expect(missedBy(story(10, 12, false))).toBeUndefined();
});
