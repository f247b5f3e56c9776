import { needsHelp } from '../../src/features/reports/figures/needs-help';
import type { AgreedCourse } from '../../src/features/reports/figures/training';

const at = (day: string) => new Date(`${day}T10:00:00Z`);
const TODAY = '2026-07-03';
const course = (name: string, values: Partial<AgreedCourse> = {}): AgreedCourse => ({
  person_id: name,
  name,
  course_id: 'c',
  slug: 'c',
  title: 'Kurssi',
  due_on: null,
  lessons_done: 0,
  lessons_total: 4,
  completed_at: null,
  renewed_at: null,
  recognised_at: null,
  history: [],
  agreed_at: at('2026-07-01'),
  valid_until: null,
  renew_from: null,
  last_done_at: null,
  ...values,
});
const kinds = (requests: { person_id: string; name: string; asked_at: Date }[], courses: AgreedCourse[]) =>
  needsHelp(requests, courses, TODAY).map(({ name, reasons }) => [name, ...reasons.map(({ kind }) => kind)]);

it('lists who asked first, and each other by name with the reason', () => {
  const done = { completed_at: at('2026-01-02'), lessons_done: 4 };
  expect(
    kinds(
      [{ person_id: 'Veera', name: 'Veera', asked_at: at('2026-07-02') }],
      [
        course('Outi', { due_on: '2026-06-30' }),
        course('Aino', { agreed_at: at('2026-05-01') }),
        course('Kaisa', { agreed_at: at('2026-05-01'), lessons_done: 1, last_done_at: at('2026-06-30') }),
        course('Liisa', { agreed_at: at('2026-05-01'), lessons_done: 1, last_done_at: at('2026-06-05') }),
        course('Matti', { ...done, valid_until: '2026-07-02', renew_from: '2026-05-03' }),
        course('Niilo', { ...done, valid_until: '2026-08-02', renew_from: '2026-07-03' }),
        course('Pekka', { ...done, valid_until: '2026-12-02', renew_from: '2026-10-03' }),
        course('Ville', done),
        course('Veera', { due_on: '2026-06-30' }),
      ],
    ),
  ).toEqual([
    ['Veera', 'asked', 'late'],
    ['Aino', 'still'],
    ['Liisa', 'still'],
    ['Matti', 'expired'],
    ['Niilo', 'expiring'],
    ['Outi', 'late'],
  ]);
});

it('names nobody when nothing has been agreed or asked', () => expect(kinds([], [])).toEqual([]));

it('names nobody who was agreed with less than four weeks ago', () => {
  expect(kinds([], [course('Aino', { agreed_at: at('2026-06-06') })])).toEqual([]);
  expect(kinds([], [course('Aino', { agreed_at: at('2026-06-05') })])).toEqual([['Aino', 'still']]);
});
