import type { Actor } from '../organisations/organisations.model';
import { selectNews } from './newsletter.service';
import { nextPartId } from './publications.schema';
import { saveTexts } from './publications.service';
import type { Opened } from './reading';
import type { Texts } from './texts';

/** Puts chosen things into a letter, each as an item with its name and where it leads. False when somebody saved meanwhile. */
export async function addItems(
  actor: Actor,
  { publication, version }: Opened,
  keys: readonly string[],
): Promise<boolean> {
  const news = await selectNews(publication.organisation_id);
  const chosen = news.filter(({ key }) => keys.includes(key));
  if (chosen.length === 0) return true;
  const texts: Texts = structuredClone(version.texts);
  const original = texts.words[publication.language];
  if (!original) return false;
  for (const { title, href } of chosen) {
    if (texts.parts.some((part) => part.href === href)) continue;
    const id = nextPartId(texts);
    texts.parts.push({ id, kind: 'item', href });
    for (const words of Object.values(texts.words)) words.parts[id] = { heading: title, body: '' };
  }
  original.changed = publication.latest_number + 1;
  return saveTexts(actor, publication, publication.latest_number, texts, '');
}
