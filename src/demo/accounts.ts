/** Who may sign in to look around: one for each job. Everyone in the demo has this password, and nobody elsewhere. */
export const DEMO_ACCOUNTS = {
  usernames: ['learner', 'expert', 'professional', 'supervisor', 'coordinator', 'admin'],
  password: 'demo-oppiva',
} as const;
