// Moves the steps of an ordering question without a page between, by buttons, numbers or dragging. The form holds it all.
const list = document.querySelector('[data-order]');
const said = document.querySelector('[data-order-said]');

const items = () => [...list.children];
const words = (item) => item.querySelector('.order__text [lang]').textContent;

/** Puts an item in a place, counted from 0; numbers, hidden order and a screen reader hear of it. */
function put(item, place) {
  const others = items().filter((other) => other !== item);
  list.insertBefore(item, others[place] ?? null);
  for (const [index, one] of items().entries()) one.querySelector('select').value = String(index + 1);
  list.closest('form').elements.order.value = items()
    .map((one) => one.dataset.token)
    .join('.');
  said.textContent = list.dataset.moved.replace('{text}', words(item)).replace('{place}', String(place + 1));
}

list?.addEventListener('click', (event) => {
  const button = event.target.closest('button[name=move]');
  if (!button) return;
  event.preventDefault();
  const item = button.closest('li');
  const place = items().indexOf(item) + (button.value.startsWith('up:') ? -1 : 1);
  if (place < 0 || place >= items().length) return;
  put(item, place);
  button.focus();
});

list?.addEventListener('change', (event) => {
  const select = event.target.closest('select');
  if (!select) return;
  put(select.closest('li'), Number(select.value) - 1);
  select.focus();
});

for (const item of list ? items() : []) item.draggable = true;
let dragged;
list?.addEventListener('dragstart', (event) => {
  dragged = event.target.closest('li');
  event.dataTransfer.effectAllowed = 'move';
});
list?.addEventListener('dragover', (event) => {
  const over = event.target.closest('li');
  if (!dragged) return;
  event.preventDefault();
  if (over && over !== dragged) put(dragged, items().indexOf(over));
});
list?.addEventListener('dragend', () => {
  dragged = undefined;
});
