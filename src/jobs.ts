import { CODE_JOB, mailCode } from './features/accounts/codes.service';
import { PUBLISH_JOB, publishInTime } from './features/authoring/review/publishing.service';
import { EXPIRE_JOB, expireImports, READ_JOB, readSentFile } from './features/bank/imports.service';
import { DAY_JOB, remindOfDays } from './features/cards/reminders.service';
import { REQUIREMENT_JOB } from './features/courses/lesson-changes.model';
import { showReplaced } from './features/courses/lesson-pictures.service';
import { FINISHED_JOB, offerFinished } from './features/credentials/offers.service';
import { EVENTS_JOB, remindEvents } from './features/events/reminders.service';
import { mailVisitor, VISITOR_JOB } from './features/events/signups.service';
import { EXPIRE_COURSES_JOB, expireCourses, TAKE_JOB, takeSentCourse } from './features/exchange/imports.service';
import { CARRY_JOB, carryEvidence } from './features/frameworks/use.service';
import { DELETE_INTERVIEWS_JOB, deleteDueNotes } from './features/interviews/interviews.service';
import { clearFormers } from './features/media/former.service';
import {
  BIN_UNUSED_JOB,
  binUnused,
  CHANGED_JOB,
  CLEAR_BIN_JOB,
  CLEAR_BINS_JOB,
  clearBin,
  clearBins,
  REMOVE_COPIES_JOB,
  removeReplaced,
} from './features/media/media.service';
import {
  CLEAR_ORGANISATION_UPLOADS_JOB,
  CLEAR_UPLOADS_JOB,
  clearOrganisationUploads,
  clearUploads,
} from './features/media/uploads.service';
import { collectNotifications, SEND_JOB, sendCollected } from './features/notifications/mailing.service';
import { MAIL_JOB } from './features/notifications/notifications.service';
import { MEMBERS_CHANGED_JOB } from './features/organisations/members-changed';
import { ALL_RULES_JOB, keepAllRules, keepRules } from './features/paths/rules.service';
import { CONFIRM_PLACES_JOB, remindConfirming } from './features/places/places.service';
import { FORGET_JOB, forget } from './features/privacy/privacy.service';
import { tellOfRequirement } from './features/progress/requirements.service';
import { ANSWER_JOB, mailAnswer } from './features/publications/accessibility.service';
import { CONFIRM_JOB, LETTER_JOB, mailConfirmation, mailLetter } from './features/publications/newsletter.service';
import { REVIEW_JOB, remindReviews } from './features/publications/reminders.service';
import { CLOSE_MONTHS, CLOSE_ORGANISATION, closeAllMonths } from './features/reports/closing/closings.service';
import {
  closeOrganisation,
  READ_AHEAD,
  READ_AHEAD_ALL,
  readAhead,
  readAheadForAll,
} from './features/reports/closing/read-ahead.service';
import {
  MAKE_REPORT_FILE,
  makeReportFile,
  REMOVE_REPORT_FILE,
  removeReportFile,
} from './features/reports/files/report-files.service';
import { mailDueReports, mailOwnReport, OWN_MAIL_JOB } from './features/reports/own/own-mail.service';
import { TELL_JOB, tellShare } from './features/sharing/sharing.service';
import { WEIGH_JOB, weighAgain } from './features/skills/weights.service';
import { forgetOffers, mailOffer, OFFER_JOB } from './features/surveys/surveys.service';
import {
  ORGANISATION_REMINDERS_JOB,
  REMINDERS_JOB,
  remindAll,
  remindOrganisation,
} from './features/talks/reminders.service';
import type { JobHandler } from './lib/jobs';
import type { Scheduled } from './lib/schedule';

/** What each job does, by its name. Above all features: a lower one enqueues by name what a higher one does. */
export const handlers: Record<string, JobHandler> = {
  [EVENTS_JOB]: () => remindEvents(),
  [VISITOR_JOB]: (payload: Parameters<typeof mailVisitor>[0]) => mailVisitor(payload),
  [MAIL_JOB]: (owner: Parameters<typeof collectNotifications>[0]) => collectNotifications(owner),
  [SEND_JOB]: sendCollected,
  [CODE_JOB]: mailCode,
  [CARRY_JOB]: carryEvidence,
  [CHANGED_JOB]: showReplaced,
  [REMOVE_COPIES_JOB]: removeReplaced,
  [BIN_UNUSED_JOB]: binUnused,
  [CLEAR_BINS_JOB]: clearBins,
  [CLEAR_BIN_JOB]: async (payload: Parameters<typeof clearBin>[0]) => {
    await clearBin(payload);
    await clearFormers(payload);
  },
  [CLEAR_UPLOADS_JOB]: clearUploads,
  [CLEAR_ORGANISATION_UPLOADS_JOB]: (payload: Parameters<typeof clearOrganisationUploads>[0]) =>
    clearOrganisationUploads(payload),
  [FINISHED_JOB]: offerFinished,
  [MEMBERS_CHANGED_JOB]: keepRules,
  [ALL_RULES_JOB]: keepAllRules,
  [PUBLISH_JOB]: publishInTime,
  [REQUIREMENT_JOB]: tellOfRequirement,
  [FORGET_JOB]: forget,
  [TELL_JOB]: tellShare,
  [WEIGH_JOB]: weighAgain,
  [REMINDERS_JOB]: remindAll,
  [ORGANISATION_REMINDERS_JOB]: remindOrganisation,
  [CLOSE_MONTHS]: closeAllMonths,
  [CLOSE_ORGANISATION]: closeOrganisation,
  [READ_AHEAD_ALL]: readAheadForAll,
  [READ_AHEAD]: readAhead,
  [OWN_MAIL_JOB]: mailOwnReport,
  'reports.own-week': () => mailDueReports('week'),
  'reports.own-month': () => mailDueReports('month'),
  [DELETE_INTERVIEWS_JOB]: deleteDueNotes,
  [OFFER_JOB]: mailOffer,
  'surveys.forget-offers': forgetOffers,
  [READ_JOB]: readSentFile,
  [EXPIRE_JOB]: expireImports,
  [TAKE_JOB]: takeSentCourse,
  [EXPIRE_COURSES_JOB]: expireCourses,
  [MAKE_REPORT_FILE]: makeReportFile,
  [REMOVE_REPORT_FILE]: removeReportFile,
  [CONFIRM_JOB]: mailConfirmation,
  [LETTER_JOB]: mailLetter,
  [ANSWER_JOB]: mailAnswer,
  [REVIEW_JOB]: () => remindReviews(),
  [CONFIRM_PLACES_JOB]: () => remindConfirming(),
  [DAY_JOB]: () => remindOfDays(),
};

/** What runs by itself. It may be late, after a stop, and must then do what it would have done in time. */
export const schedule: readonly Scheduled[] = [
  { job: EVENTS_JOB, every: 'day', hour: 7, minute: 20 },
  { job: REMINDERS_JOB, every: 'day', hour: 7, minute: 10 },
  { job: CONFIRM_PLACES_JOB, every: 'day', hour: 7, minute: 40 },
  { job: REVIEW_JOB, every: 'day', hour: 7, minute: 20 },
  { job: DAY_JOB, every: 'day', hour: 7, minute: 30 },
  { job: CLOSE_MONTHS, every: 'month', hour: 0, minute: 5 },
  { job: READ_AHEAD_ALL, every: 'day', hour: 3, minute: 30 },
  { job: 'reports.own-week', every: 'week', hour: 6, minute: 20 },
  { job: 'reports.own-month', every: 'month', hour: 6, minute: 40 },
  { job: ALL_RULES_JOB, every: 'day', hour: 1, minute: 40 },
  { job: EXPIRE_JOB, every: 'day', hour: 2, minute: 50 },
  { job: EXPIRE_COURSES_JOB, every: 'day', hour: 3, minute: 0 },
  { job: DELETE_INTERVIEWS_JOB, every: 'day', hour: 0, minute: 20 },
  { job: 'surveys.forget-offers', every: 'day', hour: 0, minute: 30 },
  { job: FORGET_JOB, every: 'day', hour: 2, minute: 20 },
  { job: CLEAR_BINS_JOB, every: 'day', hour: 2, minute: 40 },
  { job: CLEAR_UPLOADS_JOB, every: 'day', hour: 2, minute: 50 },
];
