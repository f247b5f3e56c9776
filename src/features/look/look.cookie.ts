import { CONTRASTS, type Look, PLAIN_LOOK, TEXT_SIZES, THEMES } from '../people/people.model';

/** The name of the cookie that keeps a visitor's look on this device, for pages before sign-in. */
export const LOOK_COOKIE = 'look';

/** What the cookie holds. What is about a screen reader or words is not needed before sign-in and stays out. */
export const cookieOf = ({ simple_mode, text_size, contrast, theme }: Look): string =>
  [simple_mode ? 'simple' : 'full', text_size, contrast, theme].join('-');

const KNOWN = new RegExp(
  `(?:^|;\\s*)${LOOK_COOKIE}=(simple|full)-([${TEXT_SIZES.join('')}])-(${CONTRASTS.join('|')})-(${THEMES.join('|')})(?:;|$)`,
);

/** The look that the device remembers; the plain one for a cookie that is not there or not ours. */
export function lookOfCookie(cookies: string | undefined): Look {
  const [, mode, size, contrast, theme] = KNOWN.exec(cookies ?? '') ?? [];
  if (!mode) return PLAIN_LOOK;
  return {
    ...PLAIN_LOOK,
    simple_mode: mode === 'simple',
    text_size: Number(size),
    contrast: contrast as Look['contrast'],
    theme: theme as Look['theme'],
  };
}
