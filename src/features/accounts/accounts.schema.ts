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
