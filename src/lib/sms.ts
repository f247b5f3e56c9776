import { config } from '../config';

let address: string | undefined = config.SMS_URL;

/** Chooses the gateway. For tests; the product reads it from its settings. */
export function useSmsGateway(next: string | undefined): void {
  address = next;
}

/** Whether text messages leave this installation at all. */
export const smsIsOn = (): boolean => address !== undefined;

/** A text message that the gateway did not take. Its own words are left out: they may repeat the number. */
export class SmsFault extends Error {
  constructor(readonly status: number) {
    super(`the text message was not sent: ${status}`);
  }
}

/**
 * Sends one text message as a POST of JSON { to, text }; belongs in a job, which tries again. A user name and password in the
 * address go as basic authentication. Returns false when no gateway is set. Throws SmsFault when it did not take it.
 */
export async function sendSms(to: string, text: string): Promise<boolean> {
  if (address === undefined) return false;
  const url = new URL(address);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const pair = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(username && { Authorization: `Basic ${pair}` }) },
    body: JSON.stringify({ to, text }),
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new SmsFault(response.status);
  return true;
}
