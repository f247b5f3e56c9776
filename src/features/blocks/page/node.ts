/** A node of the editor's document, as Tiptap writes it in JSON. */
export interface PageNode {
  type: string;
  attrs?: Record<string, unknown>;
  content?: PageNode[];
  text?: string;
  marks?: Mark[];
}

export interface Mark {
  type: string;
  attrs?: Record<string, unknown>;
}

/** In this order marks open; the last one is innermost. */
export const MARKS = ['link', 'bold', 'italic', 'strike', 'code'] as const;

/** Whether two nodes are the same, whatever the order of their fields. */
export function sameNode(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}
