// Sends a file in parts, so that a lost connection costs one part: what waits is kept on this device until it is whole at the
// server. Without this the form sends the file as it is.
const PLACE = '/write/media/uploads';
const TRIES_AT_ONCE = 3;
const LONGEST_WAIT = 30_000;
const keeper = JSON.parse(document.querySelector('#keeper')?.textContent ?? '{}');
const store = self.deviceStore;
const WAITING = 'upload';

const later = (ms) => new Promise((done) => setTimeout(done, ms));

/** Waits for the network, or a while. */
const backOnline = (ms) =>
  Promise.race([later(ms), new Promise((done) => addEventListener('online', done, { once: true }))]);

/** The answer, however often the network goes. `say('waiting')` while it is gone. Throws what the server refused. */
async function ask(address, options, say) {
  for (let tries = 0; ; tries += 1) {
    const response = await fetch(address, options).catch(() => undefined);
    if (response && response.status < 500 && response.status !== 429) return response;
    if (!response || tries >= TRIES_AT_ONCE) say('waiting');
    await backOnline(Math.min(LONGEST_WAIT, 1000 * 2 ** tries));
  }
}

/** What the server says of a refusal, in the person's words. */
async function refusal(response) {
  const { message } = await response.json().catch(() => ({}));
  return Object.assign(new Error(message ?? ''), { status: response.status });
}

/**
 * Sends `file` under `name`; returns what the library calls it. `id` goes on with an upload that was left. Throws an Error whose
 * message is for the person, '' when there is none.
 */
async function send(file, name, { id = crypto.randomUUID(), say = () => {} } = {}) {
  // What cannot be kept here is sent all the same.
  if (keeper.person) await store?.put('facts', { id, name, file, person: keeper.person }, WAITING);
  const json = { 'Content-Type': 'application/json' };
  const begun = await ask(
    PLACE,
    { method: 'POST', headers: json, body: JSON.stringify({ id, name, bytes: file.size }) },
    say,
  );
  if (!begun.ok) {
    if (begun.status < 500) await forget();
    throw await refusal(begun);
  }
  const { part, has } = await begun.json();
  const total = Math.ceil(file.size / part);
  let sent = has.length;
  say('sending', Math.floor((sent / total) * 100));
  for (let number = 0; number < total; number += 1) {
    if (has.includes(number)) continue;
    const body = file.slice(number * part, (number + 1) * part);
    const headers = { 'Content-Type': 'application/octet-stream' };
    const response = await ask(`${PLACE}/${id}/parts/${number}`, { method: 'POST', headers, body }, say);
    if (!response.ok) throw await refusal(response);
    sent += 1;
    say('sending', Math.floor((sent / total) * 100));
  }
  const finished = await ask(`${PLACE}/${id}/finish`, { method: 'POST', headers: json, body: '{}' }, say);
  await forget();
  if (!finished.ok) throw await refusal(finished);
  return (await finished.json()).file;
}

const forget = () => store?.remove('facts', WAITING);

/** What this person was sending from this device when a page was closed; undefined when nothing is left. */
async function left() {
  const waiting = keeper.person && (await store?.get('facts', WAITING));
  if (!waiting) return undefined;
  if (waiting.person === keeper.person && waiting.file?.size) return waiting;
  await forget();
  return undefined;
}

/** Says what happens, in the words that `place` carries. Screen readers hear each quarter, not each part. */
function teller(words, line) {
  let told = -1;
  return (what, percent = 0) => {
    const quarter = Math.floor(percent / 25);
    if (what === 'sending' && quarter === told && percent < 100) return;
    told = what === 'sending' ? quarter : -1;
    line.textContent = (words[what] ?? '').replace('{percent}', percent);
  };
}

self.mediaUpload = { send, forget, left, teller };

for (const form of document.querySelectorAll('[data-media-upload]')) begin(form);

async function begin(form) {
  const field = form.querySelector('input[type=file]');
  const line = form.querySelector('[data-say]');
  const say = teller(form.dataset, line);
  const button = form.querySelector('button');

  form.addEventListener('submit', (event) => {
    const [file] = field.files;
    if (!file) return;
    event.preventDefault();
    go(file, file.name);
  });

  async function go(file, name, id) {
    button.disabled = true;
    try {
      const kept = await send(file, name, { id, say });
      location.assign(`${kept.href}?done=added`);
    } catch (error) {
      line.textContent = error.message || form.dataset.failed;
      button.disabled = false;
      field.focus();
    }
  }

  const waiting = await left();
  if (!waiting) return;
  line.textContent = form.dataset.left.replace('{name}', waiting.name);
  go(waiting.file, waiting.name, waiting.id);
}
