/** Stands before a mark of bold or italics until it is known whether it is one. */
export const MARK = '\ue010';

/** What Markdown would read as its own. */
export const escaped = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>|~]/g, '\\$&')
    .replace(/^(\s*)([-+#])(?=\s|#)/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s)/gm, '$1\\$2');

/** Bold and italic marks that stand beside a space, or that open nothing, are no marks in Markdown: they go. */
export function cleanMarks(text: string): string {
  const parts = text.split(/\ue010(\*\*|\*)/);
  if (parts.length === 1) return text;
  const open: { sign: string; at: number }[] = [];
  const signs = new Map<number, string>();
  for (let at = 1; at < parts.length; at += 2) {
    const sign = parts[at] ?? '';
    const last = open.at(-1);
    if (last?.sign === sign) {
      open.pop();
      const inside = parts
        .slice(last.at + 1, at)
        .filter((_, index) => index % 2 === 0)
        .join('');
      if (inside.trim()) signs.set(last.at, sign).set(at, sign);
      if (inside !== inside.trim()) signs.delete(last.at) && signs.delete(at);
    } else if (!open.some((one) => one.sign === sign)) open.push({ sign, at });
  }
  return parts.map((part, at) => (at % 2 === 0 ? part : (signs.get(at) ?? ''))).join('');
}

export const trimmedLines = (text: string, isCode: boolean) =>
  isCode
    ? text.replace(/^\n+|\s+$/g, '')
    : text
        .split('\n')
        .map((line) => line.trim())
        .join('\n')
        .trim();

/** Whether the Markdown says more than the plain words. */
export const isMarked = (plain: string, markdown: string) => markdown.replace(/\\\n/g, '\n') !== escaped(plain);
