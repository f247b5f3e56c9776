import { z } from 'zod';
import { message } from '../../lib/forms';

/** Four digits that are not the first ones anybody tries. */
export const NumberForm = z.object({
  number: z
    .string(message('ways.number.form'))
    .trim()
    .regex(/^\d{4}$/, message('ways.number.form'))
    .refine((number) => !isPlain(number), message('ways.number.plain')),
});

/** 7777, 1234 and 4321: whoever finds the card tries these. */
function isPlain(number: string): boolean {
  const steps = [1, 2, 3].map((index) => Number(number[index]) - Number(number[index - 1]));
  return steps.every((step) => step === steps[0]) && Math.abs(steps[0] ?? 0) <= 1;
}

export const WayNameForm = z.object({ name: z.string().trim().max(60) });

/** A phone number as people write it, in Finland or with a country's code; as +358401234567. */
export const PhoneForm = z.object({
  phone: z
    .string(message('ways.phone.form'))
    .transform((text) =>
      text
        .replace(/[\s()-]/g, '')
        .replace(/^00/, '+')
        .replace(/^0/, '+358'),
    )
    .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/, message('ways.phone.form'))),
});

export const CodeForm = z.object({
  code: z
    .string(message('ways.code.form'))
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, message('ways.code.form'))),
});

export const CodeWantedForm = z.object({
  username: z
    .string(message('accounts.username.missing'))
    .trim()
    .toLowerCase()
    .min(1, message('accounts.username.missing'))
    .max(200),
  to: z.enum(['mail', 'phone']).optional(),
  next: z.string().max(2000).optional(),
});

export const DeviceForm = z.object({
  name: z
    .string(message('ways.device.nameMissing'))
    .trim()
    .min(2, message('ways.device.nameMissing'))
    .max(60, message('ways.device.nameMissing'))
    .regex(/^[^\p{Cc}]+$/u, message('ways.device.nameMissing')),
  team: z.uuid(message('ways.device.teamMissing')),
  names: z.literal('yes').optional().catch(undefined),
  days: z.coerce.number(message('ways.device.daysMissing')).int(message('ways.device.daysMissing')).min(1).max(365),
});
