import fs from 'node:fs';
import { importCourses } from '../../src/features/courses/courses.service';
import { CatalogueQuery } from '../../src/features/finding/catalogue.schema';
import { readFindings } from '../../src/features/finding/findings';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { anOrganisation, aPerson, inScope } from '../support/factories';

/**
 * What people type, and the course that they should meet among the first ten results: the courses of src/data/modules.json are
 * strong-auth-passwords, recognise-scam-messages and video-appointment.
 */
const QUERIES: [kind: string, language: Actor['language'], typed: string, course: string][] = [
  ['inflected', 'fi', 'salasanojen', 'strong-auth-passwords'],
  ['inflected', 'fi', 'salasanaa', 'strong-auth-passwords'],
  ['inflected', 'fi', 'tunnistautumisesta', 'strong-auth-passwords'],
  ['inflected', 'fi', 'tunnistaudun', 'strong-auth-passwords'],
  ['inflected', 'fi', 'huijauksista', 'recognise-scam-messages'],
  ['inflected', 'fi', 'huijausviestejä', 'recognise-scam-messages'],
  ['inflected', 'fi', 'linkin', 'recognise-scam-messages'],
  ['inflected', 'fi', 'pankin', 'recognise-scam-messages'],
  ['inflected', 'fi', 'videovastaanotolla', 'video-appointment'],
  ['inflected', 'sv', 'lösenorden', 'strong-auth-passwords'],
  ['inflected', 'sv', 'meddelanden', 'recognise-scam-messages'],
  ['inflected', 'en', 'passwords', 'strong-auth-passwords'],
  ['inflected', 'en', 'recognising scams', 'recognise-scam-messages'],
  ['part', 'fi', 'tunnus', 'strong-auth-passwords'],
  ['part', 'fi', 'vastaanotto', 'video-appointment'],
  ['part', 'fi', 'viesti', 'recognise-scam-messages'],
  ['part', 'fi', 'pankkitunnukset', 'strong-auth-passwords'],
  ['part', 'fi', 'video', 'video-appointment'],
  ['part', 'sv', 'mottagning', 'video-appointment'],
  ['misspelt', 'fi', 'tunistautuminen', 'strong-auth-passwords'],
  ['misspelt', 'fi', 'salsana', 'strong-auth-passwords'],
  ['misspelt', 'fi', 'sala sana', 'strong-auth-passwords'],
  ['misspelt', 'fi', 'huiajus', 'recognise-scam-messages'],
  ['misspelt', 'fi', 'huijasviesti', 'recognise-scam-messages'],
  ['misspelt', 'fi', 'videovastanotto', 'video-appointment'],
  ['misspelt', 'fi', 'verkopankkitunukset', 'strong-auth-passwords'],
  ['misspelt', 'sv', 'lösennord', 'strong-auth-passwords'],
  ['misspelt', 'en', 'pasword', 'strong-auth-passwords'],
  ['misspelt', 'en', 'apointment', 'video-appointment'],
  ['other word', 'fi', 'passu', 'strong-auth-passwords'],
  ['other word', 'fi', 'phishing', 'recognise-scam-messages'],
  ['other word', 'fi', 'tekstari', 'recognise-scam-messages'],
  ['other word', 'fi', 'etälääkäri', 'video-appointment'],
  ['other word', 'fi', 'huijari', 'recognise-scam-messages'],
  ['other word', 'fi', 'password', 'strong-auth-passwords'],
  ['other word', 'sv', 'bluff', 'recognise-scam-messages'],
  ['other word', 'en', 'telehealth', 'video-appointment'],
  ['other word', 'en', 'phishing', 'recognise-scam-messages'],
  ['sentence', 'fi', 'miten vaihdan salasanan', 'strong-auth-passwords'],
  ['sentence', 'fi', 'mistä tunnistan huijausviestin', 'recognise-scam-messages'],
  ['sentence', 'fi', 'kuinka puhun lääkärille videolla', 'video-appointment'],
  ['sentence', 'sv', 'hur gör jag ett bra lösenord', 'strong-auth-passwords'],
  ['sentence', 'en', 'how do i know if a message is a scam', 'recognise-scam-messages'],
  ['sentence', 'en', 'talk to the doctor by video', 'video-appointment'],
];

it('finds what people mean', async () => {
  const organisation = await anOrganisation();
  const data = JSON.parse(fs.readFileSync('src/data/modules.json', 'utf8'));
  await inScope(await aPerson({ organisation }), () => importCourses(organisation.id, data));
  const readers = new Map<string, Actor>();
  for (const language of ['fi', 'sv', 'en'] as const) readers.set(language, await aPerson({ organisation, language }));
  const missed: string[] = [];
  let first = 0;
  for (const [kind, language, typed, course] of QUERIES) {
    const reader = readers.get(language) as Actor;
    const found = await inScope(reader, async () => {
      const { found: results } = await readFindings(reader, CatalogueQuery.parse({ q: typed }));
      return results.items.slice(0, 10).map(({ course_slug }) => course_slug);
    });
    if (found[0] === course) first += 1;
    if (!found.includes(course)) missed.push(`${kind} (${language}): ${typed}`);
  }
  console.info(`found ${QUERIES.length - missed.length} of ${QUERIES.length}, first ${first}`, missed);
  expect(missed.length / QUERIES.length).toBeLessThan(0.05);
  expect(first / QUERIES.length).toBeGreaterThan(0.8);
}, 60_000);
