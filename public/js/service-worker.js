// Network first; without one, opened lessons are read from the device and answers wait on it. See kept-pages.js and outbox.js.
const FILES = 'oppiva-files';
const MOST_FILES = 120;
/** A network that says nothing for so long is none, when the page is on the device. */
const PATIENCE = 6000;
/** What a proxy answers when the server is away. */
const AWAY = [502, 503, 504];
const { keptPages, outbox, deviceStore: store } = self;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(self.OPPIVA_FILES)));
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && request.method === 'POST') event.respondWith(send(event, url));
  else if (request.method !== 'GET') return;
  else if (request.mode === 'navigate') event.respondWith(open(event, url));
  else if (/^\/(assets|fonts)\//.test(url.pathname) && !url.pathname.includes('/h5p-player/'))
    event.respondWith(file(event));
  else if (url.pathname.startsWith('/files/')) event.respondWith(picture(request));
});

self.addEventListener('sync', (event) => {
  if (event.tag === 'outbox')
    event.waitUntil(outbox.flush().then((isDone) => isDone || Promise.reject(new Error('waits'))));
});

self.addEventListener('message', (event) => {
  const { type, person, lang } = event.data ?? {};
  if (type === 'hello') event.waitUntil(hello(person, lang));
  if (type === 'flush') event.waitUntil(outbox.flush());
});

/** A page says whose it is when the worker has only just come, and in which language to speak without a network. */
async function hello(person, lang) {
  if (person && !(await keptPages.person())) await store.put('facts', person, 'person');
  if (lang && (await store.get('facts', 'lang')) !== lang) {
    const response = await fetch(`/offline?lang=${lang}`, { credentials: 'omit' }).catch(() => undefined);
    if (response?.ok) {
      await (await caches.open(FILES)).put('/offline', response);
      await store.put('facts', lang, 'lang');
    }
  }
  await outbox.flush();
}

async function open(event, url) {
  await leaveLate();
  const kept = await keptPages.find(url);
  const asked = fetch(event.request);
  try {
    const response = await (kept ? within(PATIENCE, asked) : asked);
    if (AWAY.includes(response.status) && kept) return fromDevice(event, url, kept);
    await keptPages.learn(response);
    event.waitUntil(keptPages.keep(event.request, response.clone()));
    return response;
  } catch {
    return kept ? fromDevice(event, url, kept) : withoutNetwork(url);
  }
}

/** Tells the page that it comes from the device. */
async function fromDevice(event, url, kept) {
  event.waitUntil(keptPages.seen(url));
  const text = (await kept.text()).replace('<body', '<body data-from-device');
  return new Response(text, { headers: kept.headers });
}

/** A quiz opens at its list when the place to go on at is not known here. */
async function withoutNetwork(url) {
  const list = url.pathname.replace(/\/questions$/, '/overview');
  const kept = list !== url.pathname && (await keptPages.find(new URL(list, url.origin)));
  return kept ? Response.redirect(new URL(list, url.origin), 303) : offlinePage();
}

async function offlinePage() {
  const page = await (await caches.open(FILES)).match('/offline');
  return page ?? new Response('Oppiva: no network.', { status: 503, headers: { 'Content-Type': 'text/plain' } });
}

/** A form that somebody sent. Those of lessons wait for the network; of others the text is kept by their page. */
async function send(event, url) {
  if (url.pathname === '/sign-out') return leave(event);
  if (!outbox.isForm(url)) {
    try {
      const response = await fetch(event.request);
      if (response.type !== 'opaqueredirect') await keptPages.learn(response);
      return response;
    } catch {
      return offlinePage();
    }
  }
  const body = await event.request.clone().text();
  try {
    if (!(await outbox.isEmpty())) await within(PATIENCE, outbox.flush());
    const response = await fetch(event.request);
    if (!AWAY.includes(response.status)) return response;
  } catch {}
  if (!(await outbox.add(url.pathname, body))) return offlinePage();
  return Response.redirect(new URL(await nextAfter(url.pathname, body), url.origin), 303);
}

/** Where one goes on from a form that waits: to what is next and on the device. */
async function nextAfter(action, body) {
  if (action === '/visits/contacts') return '/visits/contacts/new';
  const [, , course, lesson, what, number] = action.split('/');
  const base = `/learn/${course}/${lesson}`;
  const given = new URLSearchParams(body).get('next');
  const wishes = {
    questions: [`${base}/questions/${Number(number) + 1}`, `${base}/overview`],
    'hand-in': [`${base}/help-level`],
    done: given?.startsWith('/learn/') ? [given.split('#')[0]] : [],
    feedback: [`${base}#after`],
  }[what];
  for (const wish of [...(wishes ?? []), `/learn/${course}`])
    if (await keptPages.find(new URL(wish, self.location.origin))) return wish;
  return '/';
}

/** What waits is sent first, if it can be; then nothing of the person stays to be read. */
async function leave(event) {
  await within(4000, outbox.flush()).catch(() => undefined);
  try {
    return await fetch(event.request);
  } catch {
    await store.put('facts', true, 'leaving');
    return offlinePage();
  } finally {
    await keptPages.wipe();
    await store.put('facts', undefined, 'person');
  }
}

/** Somebody signed out without a network: the server hears of it before anything else. */
async function leaveLate() {
  if (!(await store.get('facts', 'leaving'))) return;
  const response = await fetch('/sign-out', { method: 'POST', redirect: 'manual' }).catch(() => undefined);
  if (response) await store.remove('facts', 'leaving');
}

async function file(event) {
  const cache = await caches.open(FILES);
  const known = await cache.match(event.request);
  if (known) return known;
  const response = await fetch(event.request);
  if (response.ok && response.type === 'basic') event.waitUntil(keepFile(cache, event.request, response.clone()));
  return response;
}

/** Addresses of files change with their content, so the oldest ones are of no use. */
async function keepFile(cache, request, response) {
  await cache.put(request, response);
  const keys = await cache.keys();
  for (const key of keys.filter(({ url }) => !url.endsWith('/offline')).slice(0, -MOST_FILES)) await cache.delete(key);
}

async function picture(request) {
  try {
    return await fetch(request);
  } catch {
    return (await keptPages.findPicture(request)) ?? Response.error();
  }
}

function within(milliseconds, promise) {
  const late = new Promise((_, reject) => setTimeout(reject, milliseconds, new Error('no network')));
  return Promise.race([promise, late]);
}
