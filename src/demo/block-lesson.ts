import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { findSignIn } from '../features/accounts/accounts.model';
import { type DraftContent, newQuestion } from '../features/authoring/drafts.document';
import { insertDraft, updateDraft } from '../features/authoring/drafts.model';
import { publishedBlocks } from '../features/authoring/published-blocks';
import type { Block, BlockKind, BlockNeeds, Variant } from '../features/blocks/block';
import { bodyOf, practiceOf } from '../features/blocks/published';
import { publishLesson } from '../features/courses/publication.service';
import { storePicture } from '../features/files/files.service';
import type { Actor } from '../features/organisations/organisations.model';
import { db } from '../lib/db';
import type { Language } from '../lib/i18n';
import { withScope } from '../lib/scope';

const LANGUAGES = ['fi', 'fi-x-selko', 'sv'] as const;

/** A lesson of blocks of most kinds, published in three languages and being written further. Call it inside a transaction. */
export async function addBlockLesson(author: Actor, courseId: string, h5pContentId: string): Promise<void> {
  const content = await contentOf(author.organisation_id, h5pContentId);
  const lessonId = await publishLesson({
    organisation_id: author.organisation_id,
    course_id: courseId,
    lesson_id: null,
    kind: 'text',
    minutes: content.minutes,
    level: content.level,
    competences: content.competences,
    texts: LANGUAGES.map((language) => ({
      language,
      title: content.title[language] ?? '',
      body: bodyOf(content.blocks, language),
      practice: practiceOf(content.blocks, language),
      blocks: publishedBlocks(content, language),
      follows_version: 1,
    })),
    questions: [],
    h5p_content_id: null,
    credits: [],
  });
  const draft = await insertDraft({
    organisation_id: author.organisation_id,
    course_id: courseId,
    kind: 'text',
    content: writtenFurther(content),
    author_id: author.id,
  });
  await updateDraft(draft, { lesson_id: lessonId });
  await addOwnAnswer(author.organisation_id, lessonId);
}

/** The learner, where the demo has its accounts, has thought about the question in it. */
async function addOwnAnswer(organisationId: string, lessonId: string): Promise<void> {
  const learner = await findSignIn('learner');
  if (!learner) return;
  await withScope({ organisationId, personId: learner.person_id }, async () => {
    await db().raw(
      `insert into lesson_answers (organisation_id, person_id, lesson_id, block_id, question, chosen)
       select ?, ?, t.lesson_id, b ->> 'id', b -> 'question', '{b}'
       from lesson_texts t cross join jsonb_array_elements(t.blocks) b
       where t.lesson_id = ? and t.language = 'fi' and b ->> 'kind' = 'question'`,
      [organisationId, learner.person_id, lessonId],
    );
  });
}

/** The Finnish original was mended after the others had followed it, and has something to mend. */
function writtenFurther(content: DraftContent): DraftContent {
  const blocks = content.blocks.map((block): Block => {
    const was = block.texts.fi;
    if (block.id !== 'begin' || !was) return block;
    const followers = Object.entries(block.texts).map(([code, text]) => [code, { ...text, was: { text: was.text } }]);
    const added =
      'Mikäli viesti tulee puheluna, toimi samoin. Lisää ohjeita löydät [tästä](https://www.kyberturvallisuuskeskus.fi/).';
    const fi: Variant = { text: `${was.text} ${added}`, follows: 2 };
    return { ...block, version: 2, texts: { ...Object.fromEntries(followers), fi } };
  });
  return { ...content, blocks };
}

type Said = Partial<Record<Language, string | [text: string, parts: Record<string, string>]>>;

function block(id: string, kind: BlockKind, said: Said, needs: BlockNeeds = {}): Block {
  const texts = Object.entries(said).map(([language, words]) => {
    const [text, parts] = typeof words === 'string' ? [words, undefined] : words;
    return [language, { text, follows: 1, ...(parts && { parts }) }];
  });
  return { id, kind, version: 1, texts: Object.fromEntries(texts), ...needs };
}

async function contentOf(organisationId: string, h5p_content_id: string): Promise<DraftContent> {
  const question = newQuestion('truefalse');
  const asked = {
    ...question,
    id: 'ask-first',
    competence: '4.2',
    texts: {
      fi: {
        prompt: 'Pankki voi pyytää tunnuslukuja viestillä.',
        feedback: 'Pankki ei koskaan pyydä tunnuslukuja viestillä.',
      },
      'fi-x-selko': {
        prompt: 'Pankki voi pyytää tunnuslukuja viestillä.',
        feedback: 'Pankki ei pyydä tunnuslukuja viestillä.',
      },
      sv: {
        prompt: 'Banken kan be om dina koder i ett meddelande.',
        feedback: 'Banken ber aldrig om dina koder i ett meddelande.',
      },
    },
    options: question.options.map((option) => ({ ...option, correct: option.key === 'b' })),
  };
  return {
    original: 'fi',
    title: {
      fi: 'Kun viesti pyytää kiirehtimään',
      'fi-x-selko': 'Viesti pyytää: tee heti',
      sv: 'När ett meddelande ber dig skynda',
    },
    minutes: 6,
    level: 2,
    competences: ['4.2'],
    questions: [asked],
    blocks: [
      block('begin', 'text', {
        fi: 'Huijausviesti pyytää usein **toimimaan heti**. Kiire on merkki: pysähdy ja lue uudelleen.',
        'fi-x-selko': 'Huijari sanoo: tee heti.\nSe on merkki huijauksesta.\nPysähdy ja lue viesti uudelleen.',
        sv: 'Bluffmeddelanden ber dig ofta **göra något genast**. Brådskan är ett tecken: stanna och läs på nytt.',
      }),
      block(
        'picture',
        'image',
        {
          fi: [
            'Puhelimen ruudulla on viesti, jossa pyydetään vahvistamaan tili kahden tunnin kuluessa.',
            { caption: 'Tällainen viesti on huijaus.' },
          ],
          'fi-x-selko': ['Puhelimessa on viesti. Viestissä on kiire.', { caption: 'Tämä viesti on huijaus.' }],
          sv: [
            'På telefonens skärm finns ett meddelande som ber dig bekräfta kontot inom två timmar.',
            { caption: 'Ett sådant meddelande är en bluff.' },
          ],
        },
        { file_id: await picture(organisationId) },
      ),
      block('word', 'word', {
        fi: ['tunnusluku', { explanation: 'Salainen numero, jolla kirjaudut pankkiin.' }],
        'fi-x-selko': ['tunnusluku', { explanation: 'Salainen numero. Sillä menet pankkiin.' }],
        sv: ['kod', { explanation: 'Ett hemligt nummer som du loggar in i banken med.' }],
      }),
      block('how', 'heading', { fi: 'Tee näin', 'fi-x-selko': 'Tee näin', sv: 'Gör så här' }, { level: 2 }),
      block('steps', 'steps', {
        fi: 'Laske puhelin pöydälle.\nEtsi pankin numero itse, älä viestistä.\nSoita ja kysy.',
        'fi-x-selko': 'Laita puhelin pöydälle.\nEtsi pankin numero itse.\nSoita pankkiin.',
        sv: 'Lägg ner telefonen.\nSök bankens nummer själv, inte i meddelandet.\nRing och fråga.',
      }),
      block(
        'rule',
        'callout',
        {
          fi: 'Pankki ei koskaan pyydä tunnuslukuja viestillä.',
          'fi-x-selko': 'Pankki ei pyydä tunnuslukuja viestillä.',
          sv: 'Banken ber aldrig om dina koder i ett meddelande.',
        },
        { tone: 'remember' },
      ),
      block('think', 'question', {}, { question_id: asked.id }),
      block(
        'task',
        'h5p',
        {
          fi: 'Mitä sinä tekisit? Kokeile.',
          'fi-x-selko': 'Mitä sinä teet? Kokeile.',
          sv: 'Vad skulle du göra? Prova.',
        },
        { h5p_content_id },
      ),
      block('limits', 'limits', {
        fi: [
          'Neuvoa, mistä oikea numero löytyy\nIstua vieressä, kun toinen soittaa',
          { may_not: 'Kirjautua toisen pankkiin\nPitää toisen tunnuslukuja' },
        ],
        'fi-x-selko': [
          'Neuvoa oikean numeron\nIstua vieressä',
          { may_not: 'Mennä toisen pankkiin\nPitää toisen tunnuslukuja' },
        ],
        sv: [
          'Visa var det rätta numret finns\nSitta bredvid när den andra ringer',
          { may_not: 'Logga in i en annans bank\nHa hand om en annans koder' },
        ],
      }),
      block('try', 'try', {
        fi: 'Etsi pankkisi numero pankin omalta sivulta. Tallenna se puhelimeesi.',
        'fi-x-selko': 'Etsi pankkisi numero.\nTallenna se puhelimeen.',
        sv: 'Sök din banks nummer på bankens egen webbplats. Spara det i telefonen.',
      }),
    ],
  };
}

const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="700"><rect width="1200" height="700" fill="#efecf8"/>
<rect x="400" y="60" width="400" height="700" rx="48" fill="#faf8f1" stroke="#241d3d" stroke-width="12"/>
<rect x="450" y="190" width="300" height="190" rx="26" fill="#d9d3ee"/>
<rect x="480" y="225" width="220" height="20" rx="10" fill="#241d3d"/><rect x="480" y="265" width="240" height="20" rx="10" fill="#6b628c"/>
<rect x="480" y="305" width="160" height="20" rx="10" fill="#6b628c"/><circle cx="790" cy="190" r="62" fill="#ffb547" stroke="#8a4b00" stroke-width="8"/>
<rect x="781" y="152" width="18" height="50" rx="9" fill="#241d3d"/><circle cx="790" cy="224" r="11" fill="#241d3d"/></svg>`;

async function picture(organisationId: string): Promise<string> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'oppiva-demo-'));
  try {
    const file = path.join(folder, 'viesti.png');
    await sharp(Buffer.from(DRAWING)).png().toFile(file);
    const stored = await storePicture(organisationId, file);
    if (!stored) throw new Error('the picture of the demo was not stored');
    return stored.id;
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}
