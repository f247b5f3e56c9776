import { db } from '../../../lib/db';
import type { Language } from '../../../lib/i18n';
import type { FileFacts } from '../../quality/finding';

/** What the checks need to know of the files that a draft shows, by id; others' files are unknown. */
export async function selectFileFacts(organisationId: string, ids: readonly string[]): Promise<Map<string, FileFacts>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db().raw<{ rows: (FileFacts & { id: string })[] }>(
    `select f.id, f.name, f.contrast, array(select c.language from captions c where c.file_id = f.id
        and c.organisation_id = f.organisation_id order by c.language) as captions
     from files f where f.organisation_id = ? and f.id = any(?::uuid[])`,
    [organisationId, ids as string[]],
  );
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
}

/** Forms of the words that the organisation explains to its readers, by language. */
export async function selectOwnForms(organisationId: string): Promise<{ language: Language; words: string[] }[]> {
  const { rows } = await db().raw<{ rows: { language: Language; words: string[] }[] }>(
    `select t.language, t.words from own_words w join own_word_texts t on t.word_id = w.id
     where w.organisation_id = ? and w.removed_at is null`,
    [organisationId],
  );
  return rows;
}
