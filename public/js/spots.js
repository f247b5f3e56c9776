// Lets one draw a spot of a picture with the mouse or a finger. The numbers of its place stand in fields and can be typed.
const SIDES = ['x', 'y', 'w', 'h'];

for (const editor of document.querySelectorAll('[data-spots]')) {
  const svg = editor.querySelector('svg');
  const rows = [...editor.closest('section.block').querySelectorAll('.places')];
  let current = 0;
  let start;

  rows.forEach((row, index) => {
    row.closest('section').addEventListener('focusin', () => {
      current = index;
    });
    row.addEventListener('input', () => draw(index));
  });

  const fieldsOf = (index) => SIDES.map((side) => rows[index].querySelector(`input[name$="_${side}"]`));
  const numbersOf = (index) => fieldsOf(index).map((field) => Number(field.value.replace(',', '.')) || 0);

  /** The spot on the picture where its numbers say. */
  const draw = (index) => {
    const group = svg.querySelector(`[data-spot="${index + 1}"]`);
    const { width, height } = svg.viewBox.baseVal;
    const [x, y, w, h] = numbersOf(index);
    for (const rect of group?.querySelectorAll('rect') ?? []) {
      rect.setAttribute('x', (x * width) / 100);
      rect.setAttribute('y', (y * height) / 100);
      rect.setAttribute('width', (w * width) / 100);
      rect.setAttribute('height', (h * height) / 100);
    }
    const [circle, number] = [group?.querySelector('circle'), group?.querySelector('text')];
    circle?.setAttribute('cx', (x * width) / 100);
    circle?.setAttribute('cy', (y * height) / 100);
    number?.setAttribute('x', (x * width) / 100);
    number?.setAttribute('y', (y * height) / 100 + circle.r.baseVal.value * 0.4);
  };

  const placeOf = (event) => {
    const box = svg.getBoundingClientRect();
    const share = (value, size) => Math.min(100, Math.max(0, (value / size) * 100));
    return [share(event.clientX - box.left, box.width), share(event.clientY - box.top, box.height)];
  };

  svg.addEventListener('pointerdown', (event) => {
    if (!rows[current]) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    start = placeOf(event);
  });
  svg.addEventListener('pointermove', (event) => {
    if (!start) return;
    const end = placeOf(event);
    const [x, y] = [0, 1].map((axis) => Math.min(start[axis], end[axis]));
    const [w, h] = [0, 1].map((axis) => Math.abs(start[axis] - end[axis]));
    const fields = fieldsOf(current);
    for (const [index, number] of [x, y, w, h].entries())
      fields[index].value = String(Math.floor(number * 10) / 10).replace('.', ',');
    draw(current);
  });
  svg.addEventListener('pointerup', () => {
    start = undefined;
  });
}
