import { SCHEMA_PATH } from './achievement-document';
import { siteAddress } from './issuer-address';

const text = { type: 'string', minLength: 1 };
const object = (required: string[], properties: object) => ({ type: 'object', required, properties });

/** What every badge of ours looks like, as JSON Schema: the parts that Open Badges 3.0 asks for, and those that we always write. */
export const BADGE_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `${siteAddress()}${SCHEMA_PATH}`,
  title: 'OpenBadgeCredential',
  ...object(['@context', 'id', 'type', 'issuer', 'validFrom', 'credentialSubject', 'credentialStatus', 'proof'], {
    '@context': { type: 'array', items: text, minItems: 2 },
    id: text,
    type: { type: 'array', contains: { const: 'OpenBadgeCredential' } },
    name: text,
    issuer: object(['id', 'type', 'name'], { id: { type: 'string', pattern: '^did:web:' }, name: text }),
    validFrom: { type: 'string', format: 'date-time' },
    validUntil: { type: 'string', format: 'date-time' },
    credentialSubject: object(['type', 'achievement'], {
      id: text,
      achievement: object(['id', 'type', 'name', 'description', 'criteria'], {
        id: { type: 'string', format: 'uri' },
        name: text,
        description: text,
        criteria: object(['narrative'], { narrative: text }),
      }),
    }),
    credentialStatus: object(['type', 'statusListIndex', 'statusListCredential'], {
      type: { const: 'BitstringStatusListEntry' },
      statusListIndex: { type: 'string', pattern: '^[0-9]+$' },
    }),
    proof: { type: ['object', 'array'] },
  }),
};
