/** The password of everyone in the demo, and only there. */
export const DEMO_PASSWORD = 'demo-oppiva';

export const DEMO_ACCOUNTS = ['learner', 'expert', 'professional', 'supervisor', 'coordinator', 'admin'] as const;
