import { aDialog, type LibraryFile, type MediaAround } from './dialog';

interface Recorder {
  begin: (place: Element, kept: (file: LibraryFile) => void) => { holds: () => boolean; end: () => void } | undefined;
}

/** Records a voice or a video where the block is; what is kept becomes the block's file. */
export function recorderDialog(kind: string, around: MediaAround, back: () => void): void {
  const { words, choose } = around;
  let recorded: LibraryFile | undefined;
  const dialog = aDialog(words[`record_${kind}`] ?? '', words, () => {
    running?.end();
    if (recorded) choose(recorded);
    else back();
  });
  const drawn = document.querySelector<HTMLTemplateElement>(`#recorder-${kind}`)?.content.cloneNode(true);
  if (drawn) dialog.append(drawn);
  const place = dialog.querySelector('[data-recorder]');
  const recorder = (globalThis as { mediaRecord?: Recorder }).mediaRecord;
  const running =
    place &&
    recorder?.begin(place, (file) => {
      recorded = file;
      dialog.close();
    });
  if (!running) dialog.append(words.cannotRecord ?? '');
  place?.querySelector<HTMLElement>('[data-start]')?.focus();
  // The Escape key must not throw away what somebody said.
  dialog.addEventListener('cancel', (event) => running?.holds() && event.preventDefault());
}
