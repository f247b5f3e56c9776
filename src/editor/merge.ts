import type { JsonNode } from './data';

export interface Conflict {
  id: string;
  mine: JsonNode;
  theirs: JsonNode;
}

export interface Merged {
  doc: JsonNode;
  /** Blocks that both changed; mine stands in the document until the writer chooses. */
  conflicts: Conflict[];
}

const idOf = (node: JsonNode) => String(node.attrs?.id ?? '');
const same = (one: JsonNode | undefined, other: JsonNode | undefined) => JSON.stringify(one) === JSON.stringify(other);
const byId = (doc: JsonNode) => new Map((doc.content ?? []).map((node) => [idOf(node), node]));

/**
 * Three documents into one, block by block: what only one of the two writers changed is taken; what both did is mine, and told.
 * Nothing that either wrote is lost: a block that one took away and the other changed stays.
 */
export function merge(base: JsonNode, mine: JsonNode, theirs: JsonNode): Merged {
  const [was, own, other] = [byId(base), byId(mine), byId(theirs)];
  const conflicts: Conflict[] = [];
  const chosen = new Map<string, JsonNode>();
  for (const id of new Set([...own.keys(), ...other.keys()])) {
    const [before, here, there] = [was.get(id), own.get(id), other.get(id)];
    if (here && there) {
      const isConflict = !same(here, before) && !same(there, before) && !same(here, there);
      if (isConflict) conflicts.push({ id, mine: here, theirs: there });
      chosen.set(id, same(here, before) ? there : here);
    } else if (here && !(before && same(here, before))) chosen.set(id, here);
    else if (there && !(before && same(there, before))) chosen.set(id, there);
  }
  return { doc: { ...theirs, content: inOrder(base, mine, theirs, chosen) }, conflicts };
}

/** In the order of the one who moved blocks; blocks that this order lacks come after the one before them in the other's. */
function inOrder(base: JsonNode, mine: JsonNode, theirs: JsonNode, chosen: Map<string, JsonNode>): JsonNode[] {
  const order = (doc: JsonNode) => (doc.content ?? []).map(idOf);
  const common = order(base).filter((id) => order(mine).includes(id));
  const isMoved =
    order(mine)
      .filter((id) => common.includes(id))
      .join() !== common.join();
  const [first, second] = isMoved ? [order(mine), order(theirs)] : [order(theirs), order(mine)];
  const result = [...first];
  second.forEach((id, index) => {
    if (result.includes(id)) return;
    const before = second[index - 1];
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, id);
  });
  return result.flatMap((id) => chosen.get(id) ?? []);
}
