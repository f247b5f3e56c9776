import path from 'node:path';
import { findSignIn } from '../features/accounts/accounts.model';
import { findDraft, updateDraft } from '../features/authoring/drafts.model';
import { putCaptions } from '../features/files/captions.model';
import { FILE_KINDS, type StoredFile, updateFile } from '../features/files/files.model';
import type { Cue } from '../features/files/webvtt';
import { addFile } from '../features/media/media.service';
import { type Actor, findActor, selectOwnOrganisations } from '../features/organisations/organisations.model';
import { atomically, db } from '../lib/db';
import type { Language } from '../lib/i18n';
import { ROOT } from '../lib/root';
import { withScope } from '../lib/scope';

const FOLDER = path.join(ROOT, 'src', 'data', 'media');

type Words = Pick<StoredFile, 'name' | 'alts' | 'licence' | 'author' | 'is_decoration'>;

const FILES: [file: string, words: Words, captions?: [Language, [number, number, string][]][]][] = [
  [
    'two-at-a-table.webp',
    {
      name: 'Kaksi pöydän ääressä',
      alts: {
        fi: 'Kaksi ihmistä istuu pöydän ääressä ja katsoo samaa tietokonetta.',
        en: 'Two people at a table look at the same computer.',
      },
      ...{ licence: 'own', author: 'Sanna Niemi', is_decoration: false },
    },
  ],
  [
    'bank-call.webp',
    {
      name: 'Soitto pankkiin',
      alts: {
        fi: 'Puhelimen ruudulla on pankin kuva ja soittomerkki.',
        sv: 'På telefonens skärm syns en bank och ett samtal.',
      },
      ...{ licence: 'cc-by', author: 'Digipolku', is_decoration: false },
    },
  ],
  [
    'path-home.webp',
    { name: 'Polku metsässä', alts: {}, licence: 'own', author: 'Pekka Mäkinen', is_decoration: true },
  ],
  // Nobody has told yet what it shows: the library says so.
  ['boat.webp', { name: 'Soutuvene', alts: {}, licence: '', author: '', is_decoration: false }],
  [
    'hei-pekka.webm',
    { name: 'Pekka kertoo: kysyn ensin', alts: {}, licence: 'own', author: 'Pekka Mäkinen', is_decoration: false },
    [
      [
        'fi',
        [
          [200, 4200, 'Hei. Minä olen Pekka.'],
          [4200, 9000, 'Kun tulee outo viesti, minä odotan ja kysyn ensin.'],
          [9000, 13500, 'Niin sinäkin voit tehdä.'],
        ],
      ],
    ],
  ],
  [
    'outo-viesti.webm',
    { name: 'Outo viesti: kolme askelta', alts: {}, licence: 'own', author: 'Pekka Mäkinen', is_decoration: false },
    [
      [
        'fi',
        [
          [200, 3800, 'Tuli viesti. Odota hetki.'],
          [4200, 7800, 'Katso, kuka kysyy. Tunnetko lähettäjän?'],
          [8200, 11800, 'Älä paina linkkiä. Kysy ensin toiselta.'],
        ],
      ],
      [
        'sv',
        [
          [200, 3800, 'Det kom ett meddelande. Vänta lite.'],
          [4200, 7800, 'Se vem som frågar. Känner du avsändaren?'],
          [8200, 11800, 'Tryck inte på länken. Fråga någon först.'],
        ],
      ],
    ],
  ],
];

/**
 * The demo's library, taken in as its experience expert would: pictures of our own drawing, a voice and a video made by a
 * browser's recorder (nobody's voice). Needs the open database and storage; done once.
 */
export async function addDemoMedia(): Promise<void> {
  const expert = await demoExpert();
  await withScope({ organisationId: expert.organisation_id, personId: expert.id }, async () => {
    for (const [name, words, captions = []] of FILES) {
      const kept = await addFile(expert, { path: path.join(FOLDER, name), originalname: name }, FILE_KINDS);
      if (!kept.ok) throw new Error(`the demo's ${name} was refused: ${kept.fault}`);
      const { id: file_id, organisation_id } = kept.file;
      await updateFile(kept.file, words);
      if (name === IN_A_DRAFT) await showInDraft(expert, { ...kept.file, ...words });
      for (const [language, rows] of captions) {
        const cues: Cue[] = rows.map(([start, end, text]) => ({ start, end, text }));
        await putCaptions({ file_id, organisation_id, language, cues, version: 0 });
      }
    }
  });
}

const IN_A_DRAFT = 'bank-call.webp';

/** The lesson that the expert writes shows one of the pictures: the library tells where. */
async function showInDraft({ id, organisation_id }: Actor, { id: file_id, alts }: StoredFile): Promise<void> {
  const row = await db()('lesson_drafts').where({ organisation_id, author_id: id, state: 'writing' }).first('id');
  const draft = row && (await findDraft(organisation_id, row.id));
  if (!draft) return;
  const texts = { fi: { text: alts.fi ?? '', follows: 1 } };
  const blocks = [...draft.content.blocks, { id: 'kuva0001', kind: 'image' as const, version: 1, texts, file_id }];
  await atomically(() => updateDraft(draft, { content: { ...draft.content, blocks }, version: draft.version + 1 }));
}

async function demoExpert(): Promise<Actor> {
  const known = await findSignIn('expert');
  const [first] = known ? await selectOwnOrganisations(known.person_id) : [];
  const actor = known && first && (await findActor(first.organisation_id, known.person_id));
  if (!actor) throw new Error('the demo has no experience expert');
  return actor;
}
