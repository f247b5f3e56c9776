import { z } from 'zod';
import { isLanguage, type Language } from '../../lib/i18n';
import { HIGHEST_LEVEL } from '../skills/estimate';
import type { FrameworkNode } from '../skills/framework';
import type { Given } from './csv';
import {
  FileFault,
  type Item,
  type ItemKind,
  type Line,
  LONGEST_CODE,
  MOST_ROWS,
  type ReadFile,
  type Texts,
} from './reading';
import { buildTree } from './tree';

const text = z.string().max(20_000);
const Uri = z.looseObject({ identifier: text });
const OurTexts = z.partialRecord(z.enum(['fi', 'fi-x-selko', 'sv', 'en']), text);
const Ours = z
  .looseObject({
    kind: text.optional(),
    level: z.int().optional(),
    starter: z.boolean().optional(),
    name: OurTexts.optional(),
    about: OurTexts.optional(),
  })
  .optional()
  .catch(undefined);

/** 1EdTech CASE 1.0 and 1.1, as much of a CFPackage as a tree of skills needs; the rest is passed over. */
const CasePackage = z.object({
  CFDocument: z.looseObject({
    identifier: text,
    title: text,
    creator: text.optional().catch(undefined),
    version: text.optional().catch(undefined),
    language: text.optional().catch(undefined),
    notes: text.optional().catch(undefined),
    licenseURI: z
      .union([text, z.looseObject({ title: text.optional(), uri: text.optional() })])
      .optional()
      .catch(undefined),
  }),
  CFItems: z.array(
    z.looseObject({
      identifier: text,
      fullStatement: text.default(''),
      abbreviatedStatement: text.optional().catch(undefined),
      humanCodingScheme: text.optional().catch(undefined),
      CFItemType: text.optional().catch(undefined),
      language: text.optional().catch(undefined),
      notes: text.optional().catch(undefined),
      extensions: z.looseObject({ oppiva: Ours }).optional().catch(undefined),
    }),
  ),
  CFAssociations: z
    .array(z.looseObject({ associationType: text, originNodeURI: Uri, destinationNodeURI: Uri }))
    .default([]),
  CFRubrics: z
    .array(
      z.looseObject({
        CFRubricCriteria: z
          .array(
            z.looseObject({
              CFItemURI: Uri.optional().catch(undefined),
              CFRubricCriterionLevels: z
                .array(
                  z.looseObject({
                    identifier: text.optional(),
                    description: text.optional().catch(undefined),
                    quality: text.optional().catch(undefined),
                    score: z.number().optional().catch(undefined),
                    position: z.number().optional().catch(undefined),
                  }),
                )
                .default([]),
            }),
          )
          .default([]),
      }),
    )
    .default([])
    .catch([]),
});
type CasePackage = z.output<typeof CasePackage>;
type CaseItem = CasePackage['CFItems'][number];

/**
 * Reads a CFPackage: items in the order of the file, children by isChildOf; levels of rubrics become can-do lines of their item.
 * The row of a line is the place of the item in CFItems, from 1. Throws FileFault when it is no such package.
 */
export function readCase(source: string, { title, names }: Given): ReadFile {
  const file = parsed(source);
  const { CFDocument: document, CFItems: items } = file;
  if (items.length === 0) throw new FileFault('empty');
  if (items.length > MOST_ROWS) throw new FileFault('rows', { most: MOST_ROWS });
  const codes = new Map(items.map((item) => [item.identifier, codeOf(item)]));
  const { parents, told } = parentsOf(file, codes);
  const language = languageOf(document.language) ?? 'en';
  const tree = buildTree(
    [...items.map((item, index) => itemOf(item, index + 1, language)), ...rubricItems(file, codes, language)],
    { [language]: document.title || title },
    names,
  );
  const licence = typeof document.licenseURI === 'object' ? document.licenseURI.title : document.licenseURI;
  return {
    framework: {
      title: (title || document.title).slice(0, 200),
      licence: (licence ?? '').slice(0, 500),
      citation: (document.creator ?? '').slice(0, 500),
      source_note: (document.notes ?? '').slice(0, 1000),
      nodes: tree.nodes,
      targets: [],
    },
    lines: [...told, ...tree.lines],
    version: document.version ?? '',
  };

  function itemOf(item: CaseItem, row: number, language: Language): Item {
    const ours = item.extensions?.oppiva;
    const of = languageOf(item.language) ?? language;
    const name = (item.abbreviatedStatement || item.fullStatement).trim();
    const about = (item.abbreviatedStatement ? item.fullStatement : (item.notes ?? '')).trim();
    const changed = item.humanCodingScheme
      ? item.language !== undefined && !languageOf(item.language)
        ? { key: 'language', values: { text: item.language.slice(0, 20), language: of } }
        : undefined
      : { key: 'identifier' };
    return {
      ...{ row, code: codeOf(item), parent: parents.get(item.identifier) ?? null },
      kind: kindOf(ours?.kind),
      level: ours?.level !== undefined && ours.level >= 1 && ours.level <= HIGHEST_LEVEL ? ours.level : undefined,
      starter: ours?.starter === true,
      name: ours?.name ? kept(ours.name) : name ? { [of]: name } : {},
      about: ours?.name ? kept(ours.about ?? {}) : about && about !== name ? { [of]: about } : {},
      ...(changed && { changed }),
    };
  }
}

const kept = (texts: Texts): Texts =>
  Object.fromEntries(Object.entries(texts).flatMap(([of, text]) => (text?.trim() ? [[of, text.trim()]] : [])));

function parsed(source: string): CasePackage {
  let data: unknown;
  try {
    data = JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch {
    throw new FileFault('json');
  }
  const result = CasePackage.safeParse(data);
  if (result.success) return result.data;
  const path = (result.error.issues[0]?.path ?? []).map(String).join('.');
  throw new FileFault(path === '' || path === 'CFDocument' ? 'notCase' : 'casePlace', { place: path.slice(0, 100) });
}

const codeOf = ({ humanCodingScheme, identifier }: CaseItem) =>
  (humanCodingScheme?.trim() || identifier.trim()).slice(0, LONGEST_CODE + 1);

const KINDS: readonly string[] = ['area', 'competence', 'can_do'] satisfies ItemKind[];
const kindOf = (text: string | undefined) => (KINDS.includes(text ?? '') ? (text as ItemKind) : undefined);

function languageOf(tag: string | undefined): Language | undefined {
  if (isLanguage(tag)) return tag;
  const short = tag?.slice(0, 2).toLowerCase();
  return isLanguage(short) ? short : undefined;
}

/** The code of each item's parent; what of the associations was not used is told in lines. */
function parentsOf({ CFDocument, CFAssociations }: CasePackage, codes: ReadonlyMap<string, string>) {
  const parents = new Map<string, string>();
  const told: Line[] = [];
  for (const [index, { associationType, originNodeURI, destinationNodeURI }] of CFAssociations.entries()) {
    const [child, parent] = [originNodeURI.identifier, destinationNodeURI.identifier];
    const skipped = (key: string) =>
      told.push({
        row: index + 1,
        code: (codes.get(child) ?? child).slice(0, 60),
        status: 'skipped',
        key,
        values: { type: associationType.slice(0, 40) },
      });
    if (associationType !== 'isChildOf') skipped('association');
    else if (!codes.has(child)) skipped('associationOf');
    else if (parents.has(child)) skipped('secondParent');
    else if (parent !== CFDocument.identifier) parents.set(child, codes.get(parent) ?? parent.slice(0, LONGEST_CODE));
  }
  return { parents, told };
}

/** A rubric's levels with a score of 1–8, or else their place, as can-do lines. */
function rubricItems(
  { CFRubrics, CFItems }: CasePackage,
  codes: ReadonlyMap<string, string>,
  language: Language,
): Item[] {
  let count = 0;
  return CFRubrics.flatMap(({ CFRubricCriteria }) =>
    CFRubricCriteria.flatMap(({ CFItemURI, CFRubricCriterionLevels }) => {
      const parent = codes.get(CFItemURI?.identifier ?? '');
      if (parent === undefined) return [];
      return CFRubricCriterionLevels.flatMap(({ description, quality, score, position }, index): Item[] => {
        const said = (description || quality || '').trim();
        if (said === '') return [];
        count += 1;
        const at = score ?? position ?? index + 1;
        const level = Number.isInteger(at) && at >= 1 && at <= HIGHEST_LEVEL ? at : undefined;
        const code = `${parent.slice(0, LONGEST_CODE - 8)}-r${count}`;
        return [
          {
            row: CFItems.length + count,
            code,
            parent,
            kind: 'can_do',
            level,
            starter: false,
            name: { [language]: said },
            about: {},
          },
        ];
      });
    }),
  );
}

interface About {
  identifier: string;
  title: string;
  version: string;
  licence: string;
  citation: string;
}

/** A framework as a CFPackage. Other languages, levels and kinds, which CASE has no place for, stand in extensions. */
export function toCase(about: About, nodes: readonly FrameworkNode[], uuidOf: (code: string) => string) {
  const uri = (identifier: string, title: string) => ({ identifier, title, uri: `urn:uuid:${identifier}` });
  const shown = nodes.filter(({ kind }) => KINDS.includes(kind));
  const now = new Date().toISOString();
  const textsOf = (node: FrameworkNode, field: string): Texts =>
    Object.fromEntries(node.texts.filter((text) => text.field === field).map(({ language, text }) => [language, text]));
  const items = shown.map((node) => {
    const name = textsOf(node, node.kind === 'can_do' ? 'text' : 'name');
    const about = textsOf(node, 'about');
    const language = (['fi', 'sv', 'en', 'fi-x-selko'] as const).find((one) => name[one]) ?? 'fi';
    const identifier = uuidOf(node.code);
    return {
      ...uri(identifier, name[language] ?? node.code),
      CFItemType: { area: 'Area', competence: 'Competence', can_do: 'Can-do' }[node.kind as ItemKind],
      humanCodingScheme: node.code,
      ...(about[language]
        ? { abbreviatedStatement: name[language], fullStatement: about[language] }
        : { fullStatement: name[language] ?? '' }),
      language: language === 'fi-x-selko' ? 'fi' : language,
      lastChangeDateTime: now,
      extensions: {
        oppiva: {
          kind: node.kind,
          ...(node.kind === 'can_do' && { level: Number(node.data.level ?? 1) }),
          ...(node.data.starter === true && { starter: true }),
          name,
          about,
        },
      },
    };
  });
  const associations = shown.map((node, index) => ({
    ...uri(uuidOf(`association ${node.code}`), ''),
    associationType: 'isChildOf',
    sequenceNumber: index + 1,
    originNodeURI: uri(uuidOf(node.code), node.code),
    destinationNodeURI:
      node.parent_code === null ? uri(about.identifier, about.title) : uri(uuidOf(node.parent_code), node.parent_code),
    lastChangeDateTime: now,
  }));
  const document = {
    ...uri(about.identifier, about.title),
    creator: about.citation || about.title,
    version: about.version,
    language: 'fi',
    ...(about.licence && { notes: about.licence }),
    lastChangeDateTime: now,
  };
  return { CFDocument: document, CFItems: items, CFAssociations: associations };
}
