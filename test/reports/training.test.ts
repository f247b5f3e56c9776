import { type AgreedCourse, courseState, teamTraining, trainingOf } from '../../src/features/reports/figures/training';

const course = (values: Partial<AgreedCourse> = {}): AgreedCourse => ({
  person_id: 'p',
  name: 'Aino',
  course_id: 'c',
  slug: 'c',
  title: 'Kurssi',
  due_on: '2026-06-30',
  lessons_done: 0,
  lessons_total: 4,
  completed_at: null,
  renewed_at: null,
  recognised_at: null,
  history: [],
  agreed_at: new Date('2026-01-07T10:00:00Z'),
  valid_until: null,
  renew_from: null,
  last_done_at: null,
  ...values,
});
const done = { lessons_done: 4, completed_at: new Date('2026-07-02T10:00:00Z') };

it.each([
  ['not-started', {}, '2026-06-30'],
  ['on-the-way', { lessons_done: 1 }, '2026-06-30'],
  ['late', { lessons_done: 1 }, '2026-07-01'],
  ['late', {}, '2026-07-01'],
  ['not-started', { due_on: null }, '2026-07-01'],
  ['done', done, '2026-07-03'],
  ['done', { ...done, valid_until: '2027-07-02', renew_from: '2027-05-03' }, '2027-05-02'],
  ['expiring', { ...done, valid_until: '2027-07-02', renew_from: '2027-05-03' }, '2027-05-03'],
  ['expiring', { ...done, valid_until: '2027-07-02', renew_from: '2027-05-03' }, '2027-07-02'],
  ['expired', { ...done, valid_until: '2027-07-02', renew_from: '2027-05-03' }, '2027-07-03'],
  ['recognised', { recognised_at: new Date('2026-06-01T10:00:00Z') }, '2026-07-03'],
  ['done', { ...done, recognised_at: new Date('2026-06-01T10:00:00Z') }, '2026-07-03'],
  [
    'expired',
    { recognised_at: new Date('2025-06-01T10:00:00Z'), valid_until: '2026-06-01', renew_from: '2026-04-01' },
    '2026-07-03',
  ],
])('is %s', (state, values, today) => expect(courseState(course(values), today)).toBe(state));

it('adds up all agreed courses of a person', () => {
  expect(trainingOf([], '2026-06-01')).toBeUndefined();
  expect(trainingOf([course(done), course({ lessons_done: 1, due_on: '2026-08-31' })], '2026-07-03')).toEqual({
    state: 'on-the-way',
    done: 5,
    total: 8,
    due_on: '2026-08-31',
    valid_until: null,
    recognised: 0,
    completed_at: null,
  });
  expect(trainingOf([course(done)], '2026-07-03')).toMatchObject({ state: 'done', completed_at: done.completed_at });
});

it('counts a team: who has something agreed, began, is ready or late, and the next due date', () => {
  const today = '2026-07-03';
  const people = [[course(done)], [course({ lessons_done: 1 })], [course({ due_on: '2026-08-31' })], []];
  expect(
    teamTraining(
      people.map((courses) => trainingOf(courses, today)),
      today,
    ),
  ).toEqual({ agreed: 3, started: 2, done: 1, late: 1, renew: 0, recognised: 0, next_due: '2026-08-31' });
});

it('counts who learnt it before apart from who studied it: nobody is in both', () => {
  const today = '2026-07-03';
  const known = { recognised_at: new Date('2026-06-01T10:00:00Z') };
  const people = [
    [course(done)],
    [course(known)],
    [course(done), course(known)],
    [course(known), course()],
    [course({ ...known, ...done })],
  ];
  const training = people.map((courses) => trainingOf(courses, today));
  expect(training.map((one) => one?.state)).toEqual(['done', 'recognised', 'done', 'late', 'done']);
  expect(teamTraining(training, today)).toMatchObject({ agreed: 5, done: 2, recognised: 2, late: 1 });
});
