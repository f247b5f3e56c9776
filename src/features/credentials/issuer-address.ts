import { config } from '../../config';

/** Where people find this installation, without a slash at the end. Signed things name it, so it is told by the settings alone. */
export function siteAddress(): string {
  return (config.BASE_URL ?? `http://localhost:${config.PORT}`).replace(/\/$/, '');
}

/** did:web of this installation: https://w3c-ccg.github.io/did-method-web/ (a port is written %3A). */
export function siteDid(): string {
  const { host, pathname } = new URL(siteAddress());
  const path = pathname.split('/').filter((part) => part !== '');
  return ['did', 'web', host.replace(':', '%3A'), ...path].join(':');
}

/** did:web of an organisation of this installation; its document is at /orgs/SLUG/did.json. */
export const organisationDid = (slug: string): string => `${siteDid()}:orgs:${slug}`;
export const organisationAddress = (slug: string): string => `${siteAddress()}/orgs/${slug}`;
export const keyId = (slug: string, number: number): string => `${organisationDid(slug)}#key-${number}`;
