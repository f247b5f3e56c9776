import type { Words } from './data';
import { element } from './dom';

interface Around {
  words: Words;
  prompt: string | undefined;
  draft: string;
  upload: (file: File) => Promise<string | undefined>;
  set: (more: Record<string, unknown>) => void;
}

let number = 0;

/** The fields of a block that are no text: a heading's size, a picture's file. */
export function needsOf(kind: string, needs: Record<string, unknown>, around: Around): HTMLElement[] {
  const { words, set } = around;
  if (kind === 'heading')
    return [
      chosen(words.level ?? '', words.levels, String(needs.level ?? 2), (value) => set({ level: Number(value) })),
    ];
  if (kind === 'callout')
    return [chosen(words.tone ?? '', words.tones, String(needs.tone ?? 'remember'), (value) => set({ tone: value }))];
  if (kind === 'question') {
    const form = around.draft.replace(/\/page$/, '');
    return [
      element(
        'p',
        { class: 'piece__prompt' },
        around.prompt || (words.writeHere ?? ''),
        ' ',
        element('a', { href: `${form}#head-${needs.question_id ?? ''}` }, words.question ?? ''),
      ),
    ];
  }
  if (!['image', 'video', 'audio', 'file'].includes(kind)) return [];
  const shown = shownFile(kind, needs.file_id);
  if (kind !== 'image') return shown ? [shown] : [element('p', { class: 'soft' }, words.file ?? '')];
  return [...(shown ? [shown] : []), fileField(around), decorative(Boolean(needs.decorative), around)];
}

function shownFile(kind: string, id: unknown): HTMLElement | undefined {
  if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) return undefined;
  const src = `/files/${id}`;
  if (kind === 'image') return element('img', { src, alt: '', class: 'block__picture' });
  if (kind === 'file') return element('a', { href: src }, src);
  return element(kind, { src, controls: '', preload: 'metadata' });
}

function chosen(
  label: string,
  options: Record<string, string>,
  value: string,
  change: (value: string) => void,
): HTMLElement {
  number += 1;
  const select = element('select', { class: 'govuk-select', id: `need-${number}` }) as HTMLSelectElement;
  for (const [key, text] of Object.entries(options)) select.append(element('option', { value: key }, text));
  select.value = value;
  select.addEventListener('change', () => change(select.value));
  return element('p', { class: 'piece__need' }, element('label', { for: select.id }, label), select);
}

function fileField({ words, upload, set }: Around): HTMLElement {
  number += 1;
  const input = element('input', {
    type: 'file',
    accept: 'image/*',
    id: `need-${number}`,
    class: 'govuk-file-upload',
  }) as HTMLInputElement;
  input.addEventListener('change', async () => {
    const file = input.files?.[0];
    const id = file && (await upload(file));
    if (id) set({ file_id: id });
  });
  return element('p', { class: 'piece__need' }, element('label', { for: input.id }, words.choose ?? ''), input);
}

function decorative(value: boolean, { words, set }: Around): HTMLElement {
  number += 1;
  const box = element('input', { type: 'checkbox', id: `need-${number}` }) as HTMLInputElement;
  box.checked = value;
  box.addEventListener('change', () => set({ decorative: box.checked }));
  return element('p', { class: 'piece__need' }, box, element('label', { for: box.id }, words.decorative ?? ''));
}
