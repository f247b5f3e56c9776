import type { ContentFault } from './type';

interface Node {
  key: string;
  is_end: boolean;
  choices: readonly { key: string; to: string }[];
}

/** Where a reader of the story could be lost: no end, a choice that leads nowhere, a part that nobody reaches, a circle. */
export function scenarioFaults({ nodes }: { nodes: readonly Node[] }): ContentFault[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const first = nodes[0];
  if (!first || nodes.length < 2) return [{ path: 'nodes', key: 'authoring.fault.twoNodes' }];
  const faults = nodes.flatMap((node) => nodeFaults(node, byKey));
  if (first.is_end) faults.push({ path: at(first, 'is_end'), key: 'authoring.fault.startIsEnd' });
  if (!nodes.some(({ is_end }) => is_end)) faults.push({ path: 'nodes', key: 'authoring.fault.noEnd' });
  const reached = reachedFrom(first, byKey);
  for (const node of nodes)
    if (!reached.has(node.key)) faults.push({ path: at(node, 'text'), key: 'authoring.fault.unreachable' });
  for (const [node, choice] of circles(first, byKey))
    faults.push({ path: `nodes_${node}_choices_${choice}_to`, key: 'authoring.fault.circle' });
  return faults;
}

const at = ({ key }: Node, field: string) => `nodes_${key}_${field}`;

function nodeFaults(node: Node, byKey: Map<string, Node>): ContentFault[] {
  if (node.is_end)
    return node.choices.length > 0 ? [{ path: at(node, 'is_end'), key: 'authoring.fault.endGoesOn' }] : [];
  if (node.choices.length === 0) return [{ path: at(node, 'is_end'), key: 'authoring.fault.deadEnd' }];
  return node.choices
    .filter(({ to }) => !byKey.has(to))
    .map(({ key }) => ({ path: at(node, `choices_${key}_to`), key: 'authoring.fault.leadsNowhere' }));
}

const nextOf = (node: Node | undefined) => (node && !node.is_end ? node.choices : []);

function reachedFrom(first: Node, byKey: Map<string, Node>): Set<string> {
  const reached = new Set([first.key]);
  // A set is walked on to what is added meanwhile.
  for (const key of reached) for (const { to } of nextOf(byKey.get(key))) if (byKey.has(to)) reached.add(to);
  return reached;
}

/** The choices that lead back to where one has been on the way: going round would never end. */
function circles(first: Node, byKey: Map<string, Node>): [node: string, choice: string][] {
  const found: [string, string][] = [];
  const done = new Set<string>();
  const visit = (node: Node, way: ReadonlySet<string>) => {
    for (const { key, to } of nextOf(node)) {
      const next = byKey.get(to);
      if (way.has(to)) found.push([node.key, key]);
      else if (next && !done.has(to)) visit(next, new Set([...way, to]));
    }
    done.add(node.key);
  };
  visit(first, new Set([first.key]));
  return found;
}
