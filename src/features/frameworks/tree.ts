import { HIGHEST_LEVEL } from '../skills/estimate';
import { type FrameworkNode, texts } from '../skills/framework';
import { type Item, type ItemKind, type Line, LONGEST_ABOUT, LONGEST_CODE, LONGEST_NAME, type Texts } from './reading';

/** The bands of the product's ladder, two levels each. A can-do line belongs to the band of its level. */
const BANDS = ['basic', 'intermediate', 'advanced', 'highly_advanced'] as const;
const bandOfLevel = (level: number): string => BANDS[Math.ceil(level / 2) - 1] ?? BANDS[0];

/** Skills of no area stand in this one. */
const GENERAL_AREA = 'general';

/** No framework of skills has more steps one under another. */
const DEEPEST = 12;

type Why = Pick<Line, 'key' | 'column' | 'values'>;

/**
 * Makes the tree of areas, skills and can-do lines, and a line for each item that says what became of it. The kind is the one
 * given, or told by the place in the tree: the first step is an area, the second a skill, what is deeper its can-do lines.
 * An area with neither parent nor children is a skill. Nodes come in the order of the items.
 * `names`: codes of the framework in use with their names, because the same code means the same skill.
 */
export function buildTree(items: readonly Item[], generalName: Texts, names: ReadonlyMap<string, readonly string[]>) {
  const byCode = new Map<string, Item>();
  for (const item of items) if (item.code !== '' && !byCode.has(item.code)) byCode.set(item.code, item);
  const parents = new Set(items.map(({ parent }) => parent));
  const { depths, circular } = depthsOf(byCode);
  const kindOf = ({ kind, code, level, parent }: Item): ItemKind => {
    if (kind) return kind;
    if (level !== undefined) return 'can_do';
    if (parent === null) return parents.has(code) ? 'area' : 'competence';
    return (depths.get(code) ?? 1) === 1 ? 'competence' : 'can_do';
  };
  const kinds = new Map([...byCode].map(([code, item]) => [code, kindOf(item)]));
  const lines: Line[] = [];
  const nodes: FrameworkNode[] = [];
  let needsGeneral = false;

  for (const item of items) {
    const wrong = faultOf(item);
    if (wrong) {
      lines.push({ row: item.row, code: item.code, status: 'wrong', ...wrong });
      continue;
    }
    const kind = kinds.get(item.code) ?? 'competence';
    const skill = kind === 'can_do' ? skillAbove(item) : undefined;
    const isGeneral = kind === 'competence' && item.parent === null;
    needsGeneral ||= isGeneral;
    nodes.push(nodeOf(item, kind, isGeneral ? GENERAL_AREA : (skill ?? item.parent)));
    const known = kind === 'competence' ? names.get(item.code) : undefined;
    const isRenamed = known !== undefined && !Object.values(item.name).some((name) => known.includes(name));
    const changed: Why | undefined =
      item.changed ??
      (isRenamed ? { key: 'sameCode', values: { name: known?.[0] ?? '' } } : undefined) ??
      (isGeneral ? { key: 'general' } : undefined) ??
      (kind === 'can_do' && item.level === undefined ? { key: 'noLevel' } : undefined) ??
      (skill !== undefined && skill !== item.parent ? { key: 'deeper', values: { code: skill } } : undefined);
    lines.push({ row: item.row, code: item.code, status: changed ? 'changed' : 'read', ...changed });
  }
  const general: FrameworkNode = {
    kind: 'area',
    code: GENERAL_AREA,
    parent_code: null,
    data: {},
    texts: texts('name', generalName, 'unreviewed'),
  };
  return { nodes: needsGeneral ? [general, ...nodes] : nodes, lines };

  function faultOf(item: Item): Why | undefined {
    const { code, parent, name, about } = item;
    if (code === '') return { key: 'codeMissing' };
    if (code.length > LONGEST_CODE) return { key: 'codeLong', values: { most: LONGEST_CODE } };
    if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(code) || code === GENERAL_AREA) return { key: 'codeForm' };
    const first = byCode.get(code);
    if (first !== item) return { key: 'duplicate', values: { row: first?.row ?? 0 } };
    if (parent !== null && !byCode.has(parent)) return { key: 'parentMissing', values: { parent } };
    if (circular.has(code)) return { key: 'cycle' };
    const depth = depths.get(code);
    if (depth === undefined) return { key: 'parentWrong', values: { parent: parent ?? '' } };
    if (depth > DEEPEST) return { key: 'deep', values: { most: DEEPEST } };
    const longest = Math.max(0, ...Object.values(name).map((text) => text.length));
    if (longest === 0) return { key: 'nameMissing' };
    if (longest > (kinds.get(code) === 'can_do' ? LONGEST_ABOUT : LONGEST_NAME))
      return { key: 'nameLong', values: { most: LONGEST_NAME } };
    if (Object.values(about).some((text) => text.length > LONGEST_ABOUT))
      return { key: 'aboutLong', values: { most: LONGEST_ABOUT } };
    return placeFault(item);
  }

  function placeFault(item: Item): Why | undefined {
    const kind = kinds.get(item.code);
    const above = item.parent === null ? undefined : kinds.get(item.parent);
    if (kind === 'area' && item.parent !== null) return { key: 'areaWithin' };
    if (kind === 'competence' && above !== undefined && above !== 'area') return { key: 'skillWithin' };
    if (kind !== 'can_do') return item.level === undefined ? undefined : { key: 'levelNotHere' };
    if (skillAbove(item) === undefined) return { key: 'canDoAlone' };
    return undefined;
  }

  /** The code of the skill that a can-do line belongs to, however deep it stands. */
  function skillAbove({ parent }: Item): string | undefined {
    for (let at = parent; at !== null; at = byCode.get(at)?.parent ?? null)
      if (kinds.get(at) === 'competence') return at;
    return undefined;
  }
}

/**
 * Steps from the top for every code; none for those that go round in a circle or hang on one that is not there. Told without
 * recursion, and each code is walked over once, whatever the file.
 */
function depthsOf(byCode: ReadonlyMap<string, Item>) {
  const depths = new Map<string, number>();
  const circular = new Set<string>();
  const hopeless = new Set<string>();
  for (const code of byCode.keys()) {
    const trail: string[] = [];
    const seen = new Set<string>();
    let at: string | null = code;
    while (at !== null && byCode.has(at) && !depths.has(at) && !hopeless.has(at) && !seen.has(at)) {
      seen.add(at);
      trail.push(at);
      at = byCode.get(at)?.parent ?? null;
    }
    if (at !== null && !depths.has(at)) {
      if (seen.has(at)) for (const one of trail.slice(trail.indexOf(at))) circular.add(one);
      for (const one of trail) hopeless.add(one);
      continue;
    }
    let depth = at === null ? -1 : (depths.get(at) ?? 0);
    for (const one of trail.reverse()) {
      depth += 1;
      depths.set(one, depth);
    }
  }
  return { depths, circular };
}

function nodeOf(
  { code, level, starter, name, about }: Item,
  kind: ItemKind,
  parent_code: string | null,
): FrameworkNode {
  const of = (field: string, given: Texts) => texts(field, given, 'unreviewed');
  if (kind === 'can_do') {
    const at = Math.min(HIGHEST_LEVEL, level ?? 1);
    const data = { band: bandOfLevel(at), level: at, kind: 'skill' };
    return { kind, code, parent_code, data, texts: of('text', name) };
  }
  const data = kind === 'competence' && starter ? { starter: true } : {};
  return {
    kind,
    code,
    parent_code: kind === 'area' ? null : parent_code,
    data,
    texts: [...of('name', name), ...of('about', about)],
  };
}
