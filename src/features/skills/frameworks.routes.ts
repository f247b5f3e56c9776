import type { Request } from 'express';
import { together } from '../../lib/db';
import { found } from '../../lib/guards';
import { LANGUAGES } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { isAdministrator, signedIn } from '../organisations/organisations.policy';
import { TEXT_STATUSES } from './framework';
import { countTexts, type ShownNode, selectFrameworks, selectParts } from './frameworks.queries';
import { ownWords } from './own-profiles.model';
import { wordsLanguage } from './skills.model';

export const frameworks = new Routes('/skills/frameworks');

frameworks.get('/', signedIn, async (req, res) => {
  const { organisation_id } = req.actor;
  const [list, counts] = await together(selectFrameworks(organisation_id), countTexts(organisation_id));
  const { framework_id } = await ownWords(organisation_id);
  const standing = Map.groupBy(counts.rows, ({ framework_id }) => framework_id);
  res.render('skills/frameworks/list', {
    ...{ list, standing, languages: LANGUAGES, statuses: TEXT_STATUSES },
    current: framework_id ?? list.find(({ is_default }) => is_default)?.id,
    isAdministrator: isAdministrator(req.actor),
  });
});

frameworks.get('/:key/:version', signedIn, async (req, res) => {
  const { key, version, language } = asked(req);
  const [list, { rows }] = await together(
    selectFrameworks(req.actor.organisation_id),
    selectParts(
      req.actor.organisation_id,
      key,
      version,
      ['band', 'level', 'area', 'competence', 'profile', 'self_item'],
      language,
      null,
    ),
  );
  const framework = found(list.find((one) => one.key === key && one.version === version));
  const of = Map.groupBy(rows, ({ kind }) => kind);
  res.render('skills/frameworks/version', { framework, of, statusesOf });
});

frameworks.get('/:key/:version/:code', signedIn, async (req, res) => {
  const { key, version, language } = asked(req);
  const kinds = ['band', 'competence', 'can_do', 'self_item', 'observation', 'statement', 'outcome'] as const;
  const [list, { rows }] = await together(
    selectFrameworks(req.actor.organisation_id),
    selectParts(req.actor.organisation_id, key, version, [...kinds], language, String(req.params.code)),
  );
  const framework = found(list.find((one) => one.key === key && one.version === version));
  const of = Map.groupBy(rows, ({ kind }) => kind);
  const competence = found(of.get('competence')?.[0]);
  res.render('skills/frameworks/competence', { framework, competence, of, statusesOf });
});

const asked = (req: Request) => ({
  key: String(req.params.key),
  version: String(req.params.version),
  language: wordsLanguage(req.actor),
});

/** The standings that occur among the shown texts, each once. */
function statusesOf(nodes: ShownNode[]): string[] {
  const all = nodes.flatMap(({ texts }) => Object.values(texts).map((text) => text?.status));
  return TEXT_STATUSES.filter((status) => all.includes(status));
}
