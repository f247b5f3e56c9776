import { z } from 'zod';
import { message } from '../../lib/forms';
import { LANGUAGES } from '../../lib/i18n';

export const SignInForm = z.object({
  username: z.string(message('accounts.username.missing')).trim().min(1, message('accounts.username.missing')).max(200),
  password: z.string(message('accounts.password.missing')).min(1, message('accounts.password.missing')).max(1000),
  next: z.string().max(2000).optional(),
});

export const NewPassword = z
  .string(message('accounts.newPassword.missing'))
  .min(10, message('accounts.newPassword.short'))
  .max(200, message('accounts.newPassword.long'));

export const PasswordForm = z.object({
  current: z.string(message('accounts.password.missing')).min(1, message('accounts.password.missing')).max(1000),
  password: NewPassword,
});

export const FirstPasswordForm = z.object({ password: NewPassword });

export const LanguageForm = z.object({
  lang: z.enum(LANGUAGES, message('errors.invalid')),
  back: z.string().max(2000).default('/'),
});

export const OrganisationForm = z.object({ organisation: z.uuid(message('errors.invalid')) });

/** An address inside the product, or the front page: nobody is sent to another site by a link they were given. */
export function localAddress(address: string | undefined): string {
  if (!address || !/^\/(?![/\\])/.test(address) || /[\\\p{Cc}]/u.test(address)) return '/';
  const url = new URL(address, 'http://localhost');
  // Folding "/.//" leaves two slashes in front, and they would name another host.
  const isOurs = url.origin === 'http://localhost' && !url.pathname.startsWith('//');
  return isOurs ? `${url.pathname}${url.search}${url.hash}` : '/';
}
