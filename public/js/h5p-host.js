// In the lesson page: takes what the sandboxed H5P frame tells and sends it to the server. The frame runs code of others,
// so everything from it is only looked at here, and judged by the server.
const LONGEST_STATEMENT = 64 * 1024;
const LONGEST_STATE = 512 * 1024;
const LONGEST_QUEUE = 200;
const KEEPALIVE_LIMIT = 60_000;
const HIGHEST = 8000;
const FAILED_HEIGHT = '8rem';

for (const task of document.querySelectorAll('[data-h5p]')) host(task);

function host(task) {
  const frame = task.querySelector('iframe');
  const status = task.querySelector('[data-h5p-status]');
  let isDone = false;
  const say = (word) => {
    // The state that is saved after the last answer must not hide that the task is done.
    const text = status?.dataset[word === 'saved' && isDone ? 'done' : word];
    if (text !== undefined && status.textContent !== text) status.textContent = text;
  };
  const { owner } = task.dataset;
  const version = Number(task.dataset.version);
  const outbox = createOutbox(`oppiva-h5p ${owner} ${task.dataset.statements}`, (word, answer) => {
    isDone ||= answer?.completed === true;
    say(word);
    if (answer?.completed) showDone();
  });

  const hello = () => frame.contentWindow?.postMessage({ to: 'oppiva-h5p' }, '*');
  const takes = {
    ready: hello,
    started: () => outbox.add({ url: task.dataset.statements, body: { owner, opened: true }, quiet: true }),
    failed: () => {
      frame.style.height = FAILED_HEIGHT;
      say('failed');
    },
    size: ({ height }) => {
      if (Number.isFinite(height) && height > 0) frame.style.height = `${Math.min(height, HIGHEST)}px`;
    },
    statement: ({ statement }) => {
      if (typeof statement !== 'object' || JSON.stringify(statement).length > LONGEST_STATEMENT) return;
      outbox.add({
        url: task.dataset.statements,
        body: { owner, key: randomKey(), statement },
        quiet: !statement?.result,
      });
    },
    state: ({ state }) => {
      if (typeof state !== 'string' || state.length > LONGEST_STATE) return;
      outbox.add({ url: task.dataset.state, body: { owner, version, state }, replaces: true });
    },
  };
  window.addEventListener('message', (event) => {
    // The frame has no origin to compare ("null" is everybody's), but it is this very window.
    if (event.source !== frame.contentWindow || event.data?.from !== 'oppiva-h5p') return;
    if (Object.hasOwn(takes, event.data.type)) takes[event.data.type](event.data);
  });
  hello();
  outbox.send();
}

/* The way on, once the task is done; the server has already marked it. */
function showDone() {
  for (const part of document.querySelectorAll('[data-h5p-done]')) part.hidden = false;
  for (const part of document.querySelectorAll('[data-h5p-undone]')) part.hidden = true;
}

/* Keeps what is not sent yet, through a lost network and a reload of this tab, and sends it in order. */
function createOutbox(name, tell) {
  const items = restore(name);
  let sending = false;
  let pause = 2000;
  let timer;

  function add(item) {
    const old = item.replaces
      ? items.findIndex((other) => other.replaces && other.url === item.url && !other.sent)
      : -1;
    if (old !== -1) items.splice(old, 1);
    items.push(item);
    if (items.length > LONGEST_QUEUE) items.shift();
    keep(name, items);
    send();
  }

  async function send() {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    while (items.length > 0) {
      const [item] = items;
      const outcome = await post(item);
      if (outcome.again) {
        tell(outcome.word);
        timer = setTimeout(send, pause);
        pause = Math.min(pause * 2, 60_000);
        break;
      }
      pause = 2000;
      const place = items.indexOf(item);
      if (place !== -1) items.splice(place, 1);
      keep(name, items);
      if (outcome.word || outcome.answer) tell(outcome.word, outcome.answer);
    }
    sending = false;
  }

  window.addEventListener('online', send);
  return { add, send };
}

/* Says whether to send the item again, which word to show, and what the server answered. */
async function post(item) {
  item.sent = true;
  const body = JSON.stringify(item.body);
  let response;
  try {
    response = await fetch(item.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body,
      keepalive: body.length < KEEPALIVE_LIMIT,
      redirect: 'manual',
    });
  } catch {
    return { again: true, word: 'offline' };
  } finally {
    item.sent = false;
  }
  // A server that forgot who is asking answers 401, or with the way to sign in.
  if (response.status === 401 || response.type === 'opaqueredirect') return { again: true, word: 'signedOut' };
  if (response.status === 429 || response.status >= 500) return { again: true, word: 'offline' };
  // What the server refuses once it refuses always.
  if (!response.ok) return { again: false };
  const answer = await response.json().catch(() => ({}));
  const saved = item.quiet ? undefined : 'saved';
  return { again: false, word: answer.completed ? 'done' : saved, answer };
}

/* Session storage belongs to this tab alone: on a shared machine nothing stays behind. It may be full or closed. */
function keep(name, items) {
  try {
    if (items.length > 0) sessionStorage.setItem(name, JSON.stringify(items));
    else sessionStorage.removeItem(name);
  } catch {
    // The queue still lives in this page.
  }
}

function restore(name) {
  try {
    return (JSON.parse(sessionStorage.getItem(name)) ?? []).map((item) => ({ ...item, sent: false }));
  } catch {
    return [];
  }
}

/* Lets the server see that a statement sent again is the same one. */
function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
