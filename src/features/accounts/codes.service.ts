import { randomInt } from 'node:crypto';
import type { Request, Response } from 'express';
import { isLanguage, translator } from '../../lib/i18n';
import { enqueue } from '../../lib/jobs';
import { sendMail } from '../../lib/mail';
import { sendSms } from '../../lib/sms';
import { ask, type ChallengeKind, codeHash, keepCode } from './challenges.model';

export const CODE_JOB = 'accounts.code';

/** As long as a message may take, and no longer than somebody else may find it. */
export const CODE_SECONDS = 600;

/**
 * Sends six digits by a job: the answer comes after the same work for a name that nobody has, and the code stands in no queue.
 * Only the browser that asked can use it.
 */
export async function sendCode(
  req: Request,
  res: Response,
  kind: ChallengeKind,
  to: { person_id: string; way_id: string } | undefined,
): Promise<void> {
  const id = await ask(req, res, { kind, personId: to?.person_id, wayId: to?.way_id, seconds: CODE_SECONDS });
  await enqueue(CODE_JOB, { id });
}

/** Sends six digits to a number that the person wants to use. It is theirs once they have typed them in this browser. */
export async function sendPhoneCode(req: Request, res: Response, personId: string, phone: string): Promise<void> {
  const id = await ask(req, res, { kind: 'phone-number', personId, phone, seconds: CODE_SECONDS });
  await enqueue(CODE_JOB, { id });
}

/** The job: makes the code, keeps its keyed hash, and sends it. Run again it sends a new one, and the last one counts. */
export async function mailCode({ id }: { id: string }): Promise<void> {
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const reader = await keepCode(id, codeHash(id, code));
  if (!reader) return;
  const t = translator(isLanguage(reader.language) ? reader.language : 'fi');
  const shown = `${code.slice(0, 3)} ${code.slice(3)}`;
  const isByMail = reader.kind === 'mail' || reader.kind === 'second';
  const words = reader.kind === 'phone-number' ? 'ways.phone.text' : 'ways.code.text';
  if (!isByMail && reader.phone) await sendSms(reader.phone, t(words, { code: shown }));
  if (isByMail && reader.email)
    await sendMail({
      to: reader.email,
      subject: t('ways.code.subject', { code: shown }),
      text: t('ways.code.text', { code: shown }),
    });
}
