// Keeps each answer when it is chosen, so that a closed tab loses nothing. Without this the form keeps them on leaving.
const form = document.querySelector('#answers');
const said = document.querySelector('[data-saved]');

form?.addEventListener('change', async () => {
  const body = new URLSearchParams(new FormData(form));
  body.set('go', 'keep');
  const response = await fetch(form.action, { method: 'POST', body, keepalive: true }).catch(() => undefined);
  if (said) said.hidden = response?.status !== 204;
});
