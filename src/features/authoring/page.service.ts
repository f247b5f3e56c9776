import { atomically } from '../../lib/db';
import { found } from '../../lib/guards';
import type { Block } from '../blocks/block';
import { stateOf, withWords } from '../blocks/follow';
import { fromPage } from '../blocks/page/page';
import { selectFiles } from '../files/files.model';
import { selectOwnContents } from '../h5p/contents.model';
import type { Actor } from '../organisations/organisations.model';
import { type DraftContent, newQuestion } from './drafts.document';
import { applyAction, applyQuestions } from './drafts.form';
import { type Draft, lockDraft, updateDraft } from './drafts.model';
import type { SentPage } from './page.schema';
import { putPresence } from './presence.model';

export type Saved =
  | { kind: 'saved'; draft: Draft }
  /** Somebody saved another version meanwhile, or it is no longer written: nothing of theirs is overwritten. */
  | { kind: 'late'; draft: Draft }
  | { kind: 'refused'; block: string; fault: 'twice' | 'needs' | 'long' | 'file' };

/** Keeps the page as it was sent, in one language; the others stay. Also says that the actor is there. */
export function savePage(actor: Actor, draftId: string, sent: SentPage): Promise<Saved> {
  return atomically(async () => {
    const draft = found(await lockDraft(actor.organisation_id, draftId));
    await putPresence(draft, actor.id, sent.language);
    if (draft.version !== sent.version || draft.state !== 'writing') return { kind: 'late', draft };
    const { content } = draft;
    const page = fromPage(sent.doc, content.blocks, content.original, sent.language);
    if (!page.ok) return { kind: 'refused', block: page.id, fault: page.fault };
    const strange = await foreignIn(actor, content, page.blocks);
    if (strange) return { kind: 'refused', block: strange, fault: 'file' };
    const placed = withQuestions({
      ...content,
      title: { ...content.title, [sent.language]: sent.title },
      blocks: page.blocks.map((block) => markedRead(block, content, sent)),
    });
    const next = applyAction(
      applyQuestions(placed, sent.fields, [...new Set([content.original, sent.language])]),
      sent.press ?? '',
    );
    if (JSON.stringify(next) === JSON.stringify(content)) return { kind: 'saved', draft };
    const version = draft.version + 1;
    await updateDraft(draft, { content: next, version });
    return { kind: 'saved', draft: { ...draft, content: next, version } };
  });
}

function markedRead(block: Block, { original }: DraftContent, { language, read }: SentPage): Block {
  const variant = block.texts[language];
  if (!variant || !read.includes(block.id) || stateOf(block, original, language) !== 'behind') return block;
  return withWords(block, original, language, variant, true);
}

/** The block that shows a file or a task which is not the organisation's; those that were there already are left alone. */
export async function foreignIn(
  actor: Actor,
  content: DraftContent,
  blocks: readonly Block[],
): Promise<string | undefined> {
  const known = new Set(content.blocks.flatMap(({ file_id, h5p_content_id }) => [file_id, h5p_content_id]));
  const fresh = (id: string | undefined): id is string => id !== undefined && !known.has(id);
  const files = blocks.map(({ file_id }) => file_id).filter(fresh);
  const tasks = blocks.map(({ h5p_content_id }) => h5p_content_id).filter(fresh);
  if (files.length === 0 && tasks.length === 0) return undefined;
  const ours = new Set([
    ...(await selectFiles(actor.organisation_id, files)).keys(),
    ...(await selectOwnContents(actor.organisation_id, tasks)),
  ]);
  return blocks.find(({ file_id, h5p_content_id }) =>
    [file_id, h5p_content_id].some((id) => fresh(id) && !ours.has(id)),
  )?.id;
}

/** A new question's block gets its question; a question goes with its block. */
function withQuestions(content: DraftContent): DraftContent {
  const asked = new Set(content.blocks.map(({ question_id }) => question_id));
  const questions = [...content.questions];
  const blocks = content.blocks.map((block) => {
    if (block.kind !== 'question' || questions.some(({ id }) => id === block.question_id)) return block;
    const question = newQuestion('single');
    questions.push(question);
    asked.add(question.id);
    return { ...block, question_id: question.id };
  });
  return { ...content, blocks, questions: questions.filter(({ id }) => asked.has(id)) };
}
