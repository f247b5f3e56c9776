import { createCourse, publishLesson } from '../features/courses/publication.service';
import { cardContent } from '../features/templates/card-content';
import { db } from '../lib/db';
import { organisationId } from './build';

const TEXT = `Kun viestissä on kiire, pidä tauko.

Laske puhelin pöydälle ja hengitä kolme kertaa. Lue viesti sitten uudelleen.

Oikea asia odottaa aina viisi minuuttia.`;

/** Courses that go from one organisation to another, one that anybody reads, and what lessons begin from. */
export async function addShared(): Promise<void> {
  const [ours, theirs] = [organisationId('polkutupa'), organisationId('hillajoki')];
  // What all three have is shared by name; who may use it stays the same.
  await db().raw(
    `with withdrawn as (delete from course_shares s using courses c where c.id = s.course_id and c.exchange_id = 'try-tasks'
       returning s.course_id)
     insert into course_shares (course_id, organisation_id, shared_at)
     select w.course_id, n.id, now() - interval '12 days' from withdrawn w, organisations n where n.id <> ?`,
    [ours],
  );
  await db()
    .table('courses')
    .where({ organisation_id: ours, slug: 'recognise-scam-messages' })
    .update({ is_public: true });
  await addTheirs(theirs, ours);
  await db().raw(
    `${PEOPLE} insert into practice_cards (id, organisation_id, person_id, language, title, happened, helped, for_whom,
    beware, is_shown) select md5(c.title || p.id)::uuid, p.organisation_id, p.id, 'fi', c.title, c.happened, c.helped, c.for_whom, c.beware,
      c.is_shown from people_of p
    join (values ${CARDS.map(() => '(?, ?, ?, ?, ?, ?::boolean, ?)').join(', ')})
      c (title, happened, helped, for_whom, beware, is_shown, username) on c.username = p.username`,
    CARDS.flat() as never,
  );
  await addTemplate(ours);
}

async function addTheirs(maker: string, partner: string): Promise<void> {
  const courseId = await createCourse(maker, 'fi', 'Tauko ennen painallusta');
  await db()
    .table('course_texts')
    .where({ course_id: courseId })
    .update({ summary: 'Pieni tauko suojaa huijauksilta.' });
  await publishLesson({
    ...{
      organisation_id: maker,
      course_id: courseId,
      lesson_id: null,
      kind: 'text',
      minutes: 4,
      level: 1,
      competences: [],
    },
    ...{ questions: [], h5p_content_id: null, credits: [] },
    texts: [
      {
        ...{ language: 'fi', title: 'Kiire on merkki', body: TEXT, follows_version: 1 },
        practice: 'Kokeile taukoa seuraavan viestin kohdalla.',
      },
    ],
  });
  await db().raw(
    "insert into course_shares (course_id, organisation_id, shared_at) values (?, ?, now() - interval '3 days')",
    [courseId, partner],
  );
}

const PEOPLE = `with people_of as (select p.id, p.username, m.organisation_id from people p
  join memberships m on m.person_id = p.id where p.username in ('expert', 'professional'))`;

const CARDS: readonly (readonly [string, string, string, string, string, boolean, string])[] = [
  [
    'Ensimmäinen videopuhelu kahdestaan',
    'Kävijä jännitti ensimmäistä videovastaanottoa. Hän pelkäsi painavansa väärästä kohdasta.',
    'Soitimme ensin toisillemme samassa huoneessa.\nHarjoittelimme, miten mikrofoni suljetaan ja avataan.\nSovimme, että puhelun saa aina katkaista.',
    'Sille, jolle videopuhelu on uusi asia.',
    'Ammattilaisen kanssa käytävä keskustelu on kävijän oma. Ohjaaja ei jää huoneeseen, ellei kävijä pyydä.',
    true,
    'expert',
  ],
  [
    'Tauko auttoi',
    'Huomasin, että väsyneenä en enää kuule ohjeita.',
    'Sanoin ääneen: pidetään tauko.\nJatkoimme seuraavalla viikolla samasta kohdasta.',
    '',
    '',
    false,
    'expert',
  ],
  [
    'Oma numero lapulla',
    'Moni soitti huijarin antamaan numeroon, koska oikeaa ei löytynyt nopeasti.',
    'Kirjoitimme pankin oikean numeron lapulle ja laitoimme sen puhelimen koteloon.',
    'Kaikille, jotka käyttävät verkkopankkia.',
    'Lapulle ei kirjoiteta tunnuksia.',
    true,
    'professional',
  ],
];

/** A template that the organisation keeps, made of the first card. */
async function addTemplate(organisation: string): Promise<void> {
  const [title, happened, helped, for_whom, beware] = CARDS[0] ?? ['', '', '', '', ''];
  const card = { ...{ title, happened, helped, for_whom, beware }, language: 'fi' as const };
  const content = cardContent(card);
  await db().raw(
    `insert into lesson_templates (id, organisation_id, kind, title, about, language, content, created_at)
     values (md5('template of the demo')::uuid, ?, 'text', 'Vertaisen vinkki', 'Lyhyt oppitunti yhdestä asiasta, joka auttoi.', 'fi', ?,
       now() - interval '20 days')`,
    [organisation, JSON.stringify(content)],
  );
}
