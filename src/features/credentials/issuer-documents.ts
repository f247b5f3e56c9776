import { keyId, organisationAddress, organisationDid, siteDid } from './issuer-address';
import type { Issuer, IssuerKey } from './issuer-keys.model';

type PublicKey = Pick<IssuerKey, 'number' | 'public_multibase' | 'revoked_at'>;

/**
 * The DID document of an organisation (https://www.w3.org/TR/did-1.0/), which is its controller document of multikeys
 * (https://www.w3.org/TR/cid-1.0/) too. A revoked key is listed with its day and may assert nothing.
 */
export function didDocument(issuer: Issuer, keys: readonly PublicKey[]): object {
  const id = organisationDid(issuer.slug);
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id,
    alsoKnownAs: [organisationAddress(issuer.slug)],
    verificationMethod: keys.map(({ number, public_multibase, revoked_at }) => ({
      id: keyId(issuer.slug, number),
      type: 'Multikey',
      controller: id,
      publicKeyMultibase: public_multibase,
      ...(revoked_at && { revoked: revoked_at.toISOString() }),
    })),
    assertionMethod: keys.filter(({ revoked_at }) => !revoked_at).map(({ number }) => keyId(issuer.slug, number)),
  };
}

/** The DID document of the installation. It signs nothing itself: each organisation signs what it gives. */
export function siteDocument(): object {
  return { '@context': ['https://www.w3.org/ns/did/v1'], id: siteDid() };
}

/** Who gives badges, as an Open Badges 3.0 profile: https://www.imsglobal.org/spec/ob/v3p0/#profile */
export function issuerProfile(issuer: Issuer): object {
  return {
    id: organisationDid(issuer.slug),
    type: ['Profile'],
    name: issuer.name,
    url: organisationAddress(issuer.slug),
  };
}
