import { atomically } from '../../lib/db';
import { decodeText, NotText } from '../../lib/decode';
import { slugify } from '../../lib/text';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { contentHash, type Framework } from '../skills/framework';
import { findFramework } from '../skills/frameworks.model';
import { importFramework } from '../skills/skills.service';
import { readCase } from './case';
import { readCsv } from './csv';
import { type Counts, closeDraft, findDraft, insertDraft, lockContent } from './drafts.model';
import { FileFault, LINE_STATUSES, type Line, type ReadFile } from './reading';

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;

export interface Sent {
  file_name: string;
  bytes: Buffer;
  title: string;
  version: string;
  /** Codes of the framework in use with their names. */
  names: ReadonlyMap<string, readonly string[]>;
}

export type SendResult = { draft: string } | { refused: Record<string, string>; values?: FileFault['values'] };

/** Reads a sent file and keeps what it would become as a draft. Nothing is in use before `confirmDraft`. */
export async function sendFile(actor: Somebody, sent: Sent): Promise<SendResult> {
  try {
    const { text } = decodeText(sent.bytes);
    const form = /^\s*[{[]/.test(text.replace(/^\uFEFF/, '')) ? 'case' : 'csv';
    const file = form === 'case' ? readCase(text, sent) : readCsv(text, sent);
    const version = sent.version || versionOf(file);
    if (version === '') return { refused: { version: 'frameworks.version.missing' } };
    const framework: Framework = { ...file.framework, key: ownKey(file.framework.title), version };
    const draft = { file_name: sent.file_name, form, framework, lines: file.lines, counts: countsOf(file) } as const;
    return { draft: await atomically(() => insertDraft(actor, draft)) };
  } catch (error) {
    if (error instanceof NotText) return { refused: { file: 'frameworks.file.notText' } };
    if (error instanceof FileFault) return { refused: { file: `frameworks.file.${error.key}` }, values: error.values };
    throw error;
  }
}

export const VERSION = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u;
const versionOf = ({ version }: ReadFile) => (VERSION.test(version) ? version : '');

/** Apart from the keys of the installation's frameworks, whatever the title. */
const ownKey = (title: string) => `own-${slugify(title) || 'framework'}`;

function countsOf({ lines, framework }: ReadFile): Counts {
  const of = (kind: string) => framework.nodes.filter((node) => node.kind === kind).length;
  const count = (status: Line['status']) => lines.filter((line) => line.status === status).length;
  return {
    lines: Object.fromEntries(LINE_STATUSES.map((status) => [status, count(status)])) as Counts['lines'],
    areas: of('area'),
    skills: of('competence'),
    canDo: of('can_do'),
  };
}

export type Confirmation = 'imported' | 'unchanged' | 'wrongLines' | 'noSkills' | 'versionTaken';

/** Takes a draft into use, whole or not at all, beside the versions there are. A second press changes nothing. */
export function confirmDraft(actor: Somebody, draftId: string): Promise<Confirmation> {
  return atomically(async () => {
    const draft = await findDraft(actor, draftId);
    const framework = draft && (await lockContent(actor, draftId));
    if (!draft || !framework) return 'imported';
    if (draft.counts.lines.wrong > 0) return 'wrongLines';
    if (draft.counts.skills === 0) return 'noSkills';
    const there = await findFramework(actor.organisation_id, framework.key, framework.version);
    if (there && there.content_hash !== contentHash(framework)) return 'versionTaken';
    const outcome = await importFramework(framework, actor.organisation_id);
    await closeDraft(actor, draftId);
    const name = `${framework.title} ${framework.version}`;
    await recordAudit(actor, 'framework.imported', { type: 'framework', id: framework.key }, { name });
    return outcome === 'unchanged' ? 'unchanged' : 'imported';
  });
}
