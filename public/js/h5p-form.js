// Small comforts of the form of an H5P task. Everything works without them.
(() => {
  let isTyped = false;
  const form = document.querySelector('[data-h5p-form]');
  if (!form) return;

  // Fields that the answers so far do not call for are put away; what was typed in them is still sent.
  const typedIn = (name) => {
    const fields = [...form.elements].filter((field) => field.name === name);
    const box = fields.find((field) => field.type === 'checkbox');
    return box ? (box.checked ? 'yes' : 'no') : fields.at(-1)?.value;
  };
  const places = [...form.querySelectorAll('[data-when]')].map((place) => ({
    place,
    ...JSON.parse(place.dataset.when),
  }));
  const show = () => {
    for (const { place, rules, every } of places) {
      const met = rules.map(({ name, equals }) => {
        const value = typedIn(name);
        return value === undefined || equals.includes(value);
      });
      place.hidden = !(every ? met.every(Boolean) : met.some(Boolean));
    }
  };
  show();
  form.addEventListener('change', show);

  // A way to make what is chosen in a text strong, without writing marks by hand.
  for (const holder of form.querySelectorAll('[data-marks]')) {
    const area = holder.querySelector('textarea');
    const bar = document.createElement('div');
    bar.className = 'task-marks';
    for (const [tag, label] of JSON.parse(holder.dataset.marks)) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'task-mark';
      button.append(Object.assign(document.createElement(tag), { textContent: label }));
      button.addEventListener('click', () => {
        const { selectionStart: from, selectionEnd: to } = area;
        if (from === to) return area.focus();
        area.setRangeText(`<${tag}>${area.value.slice(from, to)}</${tag}>`, from, to, 'select');
        area.focus();
        isTyped = true;
      });
      bar.append(button);
    }
    area.before(bar);
  }

  form.addEventListener('input', () => {
    isTyped = true;
  });
  form.addEventListener('submit', () => {
    isTyped = false;
  });
  addEventListener('beforeunload', (event) => {
    if (isTyped) event.preventDefault();
  });
})();
