import { must } from './badge-fault';
import { idOf, isObject, type JsonObject, listOf, textOf } from './badge-json';

/** A way in which a badge names the one it was given to. */
export interface Recipient {
  kind: string;
  hashed: boolean;
  identity: string;
  salt: string;
}

export interface Alignment {
  code: string;
  url: string;
  framework: string;
}

/** What a badge says, in one form for Open Badges 2.0 and 3.0. */
export interface BadgeFacts {
  id: string;
  name: string;
  achievementId: string;
  /** The DID or address of the issuer. */
  issuer: string;
  issuerName: string;
  issuedAt: Date;
  expiresAt: Date | null;
  recipients: Recipient[];
  alignments: Alignment[];
  /** Where a list of revoked badges is; undefined when the badge names none. */
  status: JsonObject | undefined;
}

/** Facts of an Open Badges 3.0 credential. https://www.imsglobal.org/spec/ob/v3p0/#data-models. Throws a BadgeFault. */
export function factsOfCredential(credential: JsonObject): BadgeFacts {
  const types = listOf(credential.type);
  must(types.includes('OpenBadgeCredential') || types.includes('AchievementCredential'), 'kind', { where: 'type' });
  const subjects = listOf(credential.credentialSubject);
  const [subject] = subjects;
  must(subjects.length === 1 && isObject(subject), 'field', { where: 'credentialSubject' });
  const achievements = listOf(subject.achievement);
  const [achievement] = achievements;
  must(achievements.length === 1 && isObject(achievement), 'field', { where: 'credentialSubject.achievement' });
  const issuer = idOf(credential.issuer);
  must(issuer !== undefined, 'field', { where: 'issuer' });
  return {
    id: idOf(credential.id) ?? '',
    name: nameOf(achievement, 'achievement.name'),
    achievementId: idOf(achievement.id) ?? '',
    issuer,
    issuerName: (isObject(credential.issuer) && textOf(credential.issuer.name, 200)) || issuer,
    issuedAt: dateOf(credential.validFrom ?? credential.issuanceDate, 'validFrom'),
    expiresAt: optionalDate(credential.validUntil ?? credential.expirationDate, 'validUntil'),
    recipients: listOf(subject.identifier).filter(isObject).map(recipientOf),
    alignments: alignmentsOf(achievement),
    status: listOf(credential.credentialStatus).find(isObject),
  };
}

/** Facts of an Open Badges 2.0 assertion, its class and issuer within it. https://www.imsglobal.org/spec/ob/v2p0/. */
export function factsOfAssertion(assertion: JsonObject): BadgeFacts {
  const badge = isObject(assertion.badge) ? assertion.badge : { id: assertion.badge };
  const issuer = idOf(badge.issuer);
  const creator = isObject(assertion.verification) ? textOf(assertion.verification.creator) : undefined;
  const recipient = assertion.recipient;
  const list = isObject(badge.issuer) ? textOf(badge.issuer.revocationList) : undefined;
  return {
    id: idOf(assertion.id) ?? textOf(assertion.uid) ?? '',
    name: isObject(assertion.badge) ? nameOf(badge, 'badge.name') : (idOf(badge.id) ?? ''),
    achievementId: idOf(badge.id) ?? '',
    issuer: issuer ?? originOf(creator ?? idOf(badge.id) ?? idOf(assertion.id)),
    issuerName: (isObject(badge.issuer) && textOf(badge.issuer.name, 200)) || (issuer ?? ''),
    issuedAt: dateOf(assertion.issuedOn, 'issuedOn'),
    expiresAt: optionalDate(assertion.expires, 'expires'),
    recipients: isObject(recipient)
      ? [recipientOf({ ...recipient, identityType: recipient.type, identityHash: recipient.identity })]
      : [],
    alignments: alignmentsOf(badge),
    status: list ? { type: 'RevokedAssertions', id: list } : undefined,
  };
}

/** The address that an issuer is known by when a badge tells only where things of the issuer's are. */
const originOf = (address: string | undefined) => (address && URL.canParse(address) ? new URL(address).origin : '');

function nameOf(achievement: JsonObject, where: string): string {
  // Names may be told by language: the Finnish one is ours, else the first.
  const given = isObject(achievement.name)
    ? (achievement.name.fi ?? Object.values(achievement.name)[0])
    : achievement.name;
  const name = textOf(given, 300)?.trim();
  must(name !== undefined && name !== '', 'field', { where });
  return name;
}

function dateOf(value: unknown, where: string): Date {
  const text = textOf(value, 40);
  must(text !== undefined, 'field', { where });
  const date = /^\d{10}$/.test(text) ? new Date(Number(text) * 1000) : new Date(text);
  must(
    /^(\d{10}|\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?)$/.test(text) && Number.isFinite(date.getTime()),
    'date',
    { where },
  );
  return date;
}

const optionalDate = (value: unknown, where: string) =>
  value === undefined || value === null ? null : dateOf(value, where);

function recipientOf(value: JsonObject): Recipient {
  return {
    kind: textOf(value.identityType) ?? '',
    hashed: value.hashed === true || value.hashed === 'true',
    identity: textOf(value.identityHash) ?? '',
    salt: typeof value.salt === 'string' ? value.salt.slice(0, 200) : '',
  };
}

function alignmentsOf(achievement: JsonObject): Alignment[] {
  const given = [...listOf(achievement.alignment), ...listOf(achievement.alignments)].filter(isObject).slice(0, 50);
  return given.map(({ targetCode, targetUrl, targetFramework }) => ({
    code: textOf(targetCode, 200) ?? '',
    url: textOf(targetUrl, 500) ?? '',
    framework: textOf(targetFramework, 200) ?? '',
  }));
}
