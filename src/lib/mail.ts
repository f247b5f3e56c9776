import { Transform } from 'node:stream';
import { createTransport, type Transporter } from 'nodemailer';
import { config } from '../config';

export interface Mail {
  /** One address, without a name. */
  to: string;
  subject: string;
  text: string;
  /** The same for those whose program shows it; the text goes beside it. */
  html?: string;
  /** An address where mails of this kind end in one press; programs show it as their own button (RFC 8058). */
  unsubscribe?: string;
  /** Stays the same when a mail is tried again, so that a receiver can tell. */
  id?: string;
  /** Runs when all but the end of the mail is with the server: what throws here keeps the mail from being taken. */
  beforeEnd?: () => Promise<void>;
  attachments?: { filename: string; content: Buffer | NodeJS.ReadableStream; contentType?: string }[];
}

export interface MailSettings {
  /** smtp://… or smtps://…; undefined sends nothing. */
  url: string | undefined;
  from: string;
}

/** A mail that did not leave. The server's own words are left out: they repeat the address. */
export class MailFault extends Error {
  constructor(
    readonly code: string,
    readonly answer: number | undefined,
  ) {
    super(`mail was not sent: ${code}${answer ? ` ${answer}` : ''}`);
  }
}

let settings: MailSettings = { url: config.MAIL_URL, from: config.MAIL_FROM };
let transport: Transporter | undefined;

/** Chooses the server that mail goes through. For tests; the product reads it from its settings. */
export function useMailServer(next: MailSettings): void {
  transport?.close();
  transport = undefined;
  settings = next;
}

/** Whether mail leaves this installation at all. */
export const mailIsOn = (): boolean => settings.url !== undefined;

const ADDRESS = /^[^\s<>(),;:@"\\[\]]+@[^\s<>(),;:@"\\[\]]+$/;

/** One mailbox and nothing that a mail server would read as more than one. */
const isMailAddress = (text: string): boolean => text.length <= 254 && ADDRESS.test(text);

/**
 * Sends one mail as plain text; belongs in a job, which tries again. Returns false when no mail server is set.
 * Throws MailFault when the server did not take it, TypeError for what is no address.
 */
export async function sendMail({
  to,
  subject,
  text,
  html,
  unsubscribe,
  id,
  beforeEnd,
  attachments = [],
}: Mail): Promise<boolean> {
  if (settings.url === undefined) return false;
  if (!isMailAddress(to)) throw new TypeError('not an e-mail address');
  transport ??= openTransport(settings.url);
  try {
    await transport.sendMail({
      to: { name: '', address: to },
      subject: oneLine(subject),
      text,
      ...(html !== undefined && { html }),
      ...(id !== undefined && { messageId: `<${id}@oppiva>` }),
      headers: {
        // Out-of-office answers to a machine help nobody.
        'Auto-Submitted': 'auto-generated',
        ...(unsubscribe && {
          'List-Unsubscribe': `<${unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }),
      },
      attachments: attachments.map(({ filename, ...rest }) => ({ ...rest, filename: oneLine(filename) })) as never,
      beforeEnd,
    } as never);
    return true;
  } catch (error) {
    const { code = 'unknown', responseCode } = error as { code?: string; responseCode?: number };
    throw new MailFault(code, responseCode);
  }
}

function openTransport(url: string): Transporter {
  const made = createTransport(
    {
      url,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 60_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    } as never,
    { from: settings.from },
  );
  made.use('stream', ({ data, message }, done) => {
    const { beforeEnd } = data as Pick<Mail, 'beforeEnd'>;
    if (beforeEnd) message.transform(() => endingWith(beforeEnd));
    done();
  });
  return made;
}

/** Lets everything through and holds back the end until `beforeEnd` is done. */
const endingWith = (beforeEnd: () => Promise<void>) =>
  new Transform({
    transform: (chunk, _encoding, done) => done(null, chunk),
    flush: (done) => {
      beforeEnd().then(() => done(), done);
    },
  });

/** A header is one line: what would begin another one is a space. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
