import { itemsOf } from '../../src/features/surveys/results';
import type { SurveyQuestion } from '../../src/features/surveys/surveys.model';

const question = (item: string | null): SurveyQuestion => ({
  ...{ id: 'q', organisation_id: 'o', survey_id: 's', position: 0, kind: 'scale', label: 'Minulla oli aikaa.' },
  ...{ options: ['Ei', 'Vähän', 'Melko', 'Hyvin'], item },
});
const answered = (...counts: number[]) =>
  counts.flatMap((count, option) =>
    Array.from({ length: count }, () => ({ channel: 'web' as const, answers: { q: option } })),
  );
const counts = (item: string | null, rows: ReturnType<typeof answered>) =>
  itemsOf([question(item)], rows, 5)[0]?.counts.map(({ count }) => count);

it('tells no count of a pulse item when one is hidden: its mean would tell the others', () => {
  expect(counts('time', answered(0, 4, 4, 6))).toEqual([null, null, null, null]);
  expect(counts('time', answered(0, 5, 7, 6))).toEqual([0, 5, 7, 6]);
  expect(counts(null, answered(0, 4, 4, 6))).toEqual([0, null, null, 6]);
});
