import type { LibraryFile, MediaAround } from './dialog';
import { aDialog } from './dialog';
import { element, icon } from './dom';

/** The library's files of a kind, to choose one from. */
export function libraryDialog(kind: string, around: MediaAround, back: () => void): void {
  const { words, choose } = around;
  let chosen: LibraryFile | undefined;
  const dialog = aDialog(words[`library_${kind}`] ?? '', words, () => (chosen ? choose(chosen) : back()));
  const field = element('input', { class: 'govuk-input', id: 'library-search', type: 'search' }) as HTMLInputElement;
  const form = element(
    'form',
    { class: 'library-search', role: 'search' },
    element('label', { class: 'govuk-label', for: field.id }, words.librarySearch ?? ''),
    field,
    element('button', { class: 'govuk-button govuk-button--secondary', type: 'submit' }, words.search ?? ''),
  );
  const found = element('p', { role: 'status', class: 'soft' });
  const list = element('ul', { class: 'library-list' });
  dialog.append(form, found, list);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopPropagation();
    void show();
  });
  void show();

  async function show(): Promise<void> {
    const asked = new URLSearchParams({ kind, q: field.value.trim() });
    try {
      const answer = await fetch(`/write/media/choices?${asked}`, { headers: { Accept: 'application/json' } });
      const { files, total } = (await answer.json()) as { files: LibraryFile[]; total: number };
      found.textContent =
        total > 0 ? (words.libraryFound ?? '').replace('{count}', String(total)) : (words.libraryNone ?? '');
      list.replaceChildren(...files.map(row));
    } catch {
      found.textContent = words.libraryFailed ?? '';
    }
  }

  function row(file: LibraryFile): HTMLElement {
    const view = element('span', { class: 'library-list__view' });
    view.append(file.small ? element('img', { src: file.small, alt: '', loading: 'lazy' }) : icon(kind));
    const one = element(
      'button',
      { type: 'button', class: 'library-list__one' },
      view,
      element('span', {}, file.name || file.alt),
    );
    one.addEventListener('click', () => {
      chosen = file;
      dialog.close();
    });
    return element('li', {}, one);
  }
}
