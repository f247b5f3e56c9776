import { readConfig } from '../../src/config';
import { MailFault, mailIsOn, sendMail, useMailServer } from '../../src/lib/mail';
import { aMailServer, type MailServer, textOf } from '../support/mail-server';

let server: MailServer;
beforeEach(async () => {
  server = await aMailServer();
});
afterEach(() => server.close());

it('sends a mail as plain text, with what is attached', async () => {
  const attachments = [{ filename: 'taidot.csv', content: Buffer.from('a;b\n'), contentType: 'text/csv' }];
  await sendMail({ to: 'aino@example.fi', subject: 'Hyvää päivää', text: 'Kehityskeskustelu lähestyy.', attachments });
  const [mail] = server.received;
  expect(mail).toMatchObject({ from: 'oppiva@example.fi', to: ['aino@example.fi'] });
  expect(mail?.raw).toMatch(/^Content-Disposition: attachment; filename=taidot\.csv/m);
  expect(mail?.raw).toMatch(/^Content-Type: text\/plain/m);
});

it('lets no text begin a header of its own', async () => {
  await sendMail({
    to: 'aino@example.fi',
    subject: 'Hei\r\nBcc: kaikki@example.fi\nX-Own: 1\u2028Cc: x@example.fi',
    text: '.\r\nBcc: kaikki@example.fi\r\n.\r\nQUIT',
    attachments: [{ filename: 'a\r\nX-File: 1.csv', content: Buffer.from('a') }],
  });
  const head = (server.received[0]?.raw ?? '').split('\r\n\r\n')[0] ?? '';
  expect(head).not.toMatch(/^(bcc|cc|x-own|x-file):/im);
  expect(server.received[0]?.raw).not.toMatch(/^x-file:/im);
  expect(server.received.map(({ to }) => to)).toEqual([['aino@example.fi']]);
});

it.each([
  'aino@example.fi, kaikki@example.fi',
  'aino@example.fi\r\nBcc: kaikki@example.fi',
  'Aino <aino@example.fi>',
  'group:aino@example.fi;',
  '"a b"@example.fi',
  'aino',
  '',
  `${'a'.repeat(250)}@example.fi`,
])('sends nothing to %j, which is not one address', async (to) => {
  await expect(sendMail({ to, subject: 'Hei', text: 'Hei' })).rejects.toThrow(TypeError);
  expect(server.received).toEqual([]);
});

it('tells of a refusal without the address', async () => {
  server.refuseWith = 550;
  const fault = await sendMail({ to: 'aino@example.fi', subject: 'Hei', text: 'Hei' }).catch((error) => error);
  expect(fault).toBeInstanceOf(MailFault);
  expect(`${fault.message} ${fault.stack}`).toContain('550');
  expect(`${fault.message} ${fault.stack}`).not.toContain('aino');
});

it('sends nothing, and fails nothing, without a mail server', async () => {
  useMailServer({ url: undefined, from: 'oppiva@example.fi' });
  expect(mailIsOn()).toBe(false);
  expect(await sendMail({ to: 'aino@example.fi', subject: 'Hei', text: 'Hei' })).toBe(false);
});

it('keeps the text as it was written', async () => {
  await sendMail({ to: 'aino@example.fi', subject: 'Hei', text: 'Ääkköset säilyvät.\n.\nLoppu' });
  const [mail] = server.received;
  expect(mail && textOf(mail).replace(/\r\n/g, '\n').trim()).toBe('Ääkköset säilyvät.\n.\nLoppu');
});

it.each([
  [{ MAIL_URL: 'http://example.fi' }, /MAIL_URL/],
  [{ MAIL_URL: 'example.fi' }, /MAIL_URL/],
  [{ MAIL_FROM: 'oppiva' }, /MAIL_FROM/],
  [{ MAIL_FROM: 'a@b.fi\nBcc: c@d.fi' }, /MAIL_FROM/],
])('refuses the settings %j', (settings, says) => {
  expect(() => readConfig(settings)).toThrow(says);
});

it('takes an address with a name or without', () => {
  expect(readConfig({ MAIL_FROM: 'Oppiva <o@example.fi>', MAIL_URL: 'smtps://me:pw@example.fi' }).MAIL_FROM).toMatch(
    '<',
  );
  expect(readConfig({ MAIL_FROM: 'o@example.fi' }).MAIL_URL).toBeUndefined();
});
