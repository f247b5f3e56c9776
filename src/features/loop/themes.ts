/** What challenges, needs and support are about. The first three are those of the networks (domain 1.3); order is that of lists. */
export const THEMES = [
  'e-services',
  'devices',
  'getting-support',
  'bank-and-identification',
  'health-services',
  'safety',
  'communication',
  'information',
  'other',
] as const;
export type Theme = (typeof THEMES)[number];

export const isTheme = (value: unknown): value is Theme => THEMES.includes(value as Theme);
