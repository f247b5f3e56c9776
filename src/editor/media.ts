import { captionsDialog } from './captions';
import type { Words } from './data';
import { button, type LibraryFile, type MediaAround } from './dialog';
import { element, icon } from './dom';
import { libraryDialog } from './library';
import { recorderDialog } from './recording';

interface Uploads {
  send: (
    file: Blob,
    name: string,
    how: { id?: string; say?: (what: string, percent?: number) => void },
  ) => Promise<LibraryFile>;
  left: () => Promise<{ id: string; name: string; file: Blob } | undefined>;
  teller: (words: Record<string, string | undefined>, line: HTMLElement) => (what: string, percent?: number) => void;
}
export const uploads = (): Uploads | undefined => (globalThis as { mediaUpload?: Uploads }).mediaUpload;

export const MEDIA: Record<string, string> = {
  image: 'image/jpeg,image/png,image/webp,image/gif,image/avif',
  audio: 'audio/*,.m4a,.mp3,.wav,.oga',
  video: 'video/mp4,video/webm,video/quicktime',
  file: '.pdf,.docx,.xlsx,.pptx,.odt,.odp',
};

let number = 0;

/** The fields of a block that shows a file: what it shows, and the ways to another one. */
export function mediaNeeds(kind: string, needs: Record<string, unknown>, around: MediaAround): HTMLElement[] {
  const { words, set } = around;
  const id = typeof needs.file_id === 'string' && /^[0-9a-f-]{36}$/.test(needs.file_id) ? needs.file_id : undefined;
  if (!id) return [ways(kind, needs, around)];
  const more = element('div', { class: 'media-ways', hidden: '' });
  const change = button(words.changeFile ?? '', 'redo', () => {
    more.hidden = !more.hidden;
    change.setAttribute('aria-expanded', String(!more.hidden));
    if (!more.hidden && !more.firstElementChild) more.append(ways(kind, needs, around));
    more.querySelector<HTMLElement>('[data-first]')?.focus();
  });
  change.setAttribute('aria-expanded', 'false');
  const row = element('div', { class: 'media-row' }, change);
  if (kind === 'audio' || kind === 'video') {
    const captions = button(words.captions ?? '', 'quote', () => captionsDialog(id, around, () => captions.focus()));
    row.append(captions);
  }
  const tools: HTMLElement[] = [row, more];
  if (kind === 'image') tools.unshift(decorative(Boolean(needs.decorative), words, set));
  return [shownFile(kind, id, words), ...tools];
}

function shownFile(kind: string, id: string, words: Words): HTMLElement {
  const src = `/files/${id}`;
  if (kind === 'image') return element('img', { src, alt: '', class: 'block__picture' });
  if (kind === 'file')
    return element('p', {}, element('a', { href: src, class: 'icon-line' }, icon('file'), words.seeFile ?? ''));
  return element(kind, {
    src,
    controls: '',
    preload: 'metadata',
    class: 'block__player',
    'aria-label': words.kinds[kind] ?? kind,
  });
}

/** From this device, from the library, by recording, or as an address. */
function ways(kind: string, needs: Record<string, unknown>, around: MediaAround): HTMLElement {
  const { words, choose, set } = around;
  number += 1;
  const line = element('p', { class: 'media-said', role: 'status' });
  const input = element('input', {
    type: 'file',
    accept: MEDIA[kind] ?? '',
    id: `media-${number}`,
    class: 'govuk-file-upload',
    'data-first': '',
    'aria-describedby': `media-limit-${number}`,
  }) as HTMLInputElement;
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) void take(file, file.name);
  });
  const field = element(
    'div',
    { class: 'media-pick' },
    element('label', { class: 'govuk-label', for: input.id }, words[`device_${kind}`] ?? ''),
    element('p', { class: 'soft small', id: `media-limit-${number}` }, words[`limit_${kind}`] ?? ''),
    input,
  );
  const others = element('div', { class: 'media-row' });
  const library = button(words.library ?? '', 'search', () => libraryDialog(kind, around, () => library.focus()));
  others.append(library);
  if (kind === 'audio' || kind === 'video') {
    const record = button(words[`record_${kind}`] ?? '', kind, () =>
      recorderDialog(kind, around, () => record.focus()),
    );
    others.append(record);
  }
  const panel = element('div', { class: 'media-ways__all' }, field, line, others);
  if (kind === 'video') panel.append(linkField(String(needs.link ?? ''), words, set));
  void offerLeft();
  return panel;

  async function take(file: Blob, name: string, id?: string): Promise<void> {
    const sender = uploads();
    if (!sender) return;
    input.disabled = true;
    try {
      const say = sender.teller({ sending: words.sending, waiting: words.waiting }, line);
      const kept = await sender.send(file, name, { ...(id && { id }), say });
      if (kept.kind === kind) return choose(kept);
      line.textContent = words[`wrong_${kind}`] ?? '';
    } catch (error) {
      line.textContent = (error as Error).message || (words.sendFailed ?? '');
    }
    input.disabled = false;
    input.value = '';
    input.focus();
  }

  /** A page that was closed while it sent: the file is on this device still. */
  async function offerLeft(): Promise<void> {
    const waiting = await uploads()?.left();
    const starts = { image: 'image/', audio: 'audio/', video: 'video/' }[kind];
    if (!waiting || (starts && !waiting.file.type.startsWith(starts))) return;
    const go = button(`${words.goOnSending ?? ''} ${waiting.name}`, 'upload', () => {
      go.remove();
      void take(waiting.file, waiting.name, waiting.id);
    });
    others.prepend(go);
  }
}

/** The address of a video elsewhere. */
function linkField(value: string, words: Words, set: MediaAround['set']): HTMLElement {
  number += 1;
  const id = `media-${number}`;
  const fault = element('p', { class: 'media-said', role: 'status' });
  const input = element('input', {
    class: 'govuk-input',
    id,
    inputmode: 'url',
    'aria-describedby': `${id}-hint`,
  }) as HTMLInputElement;
  input.value = value;
  input.addEventListener('change', () => {
    const link = input.value.trim();
    const isFine = link === '' || /^https?:\/\/\S+\.\S+$/.test(link);
    fault.textContent = isFine ? '' : (words.linkWrongHere ?? '');
    if (isFine) set({ link: link || undefined });
  });
  return element(
    'div',
    { class: 'media-pick' },
    element('label', { class: 'govuk-label', for: id }, words.videoLink ?? ''),
    element('p', { class: 'govuk-hint', id: `${id}-hint` }, words.videoLinkHint ?? ''),
    input,
    fault,
  );
}

function decorative(value: boolean, words: Words, set: MediaAround['set']): HTMLElement {
  number += 1;
  const box = element('input', {
    type: 'checkbox',
    id: `media-${number}`,
    class: 'govuk-checkboxes__input',
  }) as HTMLInputElement;
  box.checked = value;
  box.addEventListener('change', () => set({ decorative: box.checked || undefined }));
  const label = element('label', { for: box.id, class: 'govuk-label govuk-checkboxes__label' }, words.decorative ?? '');
  return element(
    'div',
    { class: 'govuk-checkboxes govuk-checkboxes--small' },
    element('div', { class: 'govuk-checkboxes__item' }, box, label),
  );
}
