// Lets a mouse drag the right sides of pairs to their left sides. The lists stay and hold it all: keyboards, screen readers and
// touch use them, and the cards that are dragged are only a picture of them.
const pairs = document.querySelector('[data-pairs]');

/** Cards of all right sides, with a word of what to do; for a mouse only. */
function tray(options) {
  const box = document.createElement('div');
  box.className = 'pairs-tray';
  box.setAttribute('aria-hidden', 'true');
  const how = document.createElement('p');
  how.textContent = pairs.dataset.drag;
  const list = document.createElement('ul');
  for (const { value, text, lang } of options) {
    const card = document.createElement('li');
    Object.assign(card, { draggable: true, textContent: text, lang });
    card.dataset.value = value;
    list.append(card);
  }
  box.append(how, list);
  return box;
}

if (pairs) {
  const selects = [...pairs.querySelectorAll('select')];
  const box = tray([...(selects[0]?.options ?? [])].filter(({ value }) => value !== ''));
  pairs.after(box);
  const cards = [...box.querySelectorAll('li')];
  /** A card that stands in a pair looks so; it may still be used again. */
  const show = () => {
    for (const card of cards)
      card.classList.toggle(
        'is-used',
        selects.some(({ value }) => value === card.dataset.value),
      );
  };
  let dragged;
  let over;
  const mark = (item) => {
    over?.classList.remove('is-over');
    over = item;
    over?.classList.add('is-over');
  };
  box.addEventListener('dragstart', (event) => {
    dragged = event.target.closest('li');
    event.dataTransfer.effectAllowed = 'copy';
    event.dataTransfer.setData('text/plain', dragged.textContent);
  });
  document.addEventListener('dragover', (event) => {
    if (!dragged) return;
    const item = event.target.closest('[data-pairs] > li');
    mark(item);
    if (item) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    const select = dragged && event.target.closest('[data-pairs] > li')?.querySelector('select');
    if (!select) return;
    event.preventDefault();
    select.value = dragged.dataset.value;
    select.dispatchEvent(new Event('input', { bubbles: true }));
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  document.addEventListener('dragend', () => {
    dragged = undefined;
    mark(undefined);
  });
  pairs.addEventListener('change', show);
  show();
}
