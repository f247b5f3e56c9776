/** What is kept of a person, by kind, as pages and files tell it. */
export interface Kind {
  kind: string;
  /** Tables whose rows are of the person, by their column `person_id` unless another is named: 'table.column'. */
  tables: readonly string[];
  /** The name of the organisation's rule of how long it is kept, when it has one. */
  retention?: RetentionKind;
}

/** How long what is kept stays, in months, unless the organisation chose otherwise. */
export const RETENTION = {
  answers: 36,
  talks: 60,
  views: 24,
  hours: 60,
  help: 24,
  notifications: 12,
  looks: 24,
  log: 24,
  leavers: 24,
} as const;
export type RetentionKind = keyof typeof RETENTION;
export const RETENTION_KINDS = Object.keys(RETENTION) as RetentionKind[];

/**
 * Every table that points to a person, once. A test finds the tables in the database and fails for one that is missing
 * here: nothing may be known of a person that their own page leaves out.
 */
export const KINDS: readonly Kind[] = [
  {
    kind: 'account',
    retention: 'leavers',
    tables: [
      'people.id',
      'credentials',
      'sign_in_ways',
      'sign_in_challenges',
      'sign_in_ways.made_by',
      'shared_devices.made_by',
      'memberships',
      'invitations',
      'team_members',
      'team_supervisors',
      'network_coordinators',
      'profile_days',
      'path_assignments',
    ],
  },
  {
    kind: 'learning',
    tables: [
      ...['enrolments', 'lesson_progress', 'personal_paths', 'personal_path_steps', 'h5p_states'],
      ...['path_step_marks', 'path_placements', 'path_recognitions', 'course_completions'],
    ],
  },
  { kind: 'kept', tables: ['notes', 'bookmarks', 'lesson_answers'] },
  {
    kind: 'answers',
    retention: 'answers',
    tables: [
      'quiz_attempts',
      'quiz_answers',
      'practice_sessions',
      'practice_answers',
      'self_assessments',
      'self_assessment_answers',
      'help_levels',
      'typed_texts',
      'received_forms',
      'xapi_statements',
    ],
  },
  {
    kind: 'skills',
    tables: [
      'observations',
      'observation_responses',
      'skill_points',
      'skill_estimates',
      'skill_shares',
      'skill_month_ends',
      'month_members',
      'counted_people',
    ],
  },
  {
    kind: 'views',
    retention: 'views',
    tables: ['view_invitations', 'invited_views', 'view_invitations.rater_id', 'invited_views.rater_id'],
  },
  { kind: 'proofs', tables: ['submissions', 'submission_events.actor_id', 'badges'] },
  {
    kind: 'certificates',
    tables: ['issued_credentials', 'issued_credentials.given_by', 'issued_credentials.revoked_by'],
  },
  {
    kind: 'hours',
    retention: 'hours',
    tables: ['work_entries', 'work_requests', 'work_entries.checked_by', 'work_requests.signed_by'],
  },
  { kind: 'talks', retention: 'talks', tables: ['talks', 'talk_preparations', 'plan_versions'] },
  {
    kind: 'help',
    retention: 'help',
    tables: [
      ...['help_requests', 'help_requests.to_person_id', 'help_requests.answered_by'],
      ...['help_replies', 'helper_offers', 'helper_words'],
    ],
  },
  {
    kind: 'said',
    tables: ['lesson_messages', 'lesson_messages.removed_by', 'lesson_follows', 'message_flags', 'lesson_feedback'],
  },
  {
    kind: 'notifications',
    retention: 'notifications',
    tables: ['notifications', 'notification_settings', 'notification_mails'],
  },
  {
    kind: 'work',
    tables: [
      'lesson_drafts.author_id',
      'file_uploads',
      'draft_editors',
      'draft_events',
      'draft_versions',
      'draft_comments',
      'draft_comments.resolved_by',
      'course_people',
      'course_people.added_by',
      'field_tests.started_by',
      'lesson_drafts.expert_id',
      'lesson_drafts.professional_id',
      'credit_wishes',
      'practice_cards',
      'path_rules.made_by',
      'draft_signatures',
      'framework_drafts',
      'observations.recorded_by',
    ],
  },
  {
    kind: 'shared',
    tables: [
      ...['cards.made_by', 'cards.owner_id', 'card_steps.made_by', 'card_responses'],
      ...['space_members', 'space_messages', 'spaces.owner_id', 'loop_links.made_by'],
      ...['space_tasks.made_by', 'space_topics.made_by', 'space_interests.made_by', 'space_contacts.made_by'],
      ...['surveys.owner_id', 'survey_named_responses', 'interview_rounds.owner_id'],
      'processes.owner_id',
      'process_decisions.recorded_by',
      'situation_pictures.made_by',
    ],
  },
  {
    kind: 'publications',
    tables: [
      ...[
        'publications.owner_id',
        'publication_versions.made_by',
        'publication_pictures.noted_by',
        'publication_comments',
      ],
      ...[
        'publication_approvals',
        'publication_signatures',
        'newsletter_subscriptions',
        'accessibility_reports.answered_by',
      ],
    ],
  },
  {
    kind: 'visits',
    tables: [
      ...['support_requests.made_by', 'support_requests.supporter_id', 'support_visits.supporter_id'],
      ...['support_contacts.supporter_id', 'support_month_supporters.supporter_id', 'support_shifts.made_by'],
      ...['support_shift_people', 'support_peers', 'support_peers.mentor_id', 'support_peers.changed_by'],
      ...['support_follow_ups.made_by', 'support_follow_up_checks.made_by'],
    ],
  },
  { kind: 'events', tables: ['event_signups', 'event_feeds', 'events.owner_id'] },
  { kind: 'testing', tables: ['field_testers', 'field_test_marks'] },
  { kind: 'reports', tables: ['own_reports.owner_id', 'own_report_readers', 'own_report_mails', 'report_files'] },
  { kind: 'looks', retention: 'looks', tables: ['looks', 'looks.viewer_id'] },
  { kind: 'log', retention: 'log', tables: ['audit_events.actor_id', 'erasures'] },
];

/** Columns that open doors. They are nobody's information, and a file that is lost must not hold them. */
export const SECRET_COLUMNS: readonly string[] = [
  'token_hash',
  'password_hash',
  'answer_key',
  'key',
  'secret',
  'handle',
  'bound',
];

/** Who may see each kind, as keys of the words on the page. The table of law stands in information/visibility. */
export const SEEN_BY: Readonly<Record<string, readonly string[]>> = {
  account: ['you', 'supervisorTeam', 'administrator'],
  learning: ['you', 'supervisorAgreed', 'administratorAgreed'],
  kept: ['you'],
  answers: ['you'],
  skills: ['you', 'supervisorRequired'],
  views: ['you', 'supervisorShared'],
  proofs: ['you', 'judge'],
  hours: ['you', 'hourCheckers'],
  certificates: ['you', 'code', 'administratorBadges'],
  talks: ['you', 'supervisorTalk'],
  help: ['you', 'supervisorHelp', 'helperAsked'],
  said: ['you', 'colleaguesOfLesson'],
  notifications: ['you'],
  work: ['you', 'readers'],
  shared: ['you', 'spacePeople'],
  publications: ['you', 'spacePeople', 'anybody'],
  events: ['you', 'spacePeople'],
  testing: ['you', 'draftPeople'],
  reports: ['you', 'readers'],
  looks: ['you'],
  log: ['administratorLog'],
};
