// Keeps each answer when it is chosen and what is typed when one stops for a moment, so that a closed tab loses nothing.
// Without this the form keeps them on leaving.
const form = document.querySelector('#answers');
const said = document.querySelector('[data-saved]');
const A_MOMENT = 1500;
let timer;

form?.addEventListener('change', keep);
form?.addEventListener('input', (event) => {
  if (!event.target.matches('textarea, input[type=text]')) return;
  clearTimeout(timer);
  timer = setTimeout(keep, A_MOMENT);
});
form?.addEventListener('submit', () => clearTimeout(timer));

async function keep() {
  clearTimeout(timer);
  const body = new URLSearchParams(new FormData(form));
  body.set('go', 'keep');
  const response = await fetch(form.action, { method: 'POST', body, keepalive: true }).catch(() => undefined);
  if (said) said.hidden = response?.status !== 204;
}
