import type { Request, Response } from 'express';
import type { FieldErrors } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { htmlLang } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { withUploads } from '../../lib/upload';
import type { Block } from '../blocks/block';
import { published } from '../blocks/published';
import { BlocksSchema, MOST_BLOCKS } from '../blocks/registry';
import { selectFiles } from '../files/files.model';
import { authors } from '../organisations/organisations.policy';
import { canEditDraft } from './authoring.policy';
import { type Draft, findDraft } from './drafts.model';
import { saveDraft } from './drafts.service';
import { type FromWord, readWord } from './word/word.service';

/** A Word file becomes blocks of a draft: first shown, then taken. */
export const word = new Routes('/write');

const MEGABYTES = 20;
/** The blocks travel in the form that shows them, until they are taken. */
const LONGEST_FORM = 900_000;

word.get('/drafts/:id/import', authors, async (req, res) => {
  renderImport(res, await editedDraft(req));
});

word.post('/drafts/:id/import', authors, async (req, res) => {
  const draft = await editedDraft(req);
  await withUploads(req, res, { megabytes: MEGABYTES, keepsForm: true }, async ({ word: file }, tooLarge) => {
    const language = draft.content.original;
    const read = file
      ? await readWord(req.actor.organisation_id, file.path, language)
      : tooLarge
        ? 'tooLarge'
        : 'missing';
    if (typeof read === 'string') return renderImport(res.status(422), draft, { word: `blocks.word.${read}` });
    const sent = JSON.stringify(read.blocks);
    if (sent.length > LONGEST_FORM) return renderImport(res.status(422), draft, { word: 'blocks.word.tooLarge' });
    if (read.blocks.length === 0) return renderImport(res.status(422), draft, { word: 'blocks.word.empty' });
    renderImport(res, draft, {}, { ...read, sent });
  });
});

/** Takes what was shown: after the blocks that are there. A block that is there already is not taken twice. */
word.post('/drafts/:id/import/take', authors, async (req, res) => {
  const draft = await editedDraft(req);
  const blocks = await takenBlocks(req, draft);
  if (!blocks) return renderImport(res.status(422), draft, { word: 'blocks.word.broken' });
  const content = { ...draft.content, blocks: [...written(draft.content.blocks), ...blocks].slice(0, MOST_BLOCKS) };
  const saved = await saveDraft(req.actor, draft.id, draft.version, content);
  if (!saved) return renderImport(res.status(409), draft, { word: 'authoring.savedByOther' });
  res.redirect(303, `/write/drafts/${draft.id}/page`);
});

/** A new draft has one empty text, which gives way. */
const written = (blocks: readonly Block[]) =>
  blocks.length === 1 && Object.keys(blocks[0]?.texts ?? {}).length === 0 && blocks[0]?.kind === 'text' ? [] : blocks;

async function takenBlocks(req: Request, { content }: Draft): Promise<Block[] | undefined> {
  const { blocks: sent } = req.body ?? {};
  const parsed = BlocksSchema.safeParse(typeof sent === 'string' ? readJson(sent) : undefined);
  if (!parsed.success) return undefined;
  const known = new Set(content.blocks.map(({ id }) => id));
  const blocks = parsed.data.filter(({ id, kind }) => !known.has(id) && ['text', 'heading', 'image'].includes(kind));
  const ours = await selectFiles(
    req.actor.organisation_id,
    blocks.flatMap(({ file_id }) => file_id ?? []),
  );
  return blocks.filter(({ file_id }) => !file_id || ours.has(file_id));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function editedDraft(req: Request): Promise<Draft> {
  const draft = found(await findDraft(req.actor.organisation_id, String(req.params.id)));
  authorize(canEditDraft(req.actor, draft));
  return draft;
}

function renderImport(res: Response, draft: Draft, errors: FieldErrors = {}, read?: FromWord & { sent: string }): void {
  const { original, title } = draft.content;
  res.render('authoring/import', {
    draft,
    errors,
    lessonTitle: title[original],
    megabytes: MEGABYTES,
    read,
    shown:
      read && published(read.blocks, original).map((block) => ({ block, textLang: htmlLang(original), choices: [] })),
  });
}
