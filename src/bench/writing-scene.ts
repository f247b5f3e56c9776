import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { type DraftContent, newBlock, newContent } from '../features/authoring/drafts.document';
import type { BlockKind } from '../features/blocks/block';
import { kindOf } from '../features/blocks/registry';
import type { Language } from '../lib/i18n';

const BLOCKS = 200;
/** So many lessons for each way of writing: those who save at once save different ones. */
const LESSONS = 32;
const KINDS: readonly BlockKind[] = ['heading', 'text', 'steps', 'text', 'callout', 'word', 'text', 'limits', 'try'];
export const LANGUAGES: readonly Language[] = ['fi', 'fi-x-selko', 'sv'];
const SAID: Record<string, string> = {
  line: 'Näin tunnistat huijausviestin',
  lines: 'Avaa viesti rauhassa.\nKatso, kuka sen lähetti.\nKysy, jos et ole **varma**.',
  markdown:
    'Huijausviesti näyttää usein aidolta. Se voi tulla **pankin** tai postin nimissä, ja siinä on yleensä kiire.\n\n- Älä avaa linkkiä.\n- Soita [pankkiin](https://example.org) itse.\n\nKukaan ei kysy tunnuksiasi *viestillä*.',
};

/** What the n-th saving changes. */
export const MARK = 'Kerta nolla';

/** A lesson of 200 blocks of text in three languages. */
export function aLesson(): DraftContent {
  const content = newContent('fi', 'Pitkä oppitunti', 'text');
  const blocks = Array.from({ length: BLOCKS }, (_, index) => {
    const kind = KINDS[index % KINDS.length] as BlockKind;
    const { text, parts } = kindOf(kind);
    const said = Object.fromEntries(Object.entries(parts).map(([name, way]) => [name, SAID[way] ?? '']));
    const words = { text: index === 1 ? MARK : (text && SAID[text]) || '', parts: said, follows: 1 };
    const texts = Object.fromEntries(LANGUAGES.map((language) => [language, words]));
    return { ...newBlock(kind), id: `b${index}`, texts };
  });
  return { ...content, title: { fi: 'Pitkä oppitunti', sv: 'En lång lektion' }, blocks };
}

export interface WritingScene {
  /** The cookie of the one who writes. */
  author: string;
  /** Addresses of lessons: written on the page, and by the form. */
  onPage: string[];
  byForm: string[];
}

/** Adds the lessons to the organisation and returns where they are. */
export async function addWriting(
  owner: Knex,
  author: { id: string; organisation_id: string; cookie: string },
): Promise<WritingScene> {
  const { rows } = await owner.raw('select id from courses where organisation_id = ? order by slug limit 1', [
    author.organisation_id,
  ]);
  const drafts = Array.from({ length: 2 * LESSONS }, () => ({
    id: randomUUID(),
    organisation_id: author.organisation_id,
    course_id: rows[0].id,
    kind: 'text' as const,
    content: JSON.stringify(aLesson()) as never,
    author_id: author.id,
  }));
  await owner.table('lesson_drafts').insert(drafts);
  const addresses = drafts.map(({ id }) => `/write/drafts/${id}`);
  return { author: author.cookie, onPage: addresses.slice(0, LESSONS), byForm: addresses.slice(LESSONS) };
}
