// Shows a choice of look at once, before it is saved. Without this it shows after saving.
const form = document.querySelector('[data-look]');
const ATTRIBUTES = { text_size: ['text', '0'], contrast: ['contrast', 'device'], theme: ['theme', 'device'] };

form?.addEventListener('change', ({ target }) => {
  const [attribute, plain] = ATTRIBUTES[target.name] ?? [];
  if (!attribute) return;
  if (target.value === plain) delete document.documentElement.dataset[attribute];
  else document.documentElement.dataset[attribute] = target.value;
});
