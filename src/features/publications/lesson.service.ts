import { atomically, db } from '../../lib/db';
import type { DraftContent } from '../authoring/drafts.model';
import { createDraft } from '../authoring/drafts.service';
import type { Block } from '../blocks/block';
import { createCourse } from '../courses/publication.service';
import type { Actor } from '../organisations/organisations.model';
import type { Opened } from './reading';

/** A draft of a small lesson from what was published, in its language. Once for each publication: pressed again, the same. */
export function lessonFromPublication(actor: Actor, opened: Opened): Promise<string> {
  const { id: publication_id } = opened.publication;
  const { organisation_id } = actor;
  return atomically(async () => {
    await db().raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`publication lesson ${publication_id}`]);
    const known = await db().table('publication_drafts').where({ organisation_id, publication_id }).first();
    if (known) return known.draft_id as string;
    const content = contentOf(opened);
    const course = await createCourse(organisation_id, opened.language, content.title[opened.language] ?? '–');
    const draft = await createDraft(actor, course, 'text', content);
    await db().table('publication_drafts').insert({ organisation_id, publication_id, draft_id: draft.id });
    return draft.id;
  });
}

function contentOf({ version, language }: Opened): DraftContent {
  const words = version.texts.words[language];
  let number = 0;
  const block = (kind: Block['kind'], text: string, needs: object = {}): Block[] => {
    if (!text.trim()) return [];
    number += 1;
    return [
      { ...{ id: `b${number}`, kind, version: 1, texts: { [language]: { text, follows: 1 } } }, ...needs } as Block,
    ];
  };
  const parts = version.texts.parts.flatMap(({ id, kind }) => {
    const { heading = '', body = '' } = words?.parts[id] ?? {};
    return kind === 'picture' ? [] : [...block('heading', heading, { level: 2 }), ...block('text', body)];
  });
  return {
    ...{
      original: language,
      title: { [language]: words?.title ?? '' },
      minutes: 5,
      level: 1,
      competences: [],
      questions: [],
    },
    blocks: [...block('text', words?.summary ?? ''), ...parts],
  };
}
