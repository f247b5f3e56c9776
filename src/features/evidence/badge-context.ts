/**
 * The terms of Open Badges 3.0 as JSON-LD, at the address https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json.
 * Written from the vocabulary of the standard (Open Badges Specification 3.0, 1EdTech Consortium, section "Data model"):
 * the standard and its terms are 1EdTech's; Open Badges is its trademark. Terms mean the same as in the published file.
 */
const OB = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#';
const SCHEMA = 'https://schema.org/';
const XSD = 'https://www.w3.org/2001/XMLSchema#';

/** How a term is written: its address, then what its values are. `~` stands for the standard's own words. */
type Terms = Record<string, string>;

const TYPES: Record<string, [address: string, terms: Terms]> = {
  Achievement: [
    '~Achievement',
    {
      achievementType: '~achievementType',
      alignment: '~alignment set',
      creator: '~creator',
      creditsAvailable: '~creditsAvailable float',
      criteria: '~Criteria id',
      fieldOfStudy: '~fieldOfStudy',
      humanCode: '~humanCode',
      image: '~image id',
      otherIdentifier: '~otherIdentifier set',
      related: '~related set',
      resultDescription: '~resultDescription set',
      specialization: '~specialization',
      tag: 'schema:keywords set',
      version: '~version',
      inLanguage: 'schema:inLanguage',
    },
  ],
  AchievementSubject: [
    '~AchievementSubject',
    {
      achievement: '~achievement',
      activityEndDate: '~activityEndDate date',
      activityStartDate: '~activityStartDate date',
      creditsEarned: '~creditsEarned float',
      identifier: '~identifier set',
      image: '~image id',
      licenseNumber: '~licenseNumber',
      result: '~result set',
      role: '~role',
      source: '~source id',
      term: '~term',
    },
  ],
  Address: [
    '~Address',
    {
      addressCountry: 'schema:addressCountry',
      addressCountryCode: '~CountryCode',
      addressLocality: 'schema:addressLocality',
      addressRegion: 'schema:addressRegion',
      geo: '~GeoCoordinates',
      postOfficeBoxNumber: 'schema:postOfficeBoxNumber',
      postalCode: 'schema:postalCode',
      streetAddress: 'schema:streetAddress',
    },
  ],
  Alignment: [
    'schema:AlignmentObject',
    {
      targetCode: '~targetCode',
      targetDescription: 'schema:targetDescription',
      targetFramework: 'schema:targetFramework',
      targetName: 'schema:targetName',
      targetType: '~targetType',
      targetUrl: 'schema:targetUrl anyURI',
    },
  ],
  EndorsementSubject: ['~EndorsementSubject', { endorsementComment: '~endorsementComment' }],
  Evidence: ['~Evidence', { audience: 'schema:audience', genre: 'schema:genre' }],
  GeoCoordinates: ['~GeoCoordinates', { latitude: 'schema:latitude', longitude: 'schema:longitude' }],
  IdentifierEntry: ['~IdentifierEntry', { identifier: '~identifier', identifierType: '~identifierType' }],
  IdentityObject: [
    '~IdentityObject',
    { hashed: '~hashed boolean', identityHash: '~identityHash', identityType: '~identityType', salt: '~salt' },
  ],
  Image: ['~Image', { caption: 'schema:caption' }],
  Profile: [
    '~Profile',
    {
      additionalName: 'schema:additionalName',
      address: '~address id',
      dateOfBirth: '~dateOfBirth date',
      email: 'schema:email',
      familyName: 'schema:familyName',
      familyNamePrefix: '~familyNamePrefix',
      givenName: 'schema:givenName',
      honorificPrefix: 'schema:honorificPrefix',
      honorificSuffix: 'schema:honorificSuffix',
      image: '~image id',
      otherIdentifier: '~otherIdentifier set',
      parentOrg: '~parentOrg id',
      patronymicName: '~patronymicName',
      phone: '~phone',
      official: '~official',
    },
  ],
  Related: ['~Related', { version: '~version', inLanguage: 'schema:inLanguage' }],
  Result: [
    '~Result',
    {
      achievedLevel: '~achievedLevel anyURI',
      resultDescription: '~resultDescription anyURI',
      status: '~status',
      value: 'schema:value',
    },
  ],
  ResultDescription: [
    '~ResultDescription',
    {
      allowedValue: '~allowedValue list',
      requiredLevel: '~requiredLevel anyURI',
      requiredValue: '~requiredValue',
      resultType: '~resultType',
      rubricCriterionLevel: '~rubricCriterionLevel set',
      valueMax: '~valueMax',
      valueMin: '~valueMin',
    },
  ],
  RubricCriterionLevel: ['~RubricCriterionLevel', { level: '~level', points: '~points' }],
};

const COMMON: Terms = {
  OpenBadgeCredential: '~OpenBadgeCredential',
  Criteria: '~Criteria',
  EndorsementCredential: '~EndorsementCredential',
  alignment: '~alignment set',
  description: 'schema:description',
  endorsement: '~endorsement set',
  image: '~image id',
  inLanguage: 'schema:inLanguage',
  name: 'schema:name',
  narrative: '~narrative',
  url: 'schema:url anyURI',
};

const KEYWORDS = { '@protected': true, id: '@id', type: '@type' };
const addressOf = (short: string) => short.replace(/^~/, OB).replace(/^schema:/, SCHEMA);

function term(written: string): object {
  const [address = '', kind] = written.split(' ');
  const found = { '@id': addressOf(address) };
  if (kind === undefined) return found;
  if (kind === 'set' || kind === 'list') return { ...found, '@container': `@${kind}` };
  return { ...found, '@type': kind === 'id' ? '@id' : `${XSD}${kind}` };
}

const termsOf = (terms: Terms) => Object.entries(terms).map(([name, written]) => [name, term(written)]);

/** The context of Open Badges 3.0.3, as a document. */
export const OPEN_BADGES_CONTEXT = {
  '@context': {
    ...KEYWORDS,
    ...Object.fromEntries(termsOf(COMMON)),
    // As it stands in the standard's own file, where this type is not shortened.
    awardedDate: { '@id': `${OB}awardedDate`, '@type': 'xsd:dateTime' },
    AchievementCredential: { '@id': 'OpenBadgeCredential' },
    ...Object.fromEntries(
      Object.entries(TYPES).map(([name, [address, terms]]) => [
        name,
        { '@id': addressOf(address), '@context': { ...KEYWORDS, ...Object.fromEntries(termsOf(terms)) } },
      ]),
    ),
  },
};
