import type { Words } from '../features/processes/words';

export interface ProcessStory {
  keeper: string;
  template: string;
  hasLevels: boolean;
  visibility: 'public' | 'organisation';
  title: Words;
  question: Words;
  texts: { level: string; kind: string; title: Words; body: Words }[];
  decisions: {
    level: string;
    days: number;
    what: string;
    why: string;
    decided_by: string;
    parties: string[];
    revises?: number;
  }[];
  topics: { key: string; area: string; name: Words }[];
  sessions: {
    kind: string;
    days: number;
    title: Words;
    plan: string;
    notes: string;
    outcomes: string;
    brought: [topic: string, party: string, body: string][];
  }[];
  comments: { text: number; days: number; name: string; body: string; state: string; reply: string; changed: string }[];
  results: {
    goal: Words;
    title: Words;
    owner: string;
    status: string;
    actions: [party: string, body: string, done: boolean][];
    progress: [party: string, status: string, body: string, days: number][];
  }[];
  parties: [party: string, kind: string, people: number, level: string][];
  phases: [phase: string, learned: string][];
  first: [step: string, done: boolean][];
  targets: [title: string, target: number, counted: string, actual?: number][];
  discussion: { title: string; address: string; summary: string };
  review: string;
}

const t = (fi: string, sv: string): Words => ({ fi, sv });

export const STORIES: readonly ProcessStory[] = [
  {
    ...{ keeper: 'polkutupa', template: 'roadmap', hasLevels: true, visibility: 'public' },
    title: t('Alueen digituen tiekartta', 'Vägkarta för regionens digitala stöd'),
    question: t(
      'Miten jokainen alueen asukas saa digitukea lähellä kotia vuoteen 2030 mennessä?',
      'Hur får varje invånare i regionen digitalt stöd nära hemmet före år 2030?',
    ),
    texts: [
      {
        level: 'lab',
        kind: 'frame',
        title: t('Digitaalisen kompassin neljä aluetta', 'Den digitala kompassens fyra områden'),
        body: t(
          'Osaaminen, infrastruktuuri, yritykset ja julkiset palvelut. Aiheet merkitään näihin.',
          'Kunnande, infrastruktur, företag och offentliga tjänster. Ämnena märks enligt dem.',
        ),
      },
      {
        level: 'lab',
        kind: 'method',
        title: t('Dialogi', 'Dialog'),
        body: t(
          'Jokainen kertoo vuorollaan, mitä näkee omasta työstään. Kukaan ei päätä mitään.',
          'Var och en berättar i tur och ordning vad hen ser i sitt arbete. Ingen beslutar något.',
        ),
      },
      {
        level: 'agora',
        kind: 'finding',
        title: t('Tuki loppuu tunnistautumiseen', 'Stödet tar slut vid identifieringen'),
        body: t(
          'Monessa paikassa autetaan laitteen kanssa, mutta pankkitunnuksiin ei uskalleta koskea.',
          'På många ställen får man hjälp med apparaten, men ingen vågar röra bankkoderna.',
        ),
      },
      {
        level: 'agora',
        kind: 'part',
        title: t('Johdanto', 'Inledning'),
        body: t(
          'Tämä on keskustelun avaus. Se kertoo, mistä alueella puhuttiin ja mihin suuntaan haluamme yhdessä.',
          'Det här är en öppning av diskussionen. Den berättar vad vi talade om och vart vi vill tillsammans.',
        ),
      },
      {
        level: 'agora',
        kind: 'part',
        title: t('Avaintulokset', 'Nyckelresultat'),
        body: t('Kolme lupausta, joista jokaisella on vastuullinen.', 'Tre löften som alla har en ansvarig.'),
      },
    ],
    decisions: [
      {
        level: 'agora',
        days: 140,
        what: 'Tiekartta tehdään vuoteen 2028.',
        why: 'Se on nykyisen suunnitelman mittainen.',
        decided_by: 'Ohjausryhmä',
        parties: ['Polkutupa ry', 'Hillajoen kunta'],
      },
      {
        level: 'agora',
        days: 110,
        revises: 0,
        what: 'Tiekartta tehdään vuoteen 2030.',
        why: 'Kompassin tavoitteet ovat vuodelle 2030, ja kunnat toivoivat samaa vuotta.',
        decided_by: 'Ohjausryhmä',
        parties: ['Polkutupa ry', 'Hillajoen kunta', 'Kaislatuuli ry'],
      },
      {
        level: 'studio',
        days: 100,
        what: 'Dialogeihin kutsutaan myös palvelujen käyttäjiä.',
        why: 'Ilman heitä kartta kertoisi vain järjestöistä.',
        decided_by: 'Ohjausryhmä',
        parties: ['Polkutupa ry'],
      },
    ],
    topics: [
      { key: 'nearby', area: 'services', name: t('Tukea lähelle kotia', 'Stöd nära hemmet') },
      { key: 'bank', area: 'services', name: t('Tunnistautuminen', 'Identifiering') },
      { key: 'peers', area: 'skills', name: t('Digiosaajien polku', 'De digitalt kunnigas väg') },
      {
        key: 'devices',
        area: 'infrastructure',
        name: t('Laite ja yhteys kaikille', 'Apparat och uppkoppling åt alla'),
      },
      { key: 'plain', area: 'participation', name: t('Selkeä kieli', 'Klart språk') },
      { key: 'shops', area: 'business', name: t('Kaupat ja pankit mukaan', 'Butiker och banker med') },
      { key: 'shared', area: 'cooperation', name: t('Yhteiset oppitunnit', 'Gemensamma lektioner') },
      { key: 'ai', area: 'skills', name: t('Tekoäly arjessa', 'AI i vardagen') },
    ],
    sessions: [
      {
        kind: 'workshop',
        days: 120,
        title: t('Aloitustyöpaja', 'Startverkstad'),
        plan: 'Löydökset seinälle, ryhmittely ja nimet.',
        notes: 'Kolme pöytää, kahdeksan organisaatiota.',
        outcomes: 'Ensimmäiset viisi aihetta.',
        brought: [
          ['nearby', 'Hillajoen kunta', 'Kirjastoon pitää päästä ilman bussia.'],
          ['nearby', 'Polkutupa ry', 'Kotikäyntejä kysytään enemmän kuin ehditään.'],
          ['bank', 'Kaislatuuli ry', 'Moni käynti päättyy tunnistautumiseen.'],
          ['devices', 'Hillajoen kunta', 'Lainattavia tabletteja on viisi.'],
          ['peers', 'Polkutupa ry', 'Vertaiselta kysytään helpommin.'],
        ],
      },
      {
        kind: 'dialogue',
        days: 96,
        title: t('Asukkaiden dialogi', 'Invånarnas dialog'),
        plan: 'Kierros, kuuntelu, toinen kierros.',
        notes: 'Pelko virheestä tuli esiin joka puheenvuorossa.',
        outcomes: '',
        brought: [
          ['bank', 'Asukkaat', 'Pelkään painaa väärin.'],
          ['bank', 'Polkutupa ry', 'Tarvitaan harjoitusympäristö.'],
          ['plain', 'Asukkaat', 'Kirjeitä ei ymmärrä.'],
          ['nearby', 'Asukkaat', 'Tulisin, jos se olisi samassa talossa.'],
        ],
      },
      {
        kind: 'dialogue',
        days: 71,
        title: t('Kuntien dialogi', 'Kommunernas dialog'),
        plan: 'Kolme kysymystä etukäteen.',
        notes: 'Vastuu tuesta on hajallaan.',
        outcomes: '',
        brought: [
          ['shared', 'Hillajoen kunta', 'Samat ohjeet tehdään monta kertaa.'],
          ['shops', 'Hillajoen kunta', 'Pankin konttori suljettiin.'],
          ['nearby', 'Hillajoen kunta', 'Terveysasemalle oma piste.'],
        ],
      },
      {
        kind: 'workshop',
        days: 40,
        title: t('Lupausten työpaja', 'Löftenas verkstad'),
        plan: 'Aiheista lupauksiksi.',
        notes: 'Jokainen lupasi yhden asian.',
        outcomes: 'Kolme avaintulosta.',
        brought: [
          ['peers', 'Kaislatuuli ry', 'Kaksi uutta ryhmää.'],
          ['ai', 'Polkutupa ry', 'Asiakkaat kysyvät jo siitä.'],
          ['bank', 'Hillajoen kunta', 'Yhteinen oppitunti.'],
          ['shared', 'Kaislatuuli ry', 'Otamme Polkutuvan tunnit käyttöön.'],
        ],
      },
    ],
    comments: [
      {
        text: 2,
        days: 25,
        name: 'Asukas Hillajoelta',
        body: 'Sama kokemus kirjastossa. Olisi hyvä, jos joku näyttäisi, miten tunnusluku pidetään itsellä.',
        state: 'shown',
        reply: 'Kiitos! Tämä on nyt luonnoksessa.',
        changed: 'Lisäsimme lupauksen harjoitusympäristöstä.',
      },
      {
        text: 3,
        days: 9,
        name: '',
        body: 'Missä kyläläiset ovat? Kaikki eivät pääse keskustaan.',
        state: 'shown',
        reply: 'Kyläkierros on syksyn dialogissa.',
        changed: '',
      },
      {
        text: 3,
        days: 2,
        name: 'Vapaaehtoinen',
        body: 'Voiko tähän tulla mukaan?',
        state: 'waiting',
        reply: '',
        changed: '',
      },
    ],
    results: [
      {
        goal: t('Tuki on lähellä', 'Stödet finns nära'),
        title: t('Joka kylällä on tukipaikka tai kiertävä tuki', 'Varje by har en stödplats eller ambulerande stöd'),
        owner: 'Hillajoen kunta',
        status: 'going',
        actions: [
          ['Hillajoen kunta', 'Avaa pisteen terveysasemalle', true],
          ['Polkutupa ry', 'Käy kotona kerran viikossa', false],
        ],
        progress: [['Hillajoen kunta', 'going', 'Piste on auki tiistaisin.', 20]],
      },
      {
        goal: t('Kukaan ei jää yksin tunnuksien kanssa', 'Ingen blir ensam med sina koder'),
        title: t('Tunnistautumisen oppitunti selkosuomeksi', 'En lektion om identifiering på lättläst finska'),
        owner: 'Oppituntien työryhmä',
        status: 'ahead',
        actions: [['Polkutupa ry', 'Tekee oppitunnin', false]],
        progress: [],
      },
    ],
    parties: [
      ['Hillajoen kunta', 'municipality', 9, 'arena'],
      ['Suvannon kunta', 'municipality', 4, 'arena'],
      ['Polkutupa ry', 'association', 11, 'arena'],
      ['Kaislatuuli ry', 'association', 6, 'studio'],
      ['Maakunnan liitto', 'region', 2, 'studio'],
      ['Aikuisopisto', 'education', 3, 'arena'],
    ],
    phases: [
      ['frame', 'Yksi yhteinen kehys säästi monta kokousta.'],
      ['goals', 'Tavoite piti sanoa yhdellä lauseella.'],
      ['content', ''],
      ['open', ''],
      ['answer', ''],
    ],
    first: [
      ['people', true],
      ['frame', true],
      ['decision', true],
      ['workshop', true],
    ],
    targets: [
      ['Työpajoja', 3, 'workshops'],
      ['Dialogeja', 6, 'dialogues'],
      ['Kuntia mukana', 6, 'municipalities'],
      ['Asukkaita mukana', 200, 'by-hand', 74],
    ],
    discussion: {
      title: 'Digituen ryhmä LinkedInissä',
      address: 'https://www.linkedin.com/groups/',
      summary: 'Keskusteltiin siitä, kuka maksaa kiertävän tuen. Useampi kunta kertoi omasta ratkaisustaan.',
    },
    review: 'Suunta pitää. Tekoäly nousi uutena aiheena.',
  },
  {
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
  },
];
