// Lets lessons and answers do without a network: starts the worker, says what waits on this device, and marks what is kept.
const keeper = JSON.parse(document.querySelector('#keeper')?.textContent ?? '{}');
const { words = {}, lang } = keeper;
const store = self.deviceStore;
const worker = navigator.serviceWorker;
/** How often what waits is tried again while a page is open, in milliseconds. */
const RETRY = 7000;
const line = document.createElement('p');
line.className = 'offline-line';
line.setAttribute('role', 'status');
line.hidden = true;
document.querySelector('main')?.before(line);
/** True when the page is being left or written on: then it is not shown anew under one's hands. */
let isInUse = false;
window.addEventListener('beforeunload', () => {
  isInUse = true;
});
document.addEventListener('input', () => {
  isInUse = true;
});

async function begin() {
  const person = keeper.person ?? (await store.get('facts', 'person'));
  worker?.addEventListener('message', ({ data }) => heard(data, person));
  worker?.register('/service-worker.js').catch(() => undefined);
  worker?.ready.then(({ active }) => active?.postMessage({ type: 'hello', person: keeper.person, lang }));
  window.addEventListener('online', () => {
    ask('flush');
    show(person);
  });
  window.addEventListener('offline', () => show(person));
  // Not every device says when its network is back.
  setInterval(async () => {
    if (navigator.onLine && (await waitingOf(person)).length > 0) ask('flush');
  }, RETRY);
  newAnswerIds();
  newFormKeys();
  await Promise.all([show(person), markKept(person), markWaiting(person), tellNews(), listKept(person)]);
}

const ask = (type) => worker?.controller?.postMessage({ type });

async function heard({ type }, person) {
  if (type === 'sign-in') return say(words.signIn);
  if (type === 'sent' && (await waitingOf(person)).length === 0) {
    if (!isInUse && (document.body.hasAttribute('data-from-device') || document.querySelector('[data-waits]')))
      return location.reload();
    say(words.sent);
    return tellNews();
  }
  await show(person);
  await markWaiting(person);
}

const waitingOf = (person) => (person ? store.ofPerson('outbox', person) : []);

/** One quiet line over the page: no network, and what waits for it. */
async function show(person) {
  const { length } = await waitingOf(person);
  const isAway = !navigator.onLine || document.body.hasAttribute('data-from-device');
  if (length > 0) say(words.waiting.replace('[count]', length));
  else if (isAway && !document.querySelector('[data-kept-list]')) say(words.offline);
  else line.hidden = true;
}

function say(text) {
  line.textContent = text;
  line.hidden = false;
}

/** A form that the device showed again is for a new thing, and not for the one that was sent from it. */
function newFormKeys() {
  if (!document.body.hasAttribute('data-from-device')) return;
  for (const field of document.querySelectorAll('[data-new-key]')) field.value = crypto.randomUUID();
}

/** Each change of an answer is an answer of its own; the same one sent twice is not. */
function newAnswerIds() {
  for (const form of document.querySelectorAll('form:has([name="answer_id"])')) {
    form.addEventListener('input', () => {
      form.querySelector('[name="answer_id"]').value = crypto.randomUUID();
    });
  }
}

/** "On this device" beside links to pages that are. */
async function markKept(person) {
  if (!person) return;
  const kept = new Set((await store.ofPerson('pages', person)).map(({ address }) => address));
  for (const mark of document.querySelectorAll('[data-kept]')) mark.hidden = !kept.has(mark.dataset.kept);
}

/** A question whose answer waits shows that answer; in a list it says so. */
async function markWaiting(person) {
  const waiting = new Map((await waitingOf(person)).map((item) => [item.action, item]));
  const form = document.querySelector('main form:has([name="answer_id"])');
  const item = form && waiting.get(new URL(form.getAttribute('action'), location.href).pathname);
  if (item) {
    const given = new URLSearchParams(item.body);
    for (const field of form.elements) {
      if (field.matches('[type=radio], [type=checkbox]'))
        field.checked = given.getAll(field.name).includes(field.value);
      else if (field.matches('textarea, select, input:not([type=hidden])') && given.has(field.name))
        field.value = given.get(field.name);
    }
    place(form.querySelector('.actions') ?? form);
  }
  for (const said of document.querySelectorAll('main form[action$="/feedback"]')) {
    const press = waiting.get(new URL(said.action).pathname);
    if (press) markPress(said, new URLSearchParams(press.body).get('useful'));
  }
  for (const link of document.querySelectorAll('.quiz-list a[href]')) {
    if (waiting.has(new URL(link.href).pathname)) place(link.parentElement);
  }
}

/** The word that was pressed without a network; another one may still be pressed. */
function markPress(form, value) {
  for (const button of form.querySelectorAll('button[name="useful"]'))
    button.setAttribute('aria-pressed', String(button.value === value));
  place(form);
}

function place(parent) {
  if (parent.querySelector('[data-waits]')) return;
  const said = document.createElement('p');
  said.className = 'saved';
  said.dataset.waits = '';
  said.textContent = words.waitingAnswer;
  parent.append(said);
}

/** What became of answers that came late: said once. */
async function tellNews() {
  const news = await store.get('facts', 'news');
  if (!news?.length) return;
  await store.remove('facts', 'news');
  // Several late answers are one sentence; each changed question has its own link.
  const once = new Map(news.map((one) => [['changed', 'again'].includes(one.outcome) ? one.action : one.outcome, one]));
  for (const { action, outcome } of once.values()) {
    const text = {
      changed: words.changed,
      late: words.late,
      gone: words.gone,
      again: words.again,
      unreadable: words.gone,
    }[outcome];
    const said = document.createElement('div');
    said.className = 'notice';
    said.setAttribute('role', 'status');
    const sentence = document.createElement('p');
    sentence.textContent = text;
    said.append(sentence);
    if (outcome === 'changed' || outcome === 'again') {
      const link = document.createElement('a');
      link.href = action;
      link.textContent = words.answerAgain;
      said.append(link);
    }
    document.querySelector('main .wrap, main')?.prepend(said);
  }
}

/** The page without a network: which lessons can be opened. */
async function listKept(person) {
  const list = document.querySelector('[data-kept-list]');
  if (!list) return;
  const pages = person ? await store.ofPerson('pages', person) : [];
  for (const { address, title } of pages.filter(({ title }) => title).toSorted((a, b) => b.at - a.at)) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = address;
    link.textContent = title;
    item.append(link);
    list.append(item);
  }
  document.querySelector('[data-kept-none]').hidden = list.children.length > 0;
}

if (store) begin();
