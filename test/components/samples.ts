import { drawLevelChart } from '../../src/lib/level-chart';

const options = [
  { value: 'a', text: 'Painan linkkiä ja kirjaudun' },
  { value: 'b', text: 'Avaan pankin oman sovelluksen', hint: 'Kirjoitan osoitteen itse' },
  { value: 'x', text: 'En tiedä. Näytä vastaus.', isDontKnow: true },
];
const day = (text: string) => new Date(`${text}T10:00:00Z`);
const chart = drawLevelChart(
  [
    { date: day('2026-01-12'), level: 1, low: 0.2, high: 2.4, mark: 'circle' },
    { date: day('2026-02-20'), level: 1.5, low: 0.6, high: 2.5, mark: 'square' },
    { date: day('2026-04-02'), level: 2.3, low: 1.5, high: 3.2, mark: 'diamond' },
    { date: day('2026-05-14'), level: 3, low: 2.3, high: 3.8, mark: 'diamond' },
  ],
  3.6,
);
const facts = [
  { symbol: 'people', term: 'Tiimissä', text: '9 henkilöä', more: 'Heistä 7 on aloittanut.' },
  { symbol: 'check', term: 'Valmis', text: '4 / 9' },
];
const tags = [
  { text: '35 min', symbol: 'clock' },
  { text: 'Kesken', colour: 'cloud', symbol: 'next' },
];

/** One use of each component, as its first line asks; '<name> ...' is another use of the same. */
export const SAMPLES: Record<string, Record<string, unknown>> = {
  'field-top': { name: 'plain', label: 'Kenttä' },
  'keep-typing': { action: '/help' },
  'visibility-field': { spaces: [{ id: 'a1', name: 'Digituen verkosto' }], visibility: 'network', space_id: 'a1' },
  'field-aria': { name: 'plain' },
  'fieldset-top': { name: 'group', label: 'Ryhmä' },
  'fieldset-bottom': {},
  'text-field': { name: 'title', label: 'Otsikko', value: 'Hyvä salasana', hint: 'Lyhyt ja selkeä.' },
  'text-field with a message': {
    name: 'phone',
    label: 'Puhelinnumero',
    type: 'tel',
    autocomplete: 'tel',
    hint: 'Soitamme arkisin.',
    errors: { phone: 'common.tryIt' },
  },
  'password-field': { name: 'password', label: 'Salasana', value: 'must never show' },
  'textarea-field': {
    name: 'topic',
    label: 'Missä haluat apua?',
    value: 'Videopuhelu\nennen torstaita',
    optional: true,
  },
  'select-field': { name: 'team', label: 'Tiimi', options, value: 'b' },
  'date-field': { name: 'due', label: 'Määräaika', value: '2026-06-30' },
  'file-field': { name: 'file', label: 'H5P-tiedosto', accept: '.h5p', hint: 'Enintään 50 Mt.' },
  radios: { name: 'answer', label: 'Mitä teet?', options, value: 'b', asCards: true, asHeading: true },
  'radios small': { name: 'kind', label: 'Laji', options, value: 'a', errors: { kind: 'common.tryIt' } },
  checkboxes: { name: 'signs', label: 'Mitkä ovat varoitusmerkkejä?', options, values: ['a', 'x'] },
  'checkboxes as cards': { name: 'cards', label: 'Valitse sopivat', options, values: 'b', asCards: true },
  checkbox: { name: 'agree', label: 'Näytä nimeni', checked: true, hint: 'Voit vaihtaa tämän.' },
  'error-summary': { errors: { phone: 'common.tryIt', form: 'common.check' } },
  button: { text: 'Jatka', href: '/next' },
  'button that sends': { text: 'Tallenna', name: 'do', value: 'save', look: 'secondary', symbol: 'check' },
  'button quiet': { text: 'En halua vastata', href: '/', look: 'quiet' },
  'next-step': {
    heading: 'Varoitusmerkit',
    lines: ['Viimeksi luit tätä oppituntia.', 'Jatketaanko?'],
    meter: { done: 1, total: 4 },
    facts: [{ text: 'Oppitunti 2 / 4' }, { text: 'Noin 5 minuuttia jäljellä', symbol: 'clock' }],
    action: { text: 'Jatka', href: '/lessons/2' },
  },
  'next-step about people': {
    headingId: 'people',
    kicker: 'Tee tämä ensin',
    symbol: 'help',
    heading: 'Kaksi ihmistä pyysi apua',
    art: 'two-at-a-table',
    action: { text: 'Vastaa', post: '/help', fields: { request: 7 } },
  },
  meter: { done: 1, total: 4 },
  steps: { done: 1, total: 7, text: 'Kysymys 2 / 7' },
  trail: {
    stops: [
      { heading: 'Mikä on huijausviesti?', text: 'Tehty 14.5.', href: '/1', state: 'done' },
      { heading: 'Varoitusmerkit', text: 'Olet tässä', href: '/2', state: 'now' },
      { heading: 'Näin toimit turvallisesti', text: 'Seuraavaksi, 8 minuuttia' },
      { heading: 'Jos sinua on huijattu', text: 'Sen jälkeen, 10 minuuttia' },
    ],
  },
  outline: {
    heading: 'Huijausviestin tunnistaminen',
    stops: [
      { text: 'Mikä on huijausviesti?', href: '/1', state: 'done' },
      { text: 'Varoitusmerkit', state: 'now' },
      { text: 'Näin toimit turvallisesti', href: '/3' },
      { text: 'Jos sinua on huijattu' },
    ],
  },
  sure: { confidence: 'medium' },
  'sure of little': { confidence: 'low', extra: 'Päivitetäänkö?' },
  'help-levels': { name: 'help', label: 'Miten sujui?', value: 1 },
  'help-level': { level: 3 },
  'who-sees': { yes: ['Sinä näet kaiken.'], no: ['Esihenkilö ei näe vastauksiasi.'] },
  facts: {
    facts: [
      { term: 'Nyt', text: 'Keskitaso, taso 3' },
      { term: 'Ennen', html: '<b>Perustaso</b>' },
    ],
  },
  'big-facts': { facts },
  tag: { text: 'Ajan tasalla', colour: 'moss', symbol: 'check' },
  empty: {
    text: 'Kun pyydät apua, näet tästä, kuka vastaa ja milloin.',
    action: { href: '/help', text: 'Pyydä apua' },
  },
  pagination: { page: 2, pages: 5, href: (page: number) => `?page=${page}` },
  back: { href: '/', text: 'Etusivulle' },
  breadcrumbs: {
    trail: [
      { href: '/courses', text: 'Opi' },
      { href: '/courses/1', text: 'Huijausviestin tunnistaminen' },
    ],
  },
  kicker: { words: ['Polkutupa ry', 'Kotiin vietävä tuki'] },
  notice: { text: 'Tallennettu.', html: '<p><a href="/">Katso</a></p>' },
  saved: {},
  feedback: {
    heading: 'Tämä on tavallinen ajatus',
    lines: ['Vastaaminen voi silti olla vaarallista.'],
    strong: 'Kirjoita osoite aina itse.',
  },
  'feedback on a safe answer': {
    headingId: 'right',
    heading: 'Näin on turvallista',
    lines: ['Pankki ei kysy tunnuksia.'],
    isRight: true,
  },
  'options-shown': {
    options: [
      { text: 'Painan linkkiä' },
      { text: 'Avaan oman sovelluksen', isBest: true, more: 'Silloin tiedät, missä olet.' },
      { text: 'Vastaan viestiin', isYours: true },
    ],
  },
  signature: {
    heading: 'Totta arjessa',
    text: 'Tuntuu oikealta elämältä.',
    name: 'Pekka M.',
    when: 'Allekirjoitti 13.5. klo 10.20',
    isSigned: true,
  },
  'signature waiting': {
    heading: 'Oikein ja turvallista',
    text: 'Tiedot pitävät paikkansa.',
    name: 'Odottaa: Sanna Niemi',
    when: 'Pyydetty 13.5.',
    isSigned: false,
  },
  stage: {
    heading: 'Vaiheet',
    stages: [{ text: 'Kirjoitus', state: 'done' }, { text: 'Tarkistus', state: 'now' }, { text: 'Julkaistu' }],
  },
  'course-card': {
    heading: 'Huijausviestin tunnistaminen',
    href: '/courses/2',
    lines: ['Opit huomaamaan huijausviestin.'],
    picture: 'message',
    tags,
  },
  'course-card without a picture': { heading: 'Oma kurssi', href: '/courses/9', lines: ['Mitä vain.'] },
  'skill-card': {
    heading: 'Omien tietojen suojaaminen',
    text: 'Osaan tutut asiat itse.',
    level: 2,
    confidence: 'medium',
  },
  'skill-item': {
    heading: 'Viestiminen',
    href: '/skills/2.1',
    text: 'Osaan myös neuvoa muita.',
    level: 3,
    confidence: 'high',
  },
  'people-item': {
    name: 'Riitta Lehtonen',
    href: '/people/1',
    text: '2 / 4 oppituntia',
    stones: { done: 2, total: 4 },
    tag: { text: 'Pyysi apua', colour: 'cloud', symbol: 'help' },
  },
  change: { verdict: 'grew' },
  'change down': { verdict: 'fell' },
  'change unknown': { verdict: 'cannot-tell' },
  ci: { mean: 0.8, low: 0.2, high: 1.4 },
  'level-chart': {
    chart,
    chartId: 'level',
    heading: 'Omien tietojen suojaaminen',
    text: 'Taso nousi yhdestä kolmeen.',
  },
  'source-lines': {
    chartId: 'sources',
    goal: 4,
    heading: 'Mitä kukin lähde kertoo',
    text: 'Oma arvio 4, kollega 2, tehtävä 3.',
    lines: [
      { label: 'Oma arvio', level: 4, mark: 'circle', isOld: false },
      { label: 'Vertaisen arvio', level: 2, mark: 'diamond', isOld: true },
    ],
  },
  'hidden-note': { reason: 'small' },
  'content-languages': {
    variants: [
      { href: '?lang=fi-x-selko', text: 'Selkosuomi', tag: 'fi', current: true },
      { href: '?lang=sv', text: 'Svenska', tag: 'sv' },
    ],
  },
  'details-top': { summary: 'Miksi arvio on tällainen?' },
  'details-bottom': {},
  'table-top': {
    caption: 'Samat tiedot taulukkona',
    captionId: 'same',
    columns: [{ text: 'Päivä' }, { text: 'Taso' }],
  },
  'table-bottom': {},
  'card-top': { heading: 'Haluatko kysyä?', headingId: 'ask', colour: 'moss' },
  'card-bottom': {},
  'read-aloud': {},
  'more-top': { simple: true },
  'more-bottom': { simple: true },
  remember: { lines: ['Pankki ei koskaan kysy', 'tunnuksia viestillä.'] },
  try: { lines: ['Etsi kolme varoitusmerkkiä.'] },
};

export function componentOf(sample: string): string {
  return sample.split(' ')[0] as string;
}
