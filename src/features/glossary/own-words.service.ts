import { atomically } from '../../lib/db';
import type { FieldErrors } from '../../lib/forms';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { SPOKEN } from './hard-words';
import {
  countOwnWords,
  insertOwnWord,
  MOST_WORDS,
  type OwnWord,
  replaceTexts,
  selectTaken,
  touchOwnWord,
  type WordTexts,
} from './own-words.model';

type Keeper = Pick<Actor, 'id' | 'organisation_id'>;

/** Adds a word, or changes the one of this id; the same form sent twice adds it once. Returns what to mend. */
export function saveWord(actor: Keeper, { id, texts }: OwnWord, isNew: boolean): Promise<FieldErrors | undefined> {
  const { organisation_id } = actor;
  return atomically(async () => {
    const taken = await takenIn(organisation_id, id, texts);
    if (taken) return taken;
    if (isNew && (await countOwnWords(organisation_id)) >= MOST_WORDS) return { form: 'glossary.own.full' };
    const isDone = isNew ? await insertOwnWord(organisation_id, id) : await touchOwnWord(organisation_id, id);
    if (!isDone) return undefined;
    await replaceTexts(organisation_id, id, texts);
    await recordAudit(actor, isNew ? 'word.added' : 'word.changed', { type: 'word', id }, { name: nameOf(texts) });
    return undefined;
  });
}

/** The word is explained no more. Safe to repeat. */
export function removeWord(actor: Keeper, { id, texts }: OwnWord): Promise<void> {
  return atomically(async () => {
    if (!(await touchOwnWord(actor.organisation_id, id, true))) return;
    await recordAudit(actor, 'word.removed', { type: 'word', id }, { name: nameOf(texts) });
  });
}

/** The word in the first language that it has. */
export const nameOf = (texts: WordTexts): string =>
  SPOKEN.map((language) => texts[language]?.words[0]).find((word) => word) ?? '';

async function takenIn(organisationId: string, id: string, texts: WordTexts): Promise<FieldErrors | undefined> {
  for (const language of SPOKEN) {
    const taken = await selectTaken(organisationId, id, language, texts[language]?.words ?? []);
    if (taken.length > 0) return { [`word_${language}`]: 'glossary.own.taken' };
  }
  return undefined;
}
