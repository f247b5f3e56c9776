import fs from 'node:fs/promises';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { atomically, together } from '../../lib/db';
import { decodeText } from '../../lib/decode';
import type { FieldErrors } from '../../lib/forms';
import { found } from '../../lib/guards';
import { contentLanguages } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { withUploads } from '../../lib/upload';
import { administrators } from '../organisations/organisations.policy';
import { findFrameworkById } from './frameworks.queries';
import { inverted, type Mapping, mapSkills, RELATIONS } from './mapping';
import { readMapping } from './mapping-csv';
import { findCurrent, putMappings, selectChoices, selectMappings, selectSkills } from './mappings.model';
import type { Line } from './reading';
import { useFramework } from './use.service';

/** Which framework the organisation speaks with, and what becomes of skills when it changes. */
export const frameworkUse = new Routes('/skills/frameworks/use');

frameworkUse.get('/', administrators, async (req, res) => {
  const { organisation_id } = req.actor;
  const current = await findCurrent(organisation_id);
  const [choices] = await together(selectChoices(organisation_id));
  res.render('frameworks/use', { choices: choices.rows, current, saved: req.query.saved });
});

frameworkUse.get('/:framework', administrators, (req, res) => renderMapping(req, res));

frameworkUse.post('/:framework', administrators, async (req, res) => {
  const { to, map, isCurrent } = await load(req);
  if (!isCurrent) await useFramework(req.actor, to, map.skills);
  res.redirect(303, '/skills/frameworks/use?saved=used');
});

frameworkUse.post('/:framework/mapping', administrators, async (req, res) => {
  const { from, to, ours, theirs } = await load(req);
  const form = readFields(req.body, new Set(ours.map(({ code }) => code)), new Set(theirs.map(({ code }) => code)));
  if (!form.ok) return renderMapping(req, res.status(422), { values: req.body, errors: form.errors });
  await atomically(() => putMappings(req.actor.organisation_id, from.id, to.id, form.mappings));
  res.redirect(303, `/skills/frameworks/use/${to.id}?saved=mapped`);
});

frameworkUse.post('/:framework/file', administrators, async (req, res) => {
  const { from, to, ours, theirs } = await load(req);
  await withUploads(req, res, { megabytes: 2, keepsForm: true }, async ({ file }, tooLarge) => {
    const refuse = (key: string, wrong: readonly Line[] = []) =>
      renderMapping(req, res.status(422), { errors: { file: key }, wrong });
    if (tooLarge) return refuse('frameworks.file.large');
    if (!file) return refuse('frameworks.file.missing');
    const text = textOf(await fs.readFile(file.path));
    if (text === undefined) return refuse('frameworks.file.notText');
    const read = readMapping(text, ours, theirs);
    if (read.fault !== undefined) return refuse(read.fault);
    if (read.wrong.length > 0) return refuse('frameworks.map.wrong', read.wrong.slice(0, 200));
    await atomically(() => putMappings(req.actor.organisation_id, from.id, to.id, read.mappings));
    res.redirect(303, `/skills/frameworks/use/${to.id}?saved=mapped`);
  });
});

function textOf(bytes: Buffer): string | undefined {
  try {
    return decodeText(bytes).text;
  } catch {
    return undefined;
  }
}

async function load(req: Request) {
  const { organisation_id } = req.actor;
  const to = found(await findFrameworkById(organisation_id, String(req.params.framework)));
  const from = found(await findCurrent(organisation_id));
  const languages = contentLanguages(req.actor.language);
  const [ours, theirs, said, back] = await together(
    selectSkills(from.id, languages),
    selectSkills(to.id, languages),
    selectMappings(organisation_id, from.id, to.id),
    selectMappings(organisation_id, to.id, from.id),
  );
  // What was said of the way there holds for the way back, until something else is said.
  const mappings = [...inverted(back.rows), ...said.rows];
  const map = mapSkills(ours.rows, theirs.rows, mappings);
  return { from, to, ours: ours.rows, theirs: theirs.rows, map, isCurrent: from.id === to.id };
}

const Relation = z.enum(RELATIONS);

/** `to_<code>` and `rel_<code>` of each skill; an empty counterpart with no relation leaves it open. */
function readFields(body: unknown, ours: ReadonlySet<string>, theirs: ReadonlySet<string>) {
  const fields = new Map(Object.entries((body ?? {}) as Record<string, unknown>));
  const errors: FieldErrors = {};
  const mappings: Mapping[] = [];
  for (const from_code of ours) {
    const to_code = String(fields.get(`to_${from_code}`) ?? '').trim();
    const said = Relation.safeParse(fields.get(`rel_${from_code}`));
    if (to_code === '' && (!said.success || said.data !== 'none')) continue;
    if (said.success && said.data === 'none') mappings.push({ from_code, to_code: null, relation: 'none' });
    else if (!theirs.has(to_code)) errors[`to_${from_code}`] = 'frameworks.map.unknown';
    else if (!said.success) errors[`rel_${from_code}`] = 'frameworks.map.relation';
    else mappings.push({ from_code, to_code, relation: said.data });
  }
  return Object.keys(errors).length > 0 ? ({ ok: false, errors } as const) : ({ ok: true, mappings } as const);
}

/** Every skill gets a list of all the others: beyond this many, counterparts come from a file. */
const MOST_ON_PAGE = 150;

interface Shown {
  values?: Record<string, unknown>;
  errors?: FieldErrors;
  wrong?: readonly Line[];
}

async function renderMapping(req: Request, res: Response, { values = {}, errors = {}, wrong = [] }: Shown = {}) {
  const { from, to, theirs, map, isCurrent } = await load(req);
  const saved = req.query.saved;
  const isLarge = map.skills.length > MOST_ON_PAGE || theirs.length > MOST_ON_PAGE;
  res.render('frameworks/mapping', {
    from,
    to,
    theirs,
    ...map,
    isCurrent,
    values,
    errors,
    wrong,
    relations: RELATIONS,
    saved,
    isLarge,
    most: MOST_ON_PAGE,
  });
}
