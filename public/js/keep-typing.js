// Keeps what is typed as it is typed: at once on this device, soon after on the server, so that a closed tab, a lost network
// or another device loses nothing. Without this script a form has its own "keep" button.
const keeper = JSON.parse(document.querySelector('#keeper')?.textContent ?? '{}');
const store = self.deviceStore;
const SOON = 1200;
const TEXTS =
  'textarea, input:not([type]), input[type=text], input[type=url], input[type=email], input[type=search], input[type=number], input[type=tel], input[type=date]';
const CHOICES = 'input[type=checkbox], input[type=radio]';
/** The writing to this device that is under way. */
let saving = Promise.resolve();

/**
 * When forms of this tab went off. What they hold is on its way: sent once more as something typed, it could come in after
 * its form was taken. Kept at once, because the page is being left.
 */
const gone = {
  at: (form) => Number(quietly(() => sessionStorage.getItem(`gone ${form}`)) ?? 0),
  mark: (form) => quietly(() => sessionStorage.setItem(`gone ${form}`, Date.now())),
  forget: (form) => quietly(() => sessionStorage.removeItem(`gone ${form}`)),
};

if (keeper.person && store) {
  for (const form of document.querySelectorAll('main form[method="post"]')) {
    if (form.matches('[data-keep-typing]') || (form.querySelector('textarea') && !form.matches('[data-no-keep]')))
      keep(form);
  }
  sendWaiting();
}

async function keep(form) {
  const address = new URL(form.getAttribute('action') || location.pathname, location.href).pathname;
  // A draft on the server changes as one types: what stood in the field before says nothing there.
  const isDraft = form.id === 'answers';
  const defaults = read(form, true);
  let timer;
  // Whoever types before the answer has come is listened to already; what was kept stands in line before it.
  const kept = newest(address);
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    timer = undefined;
    gone.mark(address);
    if (!form.elements.namedItem('typed_kept')) form.append(hidden('typed_kept', 'yes'));
  });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && timer && flush());
  window.addEventListener('pagehide', () => timer && flush(true));
  const shown = await kept;
  if (shown) giveBack(shown);

  function changed() {
    const now = read(form, false);
    const fields = {};
    for (const [name, value] of Object.entries(now)) {
      if (!same(value, defaults[name])) fields[name] = { v: value, b: markOf(defaults[name]) };
    }
    save({ person: keeper.person, form: address, page: location.pathname, fields, typedAt: Date.now(), isKept: false });
    clearTimeout(timer);
    timer = setTimeout(flush, SOON);
  }

  function flush(isLeaving = document.visibilityState === 'hidden') {
    clearTimeout(timer);
    timer = undefined;
    // What the server has is asked for before it is written over; a page that goes away does not wait.
    if (isLeaving) send(address);
    else kept.then(() => send(address));
  }

  /** Fills in what is as it was when one typed; a field that has another text by now keeps it, and yours stands beside it. */
  function giveBack(kept) {
    const now = read(form, false);
    const beside = [];
    let filled = 0;
    for (const [name, { v, b }] of Object.entries(kept.fields)) {
      if (!(name in now) || same(v, now[name])) continue;
      const isTyped = !same(now[name], defaults[name]);
      if (!isTyped && (isDraft || b === undefined || b === markOf(now[name]))) filled += write(form, name, v);
      else if (typeof v === 'string') beside.push(v);
    }
    if (filled === 0 && beside.length === 0) return;
    const line = document.querySelector('#typed-line').content.firstElementChild.cloneNode(true);
    for (const text of beside) {
      const quote = document.createElement('blockquote');
      quote.className = 'quote';
      quote.textContent = text;
      line.querySelector('[data-beside]').append(quote);
    }
    line.querySelector('[data-beside]').hidden = beside.length === 0;
    line.querySelector('button').addEventListener('click', async () => {
      clearTimeout(timer);
      await store.remove('typed', [keeper.person, address]);
      await post('/typed/thrown', { form: address });
      for (const [name, value] of Object.entries(now)) write(form, name, value);
      line.remove();
      form.querySelector('textarea, input:not([type=hidden])')?.focus();
    });
    form.prepend(line);
  }
}

/** The newest of what this device and the server have of a form; undefined when it was sent or thrown away since. */
async function newest(form) {
  const found = store.get('typed', [keeper.person, form]);
  // What is typed meanwhile is written after this was read.
  saving = saving.then(() => found);
  const local = await found;
  const response = await fetch(`/typed/one?form=${encodeURIComponent(form)}`).catch(() => undefined);
  const remote = response?.ok ? await response.json().catch(() => ({})) : {};
  const remoteAt = remote.age === undefined ? 0 : Date.now() - remote.age;
  if (remoteAt >= (local?.typedAt ?? 0)) {
    const now = local && (await store.get('typed', [keeper.person, form]));
    if (now && now.typedAt === local.typedAt) await store.remove('typed', [keeper.person, form]);
    return remote.fields ? remote : undefined;
  }
  // A form that went off and never came in.
  gone.forget(form);
  return local;
}

/** One after the other, so that the last one typed is the last one written. */
function save(row) {
  saving = saving.then(() => store.put('typed', row));
}

/** To the server, with how long ago it was typed: the device's clock may be wrong. */
async function send(form) {
  await saving;
  const row = await store.get('typed', [keeper.person, form]);
  if (!row || row.isKept || row.typedAt <= gone.at(form)) return;
  const { page, fields, typedAt } = row;
  const response = await post('/typed', { form, page, fields, age: Math.max(0, Date.now() - typedAt) });
  // 422: too much for the server; this device has it.
  if (!response || (response.status !== 204 && response.status !== 422)) return;
  const now = await store.get('typed', [keeper.person, form]);
  if (now?.typedAt === typedAt) await store.put('typed', { ...now, isKept: true });
}

/** Some browsers forbid a page to keep anything. */
function quietly(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** What was typed without a network, here or on another page. */
async function sendWaiting() {
  for (const row of await store.all('typed')) if (row.person === keeper.person && !row.isKept) await send(row.form);
}
window.addEventListener('online', sendWaiting);

function post(address, body) {
  const text = JSON.stringify(body);
  // Browsers send at most 64 KiB for a page that goes away.
  const keepalive = text.length < 60_000;
  return fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: text,
    keepalive,
  }).catch(() => undefined);
}

/** Name -> text, or the values that are ticked. `asMade`: as the page came. */
function read(form, asMade) {
  const values = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled) continue;
    if (field.matches(TEXTS)) values[field.name] = asMade ? field.defaultValue : field.value;
    else if (field.matches(CHOICES)) {
      values[field.name] ??= [];
      if (asMade ? field.defaultChecked : field.checked) values[field.name].push(field.value);
    } else if (field.matches('select')) {
      const made = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
      values[field.name] = asMade ? (made?.value ?? '') : field.value;
    }
  }
  return values;
}

/** 1 when there was a field to write in. */
function write(form, name, value) {
  let written = 0;
  for (const field of form.elements) {
    if (field.name !== name) continue;
    if (field.matches(CHOICES)) field.checked = [value].flat().includes(field.value);
    else if (field.matches(`${TEXTS}, select`) && typeof value === 'string') field.value = value;
    else continue;
    written = 1;
  }
  return written;
}

function hidden(name, value) {
  const field = document.createElement('input');
  Object.assign(field, { type: 'hidden', name, value });
  return field;
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A short mark of a text (FNV-1a): enough to see that it has changed. */
function markOf(value) {
  let mark = 0x811c9dc5;
  for (const letter of JSON.stringify(value ?? '')) mark = Math.imul(mark ^ letter.codePointAt(0), 0x01000193) >>> 0;
  return mark.toString(36);
}
