import { insertCredential } from '../../src/features/accounts/accounts.model';
import { CODE_LENGTH, type Picture } from '../../src/features/accounts/pictures';
import { choosePictures, makeCard, switchMailOn } from '../../src/features/accounts/ways.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { hashPassword } from '../../src/lib/passwords';
import { aPerson, inScope, reload } from './factories';
import { aBrowser } from './real-browser';

export const PASSWORD = 'mansikka mustikka puolukka';
export const PICTURES_OF_ALL: readonly Picture[] = ['cat', 'sun', 'boat', 'key'];

let hash: Promise<string> | undefined;

/** A person with a password of their own. */
export async function withPassword(values: Parameters<typeof aPerson>[0] = {}): Promise<Actor> {
  const person = await aPerson(values);
  hash ??= hashPassword(PASSWORD);
  await inScope(person, async () => insertCredential(person.id, await (hash as Promise<string>), false));
  return reload(person);
}

export const withPictures = (person: Actor) => inScope(person, () => choosePictures(person, PICTURES_OF_ALL));
export const withMail = (person: Actor) => inScope(person, () => switchMailOn(person, person.id));
export const withCard = (person: Actor) => inScope(person, () => makeCard(person, person.id));

type Browser = ReturnType<typeof aBrowser>;

/** Presses the pictures one after another, each a form of its own, as a browser without scripts does. Returns the last answer. */
export async function press(browser: Browser, typed: object, pictures: readonly Picture[] = PICTURES_OF_ALL) {
  let answer = await browser.post('/sign-in/pictures', typed);
  for (let number = 0; number < CODE_LENGTH; number += 1) {
    const chosen = pictures.slice(0, number).join(',');
    answer = await browser.post('/sign-in/pictures', { ...typed, chosen, picture: pictures[number] });
  }
  return answer;
}

/** A browser where the person is in by their password, just now. */
export async function signedInBrowser(person: Actor, password = PASSWORD) {
  const browser = aBrowser();
  const answer = await browser.signIn(person.username, password);
  if (answer.status !== 303) throw new Error(`cannot sign in: ${answer.status}`);
  return browser;
}
