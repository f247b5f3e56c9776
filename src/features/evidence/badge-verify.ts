import { createHash } from 'node:crypto';
import { type BadgeFacts, factsOfAssertion, factsOfCredential } from './badge-facts';
import { BadgeFault, must } from './badge-fault';
import { type BadgeInFile, readBadgeFile } from './badge-file';
import { idOf, isObject, type JsonObject, readJson, textOf } from './badge-json';
import { checkJws, readJws } from './badge-jws';
import { keyOfDid, type PublicJwk } from './badge-keys';
import { checkProof } from './badge-proof';
import { isGivenTo } from './badge-recipient';
import { type BadgeStatus, checkStatus, type Fetch } from './badge-status';

/** A giver of badges whom an organisation trusts. */
export interface TrustedIssuer {
  id: string;
  name: string;
  address: string;
  keys: PublicJwk[];
}

export interface Verifying {
  issuers: readonly TrustedIssuer[];
  /** Of the person who brings the badge. */
  email: string | null;
  now: Date;
  /** The one way out; undefined where the setting keeps it shut. */
  fetch?: Fetch | undefined;
}

export interface VerifiedBadge {
  facts: BadgeFacts;
  issuer: TrustedIssuer;
  /** The same badge in another file has the same key. */
  key: string;
  format: string;
  checks: {
    signature: string;
    status: BadgeStatus;
    recipient: 'email' | 'unknown';
    checked_at: string;
  };
}

/**
 * Reads a badge from a file and verifies it: who signed it, that the issuer is trusted, its dates, that it was not taken back
 * as far as can be known, and whether it was given to this person. Throws a BadgeFault that says what and where.
 */
export async function verifyBadge(bytes: Buffer, verifying: Verifying): Promise<VerifiedBadge> {
  const badge = readBadgeFile(bytes);
  const { facts, issuer, format, signature } = await verifySource(badge, verifying);
  checkDates(facts, verifying.now);
  const status = await checkStatus(facts, verifying.fetch, (text) => verifyList(text, issuer, verifying.now));
  return {
    facts,
    issuer,
    format,
    key: createHash('sha256')
      .update(`${issuer.address} ${facts.id || signature.value}`)
      .digest('hex'),
    checks: {
      signature: signature.how,
      status,
      recipient: isGivenTo(facts.recipients, verifying.email) ? 'email' : 'unknown',
      checked_at: verifying.now.toISOString(),
    },
  };
}

interface Source {
  facts: BadgeFacts;
  issuer: TrustedIssuer;
  format: string;
  /** How it was signed, and what tells it from others when it has no id. */
  signature: { how: string; value: string };
}

function verifySource(badge: BadgeInFile, verifying: Verifying): Promise<Source> {
  if ('jws' in badge) return verifySigned(badge.jws, verifying);
  const isAssertion = badge.json.badge !== undefined || badge.json.type === 'Assertion';
  return isAssertion ? verifyHosted(badge.json, verifying) : verifyProof(badge.json, verifying);
}

async function verifyProof(credential: JsonObject, { issuers, now }: Verifying): Promise<Source> {
  const facts = factsOfCredential(credential);
  const issuer = trusted(issuers, facts.issuer);
  const how = await checkProof(credential, keysOf(issuer), now);
  const value = isObject(credential.proof) ? String(credential.proof.proofValue) : '';
  return { facts, issuer, format: 'ob3', signature: { how, value } };
}

/** Open Badges 3.0 as a JWT, or an assertion of 2.0 as a signed text. */
async function verifySigned(jws: string, { issuers, now }: Verifying): Promise<Source> {
  const payload = readJws(jws);
  const isAssertion = payload.badge !== undefined;
  const credential = isObject(payload.vc) ? { ...payload, ...payload.vc } : payload;
  const facts = isAssertion ? factsOfAssertion(payload) : factsOfCredential(withClaims(credential, payload));
  const issuer = trusted(issuers, facts.issuer);
  const how = await checkJws(jws, keysOf(issuer));
  if (!isAssertion) checkClaims(payload, facts, now);
  return {
    facts,
    issuer,
    format: isAssertion ? 'ob2-signed' : 'ob3-jwt',
    signature: { how, value: jws.split('.')[2] ?? '' },
  };
}

/** In the older way a JWT tells these in its own claims only. */
function withClaims(credential: JsonObject, { iss, jti, nbf, exp }: JsonObject): JsonObject {
  const dated = (seconds: unknown) =>
    typeof seconds === 'number' ? new Date(seconds * 1000).toISOString() : undefined;
  return {
    ...credential,
    issuer: credential.issuer ?? iss,
    id: credential.id ?? jti,
    validFrom: credential.validFrom ?? credential.issuanceDate ?? dated(nbf),
    validUntil: credential.validUntil ?? credential.expirationDate ?? dated(exp),
  };
}

/** What the JWT claims and what the badge in it says must be the same. https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof */
function checkClaims({ iss, jti, exp, nbf }: JsonObject, facts: BadgeFacts, now: Date): void {
  must(iss === undefined || iss === facts.issuer, 'claims', { where: 'iss' });
  must(jti === undefined || jti === facts.id, 'claims', { where: 'jti' });
  must(exp === undefined || (typeof exp === 'number' && exp * 1000 > now.getTime()), 'expired', { where: 'exp' });
  must(nbf === undefined || (typeof nbf === 'number' && nbf * 1000 <= now.getTime()), 'future', { where: 'nbf' });
}

/**
 * An assertion of 2.0 that is not signed is worth what its issuer's own address says now. What is in the file is not read but
 * for that address, which must be of a trusted issuer.
 */
async function verifyHosted(given: JsonObject, { issuers, fetch }: Verifying): Promise<Source> {
  const verification = isObject(given.verification) ? given.verification : isObject(given.verify) ? given.verify : {};
  must(!/^signed/i.test(String(verification.type)), 'unsigned');
  const address = idOf(given.id) ?? textOf(verification.url);
  must(address !== undefined && URL.canParse(address), 'field', { where: 'id' });
  must(
    issuers.some((one) => isWithin(address, one.address)),
    'issuer',
    { where: new URL(address).origin },
  );
  must(fetch !== undefined, 'hosted-off');
  const answer = await fetch(address).catch(() => undefined);
  must(answer?.status !== 410, 'revoked');
  must(answer?.status === 200, 'hosted', { where: new URL(address).host });
  const assertion = readJson(answer.text);
  must(assertion.revoked !== true, 'revoked');
  must(idOf(assertion.id) === idOf(given.id), 'hosted', { where: 'id' });
  const facts = factsOfAssertion(await withClass(assertion, address, fetch));
  // Many givers may stand on one site: only the one whom the badge itself names, and only on their own site.
  const issuer = trusted(issuers, facts.issuer);
  must(isWithin(address, issuer.address), 'issuer', { where: facts.issuer });
  return { facts, issuer, format: 'ob2-hosted', signature: { how: 'hosted', value: address } };
}

/** The class of an assertion, from the same site when the assertion only names it. */
async function withClass(assertion: JsonObject, site: string, fetch: Fetch): Promise<JsonObject> {
  if (isObject(assertion.badge)) return assertion;
  const address = textOf(assertion.badge) ?? '';
  must(isWithin(address, site), 'field', { where: 'badge' });
  const answer = await fetch(address).catch(() => undefined);
  must(answer?.status === 200, 'hosted', { where: 'badge' });
  return { ...assertion, badge: readJson(answer.text) };
}

/** Whether an address is on the site of an issuer's: the same origin, and both https. */
function isWithin(address: string, issuer: string): boolean {
  if (!URL.canParse(address) || !URL.canParse(issuer)) return false;
  const [one, other] = [new URL(address), new URL(issuer)];
  return one.protocol === 'https:' && one.origin === other.origin;
}

/** An unknown key proves nothing: whoever made it, made it. */
function trusted(issuers: readonly TrustedIssuer[], address: string): TrustedIssuer {
  const issuer =
    issuers.find((one) => one.address === address) ?? issuers.find((one) => isOrigin(address, one.address));
  if (!issuer) throw new BadgeFault('issuer', { where: address.slice(0, 200) });
  return issuer;
}

const isOrigin = (address: string, issuer: string) =>
  URL.canParse(address) && new URL(address).origin === address && isWithin(address, issuer);

function keysOf({ address, keys }: TrustedIssuer): PublicJwk[] {
  const own = keyOfDid(address);
  return own ? [own] : keys;
}

function checkDates({ issuedAt, expiresAt }: BadgeFacts, now: Date): void {
  must(issuedAt <= now, 'future', { date: issuedAt.toISOString().slice(0, 10) });
  must(expiresAt === null || expiresAt > now, 'expired', { date: expiresAt?.toISOString().slice(0, 10) ?? '' });
  must(expiresAt === null || expiresAt > issuedAt, 'date', { where: 'validUntil' });
}

/** A list of revoked badges must be signed by the issuer of the badge. */
async function verifyList(text: string, issuer: TrustedIssuer, now: Date): Promise<JsonObject> {
  const plain = text.trim();
  if (!plain.startsWith('{')) {
    await checkJws(plain, keysOf(issuer));
    const payload = readJws(plain);
    return isObject(payload.vc) ? payload.vc : payload;
  }
  const list = readJson(plain);
  must(idOf(list.issuer) === issuer.address, 'issuer', { where: 'statusListCredential' });
  await checkProof(list, keysOf(issuer), now);
  return list;
}
