import type { Request } from 'express';
import { authorize, found } from '../../lib/guards';
import { isLanguage, type Language } from '../../lib/i18n';
import { canViewDraft } from './authoring.policy';
import { writtenLanguages } from './drafts.document';
import { type Draft, findDraft } from './drafts.model';

/** The draft of the address, for those who may read it. Throws 404 for another organisation's, 403 for who has no part in it. */
export async function viewedDraft(req: Request): Promise<Draft> {
  const draft = found(await findDraft(req.actor.organisation_id, uuidOf(req.params.id)));
  authorize(canViewDraft(req.actor, draft));
  return draft;
}

/** A part of an address as an id; what is none names nothing. */
export function uuidOf(value: unknown): string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(String(value)) ? String(value) : NOTHING;
}
const NOTHING = '00000000-0000-0000-0000-000000000000';

/** The languages that the draft is written in, and the one that was asked for or else the original. */
export function languageOf({ content }: Draft, asked: unknown): { language: Language; languages: Language[] } {
  const written = writtenLanguages(content);
  const languages = written.length > 0 ? written : [content.original];
  const wanted = isLanguage(asked) && languages.includes(asked) ? asked : undefined;
  return { language: wanted ?? languages[0] ?? content.original, languages };
}
