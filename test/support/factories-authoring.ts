import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type DraftContent, newContent } from '../../src/features/authoring/drafts.document';
import { type Draft, type DraftKind, updateDraft } from '../../src/features/authoring/drafts.model';
import { createDraft } from '../../src/features/authoring/drafts.service';
import { createCourse } from '../../src/features/courses/publication.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { FolderStorage, useStorage } from '../../src/lib/storage';
import { inScope } from './factories';

/** A draft of a text lesson that can be submitted as it is. */
export function aDraft(
  author: Actor,
  {
    kind = 'text' as DraftKind,
    content,
    ...values
  }: { kind?: DraftKind; content?: DraftContent } & Partial<Draft> = {},
): Promise<Draft> {
  return inScope(author, async () => {
    const courseId = await createCourse(author.organisation_id, 'fi', `Kurssi ${randomUUID()}`);
    const draft = await createDraft(author, courseId, kind, content ?? aTextLesson());
    await updateDraft(draft, values);
    return { ...draft, ...values };
  });
}

export function aTextLesson(): DraftContent {
  const content = newContent('fi', 'Hyvä salasana', 'text');
  const [block] = content.blocks;
  if (block) block.texts.fi = { text: 'Hyvä salasana on **pitkä**.', follows: 1 };
  return content;
}

/** A storage in a folder of its own; returns what removes it. */
export function temporaryStorage(): () => void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppiva-files-'));
  useStorage(new FolderStorage(folder));
  return () => fs.rmSync(folder, { recursive: true, force: true });
}
