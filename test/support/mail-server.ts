import { SMTPServer } from 'smtp-server';
import { useMailServer } from '../../src/lib/mail';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and body as they came over the wire. */
  raw: string;
}

export interface MailServer {
  received: ReceivedMail[];
  /** The next mails are refused with this code of SMTP; 0 takes them again. */
  refuseWith: number;
  /** Called while a mail is being taken: when its receiver is named, and when all of it is here but not yet answered. */
  hold: (moment: 'named' | 'received') => Promise<void>;
  /** Its address, as the setting MAIL_URL has it. */
  url: string;
  close(): Promise<void>;
}

/** A mail server on loopback that the product sends through until it is closed. */
export async function aMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: (_address, _session, done) => {
      if (state.refuseWith === 0) {
        state.hold('named').then(() => done());
        return;
      }
      done(Object.assign(new Error('no such mailbox'), { responseCode: state.refuseWith }));
    },
    onData: (stream, session, done) => {
      let raw = '';
      stream.on('data', (chunk) => (raw += chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), raw });
        state.hold('received').then(() => done());
      });
    },
  });
  // A sender that is killed in the middle breaks its connection: that is what some tests are about.
  server.on('error', () => undefined);
  const state: MailServer = {
    received: mails,
    refuseWith: 0,
    hold: async () => undefined,
    url: '',
    close: () => {
      useMailServer({ url: undefined, from: 'Oppiva <oppiva@example.fi>' });
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  state.url = `smtp://127.0.0.1:${port}`;
  useMailServer({ url: state.url, from: 'Oppiva <oppiva@example.fi>' });
  return state;
}

/** The plain text of a mail, its transfer encoding undone. */
export function textOf({ raw }: ReceivedMail): string {
  const boundary = /multipart\/alternative;\s+boundary="([^"]+)"/i.exec(raw)?.[1];
  const part = boundary
    ? (raw.split(`--${boundary}`).find((one) => /^\s*content-type: text\/plain/i.test(one)) ?? '')
    : raw;
  const [head = '', ...rest] = part.trimStart().split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/transfer-encoding: quoted-printable/i.test(head)) return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
