import { endOfDay } from '../../lib/calendar';
import { htmlLang, type Language } from '../../lib/i18n';
import { inLanguage } from './content';
import type { IssuedCredential } from './credentials.model';
import { siteAddress } from './issuer-address';
import { issuerProfile } from './issuer-documents';
import type { Issuer } from './issuer-keys.model';

export const achievementAddress = (id: string) => `${siteAddress()}/achievements/${id}`;
export const SCHEMA_PATH = '/credentials/open-badge.schema.json';

/** What the person chose to be told of them in the badge. */
export interface Chosen {
  language: Language;
  /** Of the hash of their e-mail address; undefined when they do not wish it. */
  identity: { hash: string; salt: string } | undefined;
  /** How they got it, in their own words; '' for nothing. */
  evidence: string;
}

/** A badge as a credential of Open Badges 3.0 without its proof: https://www.imsglobal.org/spec/ob/v3p0/ */
export function badgeDocument(
  issuer: Issuer,
  given: Pick<IssuedCredential, 'content' | 'valid_until' | 'achievement_id'>,
  chosen: Chosen,
  more: { id: string; subjectId: string; status: object; now: Date },
): object {
  const { content, valid_until } = given;
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: `urn:uuid:${more.id}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: issuerProfile(issuer),
    name: inLanguage(content.titles, chosen.language),
    validFrom: more.now.toISOString(),
    ...(valid_until && { validUntil: endOfDay(valid_until).toISOString() }),
    credentialSubject: {
      id: `urn:uuid:${more.subjectId}`,
      type: ['AchievementSubject'],
      ...(chosen.identity && { identifier: [identityObject(chosen.identity)] }),
      achievement: achievementOf(issuer, given, chosen.language),
    },
    ...(chosen.evidence && { evidence: [{ type: ['Evidence'], narrative: chosen.evidence }] }),
    credentialStatus: more.status,
    credentialSchema: [{ id: `${siteAddress()}${SCHEMA_PATH}`, type: 'JsonSchema' }],
  };
}

function achievementOf(
  issuer: Issuer,
  { content, achievement_id }: Pick<IssuedCredential, 'content' | 'achievement_id'>,
  language: Language,
): object {
  const address = achievementAddress(achievement_id ?? '');
  const criteria = inLanguage(content.criteria, language);
  return {
    id: address,
    type: ['Achievement'],
    achievementType: 'Badge',
    name: inLanguage(content.titles, language),
    description: criteria,
    criteria: { id: `${address}#criteria`, narrative: criteria },
    creator: issuerProfile(issuer),
    image: { id: `${address}/image.png`, type: 'Image', caption: inLanguage(content.picture_words, language) },
    inLanguage: htmlLang(language),
    ...(content.skills.length > 0 && { alignment: content.skills.map((skill) => alignmentOf(skill, language)) }),
  };
}

/** Codes of DigComp are the same in its versions 2.2 and 3.0; the level is one of its eight. */
function alignmentOf(
  { code, level, names }: IssuedCredential['content']['skills'][number],
  language: Language,
): object {
  return {
    type: ['Alignment'],
    targetCode: level ? `${code} L${level}` : code,
    targetName: inLanguage(names, language),
    targetFramework: 'DigComp 3.0',
    targetUrl: `https://joint-research-centre.ec.europa.eu/projects-and-activities/education-and-training/digital-transformation-education/digital-competence-framework-digcomp_en`,
  };
}

const identityObject = ({ hash, salt }: { hash: string; salt: string }) => ({
  type: 'IdentityObject',
  identityType: 'emailAddress',
  hashed: true,
  identityHash: `sha256$${hash}`,
  salt,
});
