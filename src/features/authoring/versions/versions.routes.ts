import type { Request } from 'express';
import { authorize, found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { signedIn } from '../../organisations/organisations.policy';
import { canEditDraft } from '../authoring.policy';
import type { DraftContent } from '../drafts.document';
import type { Draft } from '../drafts.model';
import { languageOf, viewedDraft } from '../reading';
import { differenceOf } from './difference';
import { findVersion, selectVersions, type VersionLine } from './versions.model';
import { restoreVersion } from './versions.service';

/** How a draft was before, what changed between, and back again. */
export const draftVersions = new Routes('/write');
const HERE = '/drafts/:id/versions';

draftVersions.get(HERE, signedIn, async (req, res) => {
  const draft = await viewedDraft(req);
  const versions = await selectVersions(draft);
  const { undo } = req.query;
  res.render('authoring/versions', {
    draft,
    versions,
    mayEdit: canEditDraft(req.actor, draft),
    done: req.query.done,
    undo: versions.find(({ version }) => String(version) === undo)?.version,
  });
});

/** One text beside another: the one before it, unless `with` says which. */
draftVersions.get(`${HERE}/:version`, signedIn, async (req, res) => {
  const draft = await viewedDraft(req);
  const versions = await selectVersions(draft);
  const later = await versionOf(draft, numberOf(req.params.version));
  const before = await versionOf(draft, otherNumber(req, versions, later.version));
  const { language, languages } = languageOf({ ...draft, content: later.content }, req.query.language);
  const lines = differenceOf(before.content, later.content, language);
  res.render('authoring/version', {
    draft,
    versions,
    later: lineOf(versions, later.version),
    before: lineOf(versions, before.version),
    language,
    languages,
    lines,
    isSame: lines.every(({ state }) => state === 'same'),
    facts: factsBetween(before.content, later.content),
    mayEdit: canEditDraft(req.actor, draft),
  });
});

draftVersions.post(`${HERE}/:version/restore`, signedIn, async (req, res) => {
  const draft = await viewedDraft(req);
  authorize(canEditDraft(req.actor, draft));
  const undo = await restoreVersion(req.actor, draft, Number(req.body?.version), numberOf(req.params.version));
  res.redirect(303, `/write/drafts/${draft.id}/versions?done=restored&undo=${undo}`);
});

/** A number of the address; 0, which no version has, for anything else. */
const numberOf = (text: unknown) => (/^\d{1,9}$/.test(String(text)) ? Number(text) : 0);

const versionOf = async (draft: Draft, version: number) =>
  found(await findVersion(draft.organisation_id, draft.id, version));
const lineOf = (versions: readonly VersionLine[], number: number) => versions.find(({ version }) => version === number);

function otherNumber(req: Request, versions: readonly VersionLine[], version: number): number {
  const wanted = numberOf(req.query.with);
  if (wanted > 0) return wanted;
  return versions.find((line) => line.version < version)?.version ?? version;
}

/** What differs outside the text: figures that a catalogue shows. */
function factsBetween(before: DraftContent, after: DraftContent) {
  const facts = [
    { key: 'minutes', was: String(before.minutes), is: String(after.minutes) },
    { key: 'level', was: String(before.level), is: String(after.level) },
    { key: 'competences', was: before.competences.join(', '), is: after.competences.join(', ') },
  ];
  return facts.filter(({ was, is }) => was !== is);
}
