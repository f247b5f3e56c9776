import type { keepInStep } from './sync';

/** A link or a button that leads away waits until what was written is kept; without a network it waits for nothing. */
export function leaveSaved({ isChanged, isOpen, flush }: ReturnType<typeof keepInStep>): void {
  const main = document.querySelector('main');
  main?.addEventListener('click', async (event) => {
    const link = (event.target as HTMLElement).closest<HTMLAnchorElement>('a[href]');
    const isOther = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0 || link?.target;
    if (!link || isOther || link.isContentEditable || !isChanged()) return;
    event.preventDefault();
    await flush();
    location.assign(link.href);
  });
  main?.addEventListener('submit', async (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== 'post' || !(isChanged() || isOpen())) return;
    event.preventDefault();
    if (isOpen()) return document.querySelector<HTMLElement>('[data-page="conflicts"]')?.focus();
    await flush();
    if (!isChanged()) form.requestSubmit(event.submitter);
  });
}
