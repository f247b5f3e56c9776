// Remembers the place in a lesson: which block was last in view. Without this the lesson itself is the place.
// A page to be printed gets its button here too.
const lesson = document.querySelector('[data-lesson]');
const printing = document.querySelector('[data-print]');

if (printing) {
  printing.hidden = false;
  printing.querySelector('button').addEventListener('click', () => window.print());
}
if (lesson) rememberPlace(lesson.dataset.lesson, [...lesson.querySelectorAll('[id^="spot-"]')]);

function rememberPlace(address, blocks) {
  const inView = new Set();
  let spot = '';
  let kept = '';

  const report = (entries) => {
    for (const { target, isIntersecting } of entries) isIntersecting ? inView.add(target) : inView.delete(target);
    const first = blocks.find((block) => inView.has(block));
    // At the beginning the heading belongs to the place, so the page opens from its top.
    const place = first === blocks[0] ? 'main' : first?.id;
    if (!place || place === spot) return;
    spot = place;
    for (const field of document.querySelectorAll('.langs input[name="spot"]')) field.value = spot;
    setTimeout(keep, 2000, spot);
  };
  // The strip at the top shows the end of the block before, also right after coming back to a place.
  const watcher = new IntersectionObserver(report, { rootMargin: '-48px 0px 0px 0px' });
  for (const block of blocks) watcher.observe(block);

  // Only a place where the reader stayed for a moment is kept, and the one they leave from.
  function keep(place) {
    if (place === spot) send();
  }

  function send() {
    if (!spot || spot === kept) return;
    kept = spot;
    const body = new URLSearchParams({ spot });
    fetch(`${address}/spot`, { method: 'POST', body, keepalive: true }).catch(() => {
      kept = '';
    });
  }
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && send());
  window.addEventListener('pagehide', send);
}
