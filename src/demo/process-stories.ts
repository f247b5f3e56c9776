import type { Words } from '../features/processes/words';
import { ROAD_MAP } from './process-road-map';
import type { ProcessStory } from './process-story';

const t = (fi: string, sv: string): Words => ({ fi, sv });

const SERVICE_DESIGN: ProcessStory = {
  ...{ keeper: 'kaislatuuli', template: 'service-design', hasLevels: false, visibility: 'organisation' },
  title: t('Nuorten digineuvola', 'De ungas digitala rådgivning'),
  question: t(
    'Miten nuori saa apua digiasioihin kasvot säilyttäen?',
    'Hur får en ung person hjälp utan att tappa ansiktet?',
  ),
  texts: [
    {
      level: 'agora',
      kind: 'finding',
      title: t('Apua kysytään kaverilta', 'Man frågar en kompis'),
      body: t(
        'Ensin kysytään kaverilta, sitten haetaan verkosta.',
        'Först frågar man en kompis, sedan söker man på nätet.',
      ),
    },
  ],
  decisions: [
    {
      level: 'agora',
      days: 60,
      what: 'Kokeillaan chat-päivystystä iltaisin.',
      why: 'Nuoret eivät soita.',
      decided_by: 'Työryhmä',
      parties: ['Kaislatuuli ry'],
    },
  ],
  topics: [{ key: 'chat', area: 'services', name: t('Chat iltaisin', 'Chatt på kvällarna') }],
  sessions: [
    {
      kind: 'workshop',
      days: 55,
      title: t('Ideointi nuorten kanssa', 'Idéer med unga'),
      plan: 'Ensin yksin, sitten yhdessä.',
      notes: 'Kaksitoista nuorta.',
      outcomes: 'Neljä ideaa.',
      brought: [['chat', 'Nuorten ryhmä', 'Vastaus saman illan aikana.']],
    },
  ],
  comments: [{ text: 0, days: 5, name: '', body: 'Tuttua.', state: 'waiting', reply: '', changed: '' }],
  results: [
    {
      goal: t('Nuori saa vastauksen', 'Den unga får ett svar'),
      title: t('Vastaus saman illan aikana', 'Svar samma kväll'),
      owner: 'Nuorten tiimi',
      status: 'going',
      actions: [['Kaislatuuli ry', 'Päivystää kahtena iltana', false]],
      progress: [['Kaislatuuli ry', 'going', 'Ensimmäinen ilta oli hiljainen.', 8]],
    },
  ],
  parties: [['Nuorten ryhmä', 'residents', 12, 'arena']],
  phases: [
    ['understand', 'Nuoret puhuvat mieluummin kirjoittaen.'],
    ['define', 'Häpeä estää kysymästä.'],
    ['ideate', ''],
    ['try', ''],
    ['spread', ''],
  ],
  first: [
    ['people', true],
    ['interviews', true],
    ['workshop', false],
  ],
  targets: [['Palvelukonsepteja', 3, 'by-hand', 1]],
  discussion: {
    title: 'Nuorisotyön foorumi',
    address: 'https://example.org/foorumi',
    summary: 'Muut kokeilivat samaa viikonloppuisin.',
  },
  review: 'Jatketaan kokeilua kevääseen.',
};

export const STORIES: readonly ProcessStory[] = [ROAD_MAP, SERVICE_DESIGN];
