import { afterQuiet, type MailTimes, mailMoment, momentOf } from '../../src/features/notifications/mail-times';

const times = (values: Partial<MailTimes> = {}): MailTimes => ({
  rhythm: 'day',
  hour: 9,
  weekday: 1,
  quiet_from: null,
  quiet_to: null,
  quiet_days: [1, 2, 3, 4, 5, 6, 7],
  ...values,
});
const night = times({ quiet_from: 21 * 60, quiet_to: 7 * 60 });
const at = (moment: string) => new Date(moment);

describe('the clock in Finland', () => {
  it('is two hours ahead in winter and three in summer', () => {
    expect(momentOf('2026-01-15', 9 * 60)).toEqual(at('2026-01-15T07:00Z'));
    expect(momentOf('2026-07-15', 9 * 60)).toEqual(at('2026-07-15T06:00Z'));
    expect(momentOf('2026-07-15', 30)).toEqual(at('2026-07-14T21:30Z'));
  });

  it('leaves out an hour in March and has one twice in October', () => {
    expect(momentOf('2026-03-29', 3 * 60 + 30)).toEqual(at('2026-03-29T01:30Z'));
    expect(momentOf('2026-03-29', 2 * 60 + 30)).toEqual(at('2026-03-29T00:30Z'));
    expect(momentOf('2026-03-29', 5 * 60)).toEqual(at('2026-03-29T02:00Z'));
    expect(momentOf('2026-10-25', 3 * 60 + 30)).toEqual(at('2026-10-25T00:30Z'));
    expect(momentOf('2026-10-25', 5 * 60)).toEqual(at('2026-10-25T03:00Z'));
  });
});

describe('quiet hours', () => {
  it('hold mail over midnight until they end', () => {
    expect(afterQuiet(night, at('2026-01-15T20:59:59+02:00'))).toEqual(at('2026-01-15T20:59:59+02:00'));
    expect(afterQuiet(night, at('2026-01-15T21:00+02:00'))).toEqual(at('2026-01-16T07:00+02:00'));
    expect(afterQuiet(night, at('2026-01-16T06:59+02:00'))).toEqual(at('2026-01-16T07:00+02:00'));
    expect(afterQuiet(night, at('2026-01-16T07:00+02:00'))).toEqual(at('2026-01-16T07:00+02:00'));
  });

  it('end by the clock also on the nights when it is turned', () => {
    expect(afterQuiet(night, at('2026-03-28T22:00+02:00'))).toEqual(at('2026-03-29T07:00+03:00'));
    expect(afterQuiet(night, at('2026-10-24T22:00+03:00'))).toEqual(at('2026-10-25T07:00+02:00'));
    const small = times({ quiet_from: 60, quiet_to: 3 * 60 + 30 });
    expect(afterQuiet(small, at('2026-10-25T02:00+03:00'))).toEqual(at('2026-10-25T03:30+03:00'));
    expect(afterQuiet(small, at('2026-03-29T02:00+02:00'))).toEqual(at('2026-03-29T04:30+03:00'));
  });

  it('belong to the day on which they begin', () => {
    const friday = times({ quiet_from: 21 * 60, quiet_to: 7 * 60, quiet_days: [5] });
    expect(afterQuiet(friday, at('2026-01-16T22:00+02:00'))).toEqual(at('2026-01-17T07:00+02:00'));
    expect(afterQuiet(friday, at('2026-01-17T03:00+02:00'))).toEqual(at('2026-01-17T07:00+02:00'));
    expect(afterQuiet(friday, at('2026-01-17T22:00+02:00'))).toEqual(at('2026-01-17T22:00+02:00'));
    expect(afterQuiet(times({ ...friday, quiet_days: [] }), at('2026-01-16T22:00+02:00'))).toEqual(
      at('2026-01-16T22:00+02:00'),
    );
  });

  it('never end at a moment that is quiet, or before the moment asked about', () => {
    for (let minute = 0; minute < 9 * 24 * 60; minute += 17)
      for (const start of ['2026-03-26T00:00Z', '2026-10-22T00:00Z']) {
        const moment = new Date(at(start).getTime() + minute * 60_000);
        const free = afterQuiet(night, moment);
        expect(free >= moment && free.getTime() - moment.getTime() <= 11 * 3600_000).toBe(true);
        expect(afterQuiet(night, free)).toEqual(free);
      }
  });
});

it('chooses the next collection, at the hour chosen, across the turning of the clock', () => {
  expect(mailMoment(times(), at('2026-03-28T10:00+02:00'))).toEqual(at('2026-03-29T09:00+03:00'));
  expect(mailMoment(times(), at('2026-10-24T08:59+03:00'))).toEqual(at('2026-10-24T09:00+03:00'));
  expect(mailMoment(times(), at('2026-10-24T09:00+03:00'))).toEqual(at('2026-10-25T09:00+02:00'));
  expect(mailMoment(times({ rhythm: 'week', weekday: 5 }), at('2026-01-13T10:00+02:00'))).toEqual(
    at('2026-01-16T09:00+02:00'),
  );
  expect(mailMoment({ ...night, rhythm: 'at_once' }, at('2026-01-15T23:00+02:00'))).toEqual(
    at('2026-01-16T07:00+02:00'),
  );
  expect(mailMoment({ ...night, hour: 3 }, at('2026-01-15T12:00+02:00'))).toEqual(at('2026-01-16T07:00+02:00'));
  expect(mailMoment(times(), at('2026-01-15T12:00+02:00'), true)).toEqual(at('2026-01-15T12:00+02:00'));
});
