import { aDialog, type MediaAround } from './dialog';
import { element } from './dom';

/** The captions of a sound or a video, written where it is shown: the form of the library's page in a dialog. */
export function captionsDialog(file: string, around: MediaAround, back: () => void): void {
  const { words, language } = around;
  const dialog = aDialog(words.captions ?? '', words, back);
  const inside = element('div', { class: 'captions-here' });
  const line = element('p', { role: 'status', class: 'media-said' });
  dialog.append(line, inside);
  void show(`/write/media/${file}/captions?language=${encodeURIComponent(language)}`);

  async function show(address: string, sent?: RequestInit): Promise<void> {
    try {
      const answer = await fetch(address, { ...sent, headers: { Accept: 'text/html' } });
      if (answer.url.includes('/sign-in')) throw new Error();
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      take(page, answer.ok);
    } catch {
      line.textContent = words.captionsFailed ?? '';
    }
  }

  /** The page is our own server's; only its film and its form are shown here. */
  function take(page: Document, isFine: boolean): void {
    const film = page.querySelector('.captions-film .player');
    const form = page.querySelector<HTMLFormElement>('form[data-captions]');
    if (!form) throw new Error();
    const wasThere = inside.querySelector('.captions-film');
    const shown = wasThere ?? element('div', { class: 'captions-film' }, ...(film ? [film] : []));
    inside.replaceChildren(shown, form);
    line.textContent = page.querySelector('.notice')?.textContent?.trim() ?? '';
    (globalThis as { mediaCaptions?: (form: Element) => void }).mediaCaptions?.(form);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      event.stopPropagation();
      const body = new FormData(form, (event as SubmitEvent).submitter);
      void show(form.getAttribute('action') ?? '', { method: 'POST', body });
    });
    const wrong = form.querySelector<HTMLElement>('.govuk-input--error, .govuk-textarea--error');
    const last = [...form.querySelectorAll<HTMLElement>('.cue-row')].at(-1)?.querySelector<HTMLElement>('input');
    if (!isFine && !wrong) line.textContent = page.querySelector('.govuk-error-summary')?.textContent?.trim() ?? '';
    (wrong ?? last ?? form.querySelector<HTMLElement>('input:not([type=hidden])'))?.focus();
  }
}
