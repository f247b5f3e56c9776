import fs from 'node:fs/promises';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { together } from '../../lib/db';
import { type FieldErrors, message, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { htmlLang, LANGUAGES } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { withUploads } from '../../lib/upload';
import { administrators } from '../organisations/organisations.policy';
import { frameworkWords } from '../skills/skills.model';
import { HEADERS } from './csv';
import {
  deleteDraft,
  findDraft,
  LINES_PER_PAGE,
  NODES_SHOWN,
  selectBranches,
  selectDrafts,
  selectLines,
} from './drafts.model';
import { sendTable } from './files';
import { confirmDraft, sendFile, VERSION } from './import.service';
import { LINE_STATUSES } from './reading';

/** Own frameworks of an organisation: a file is sent, looked at, and only then taken into use. */
export const frameworkImport = new Routes('/skills/frameworks/import');

const MEGABYTES = 20;

const SendForm = z.object({
  title: z.string().trim().max(200, message('frameworks.title.long')).default(''),
  version: z
    .string()
    .trim()
    .regex(/^$|^.{1,40}$/su, message('frameworks.version.form'))
    .refine((text) => text === '' || VERSION.test(text), message('frameworks.version.form'))
    .default(''),
});

frameworkImport.get('/', administrators, (req, res) => renderSend(req, res, {}));

frameworkImport.post('/', administrators, async (req, res) => {
  await withUploads(req, res, { megabytes: MEGABYTES, keepsForm: true }, async ({ file }, tooLarge) => {
    const form = readForm(SendForm, req.body);
    const errors: FieldErrors = form.ok ? {} : form.errors;
    if (tooLarge) errors.file = 'frameworks.file.large';
    else if (!file) errors.file = 'frameworks.file.missing';
    if (!form.ok || !file || tooLarge) return renderSend(req, res.status(422), req.body, errors);
    const isCsv = !/\.json$/i.test(file.originalname);
    if (isCsv && form.value.title === '')
      return renderSend(req, res.status(422), req.body, { title: 'frameworks.title.missing' });
    const names = await namesInUse();
    const bytes = await fs.readFile(file.path);
    const sent = await sendFile(req.actor, { ...form.value, file_name: file.originalname.slice(0, 200), bytes, names });
    if ('refused' in sent) return renderSend(req, res.status(422), req.body, sent.refused, sent.values);
    res.redirect(303, `/skills/frameworks/import/${sent.draft}`);
  });
});

frameworkImport.get('/template.csv', administrators, (req, res) => {
  const language = htmlLang(req.actor.language) as keyof typeof HEADERS;
  sendTable(res, language, res.locals.t('frameworks.template.name'), [HEADERS[language], ...TEMPLATE[language]]);
});

frameworkImport.get('/:draft', administrators, (req, res) => renderDraft(req, res));

frameworkImport.post('/:draft/confirm', administrators, async (req, res) => {
  const draft = await load(req);
  const outcome = await confirmDraft(req.actor, draft.id);
  if (outcome === 'imported' || outcome === 'unchanged')
    return res.redirect(303, `/skills/frameworks/import/${draft.id}?saved=${outcome}`);
  await renderDraft(req, res.status(422), { form: `frameworks.confirm.${outcome}` });
});

frameworkImport.post('/:draft/discard', administrators, async (req, res) => {
  await deleteDraft(req.actor, String(req.params.draft));
  res.redirect(303, '/skills/frameworks/import?saved=discarded');
});

/** What the skills in use are called in every language, by code. */
async function namesInUse(): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  for (const language of LANGUAGES)
    for (const { code, name, plain_name } of (await frameworkWords(language)).competences.values())
      names.set(code, [...(names.get(code) ?? []), name, plain_name]);
  return names;
}

const load = async (req: Request) => found(await findDraft(req.actor, String(req.params.draft)));

async function renderSend(
  req: Request,
  res: Response,
  values: object,
  errors: FieldErrors = {},
  faultValues: object = {},
) {
  const [drafts] = await together(selectDrafts(req.actor));
  res.render('frameworks/send', {
    values,
    errors: filled(res, errors, faultValues),
    drafts: drafts.rows,
    megabytes: MEGABYTES,
    saved: req.query.saved,
  });
}

/** Messages about a file name a row or a column: the text with them in it, which the translator gives back as it is. */
function filled(res: Response, errors: FieldErrors, values: object): FieldErrors {
  if (Object.keys(values).length === 0) return errors;
  return Object.fromEntries(
    Object.entries(errors).map(([field, key]) => [field, res.locals.t(key, values as Record<string, unknown>)]),
  );
}

async function renderDraft(req: Request, res: Response, errors: FieldErrors = {}) {
  const draft = await load(req);
  const asked = LINE_STATUSES.find((status) => status === req.query.show);
  const status = asked ?? (draft.counts.lines.wrong > 0 ? 'wrong' : undefined);
  const page = Math.min(1000, Math.max(1, Math.trunc(Number(req.query.page)) || 1));
  const [lines, branches] = await together(
    selectLines(req.actor, draft.id, req.query.show === 'all' ? undefined : status, page),
    selectBranches(req.actor, draft.id),
  );
  const shown = req.query.show === 'all' ? undefined : status;
  const total = Object.entries(draft.counts.lines).reduce(
    (sum, [of, count]) => sum + (!shown || of === shown ? count : 0),
    0,
  );
  res.render('frameworks/draft', {
    ...{ draft, errors, page, statuses: LINE_STATUSES, saved: req.query.saved },
    ...{ show: shown ?? 'all', pages: Math.max(1, Math.ceil(total / LINES_PER_PAGE)) },
    lines: lines.rows.map(({ line }) => line),
    branches: branches.rows,
    isCut: branches.rows.length === NODES_SHOWN,
  });
}

const TEMPLATE = {
  fi: [
    ['A1', '', 'alue', '', '', 'Kohtaaminen', 'Ihmisten kanssa', '', '', '', '', '', ''],
    [
      'A1.1',
      'A1',
      'taito',
      '',
      'x',
      'Rauhallinen ohjaaminen',
      'Rauhallinen neuvominen',
      '',
      '',
      'Osaa neuvoa toista hänen tahtiinsa.',
      '',
      '',
      '',
    ],
    ['A1.1-1', 'A1.1', 'osaan', '1', '', 'Kysyn ensin, missä toinen haluaa apua.', '', '', '', '', '', '', ''],
    ['A1.1-3', 'A1.1', 'osaan', '3', '', 'Annan toisen tehdä itse ja odotan.', '', '', '', '', '', '', ''],
  ],
  sv: [
    ['A1', '', 'område', '', '', '', '', 'Bemötande', '', '', '', '', ''],
    ['A1.1', 'A1', 'färdighet', '', 'x', '', '', 'Lugn handledning', '', '', '', 'Kan handleda i den andras takt.', ''],
    [
      'A1.1-1',
      'A1.1',
      'jag kan',
      '1',
      '',
      '',
      '',
      'Jag frågar först vad den andra vill ha hjälp med.',
      '',
      '',
      '',
      '',
      '',
    ],
  ],
  en: [
    ['A1', '', 'area', '', '', '', '', '', 'Meeting people', '', '', '', ''],
    ['A1.1', 'A1', 'skill', '', 'x', '', '', '', 'Calm guidance', '', '', '', 'Can guide another at their own pace.'],
    ['A1.1-1', 'A1.1', 'can do', '1', '', '', '', '', 'I first ask what the other wants help with.', '', '', '', ''],
  ],
} as const;
