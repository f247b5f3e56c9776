// A button by each time that takes it from the film, and Alt + arrow down that plays from the row one writes in.
self.mediaCaptions = begin;
for (const form of document.querySelectorAll('[data-captions]')) begin(form);

function begin(form) {
  const film = document.querySelector('.captions-film video, .captions-film audio');
  if (!film) return;
  const say = form.querySelector('[data-say]');

  for (const field of form.querySelectorAll('.cue-row__times input')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'linklike cue-now';
    button.textContent = form.dataset.now;
    const label = form.querySelector(`label[for="${field.id}"]`).textContent;
    button.setAttribute('aria-label', `${form.dataset.now}: ${label} ${Number(field.id.split('_')[1]) + 1}`);
    button.addEventListener('click', () => {
      field.value = written(film.currentTime);
      say.textContent = `${label} ${field.value}`;
    });
    field.closest('.govuk-form-group').append(button);
  }

  form.addEventListener('keydown', (event) => {
    if (!event.altKey || event.key !== 'ArrowDown') return;
    const start = event.target.closest('.cue-row')?.querySelector('input');
    const moment = start && readMoment(start.value);
    if (moment === undefined) return;
    event.preventDefault();
    film.currentTime = moment;
    film.play();
  });
}

function written(seconds) {
  const tenths = Math.round(seconds * 10);
  const rest = String(Math.floor(tenths / 10) % 60).padStart(2, '0');
  return `${Math.floor(tenths / 600)}:${rest}${tenths % 10 ? `.${tenths % 10}` : ''}`;
}

function readMoment(text) {
  const parts = text.trim().replace(',', '.').split(':').map(Number);
  return parts.some(Number.isNaN) ? undefined : parts.reduce((sum, one) => sum * 60 + one, 0);
}
