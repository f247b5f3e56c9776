// Forms that were sent without a network: kept on the device in their order until the server names them as stored.
self.outbox = (() => {
  const store = self.deviceStore;
  const AT_ONCE = 20;
  const FORMS =
    /^\/visits\/contacts$|^\/learn\/[^/]+\/[^/]+\/(questions\/\d+|done|hand-in|help-level|feedback(\/(what|removal))?)$/;

  /** Keeps a form. True when it is on the disk. The same form again is kept once. */
  async function add(action, body) {
    const person = await self.keptPages.person();
    if (!person) return false;
    const fields = new URLSearchParams(body);
    const named = fields.get('answer_id');
    const waiting = await store.ofPerson('outbox', person);
    // A form without a key of its own is the same as the last one when it says the same.
    const twins = waiting.filter((item) => (named ? item.key === named : item.action === action));
    if ((named ? twins : twins.slice(-1)).some((item) => item.body === body)) return true;
    const key = named ?? crypto.randomUUID();
    // Another answer by the same key would be taken for the same one.
    const isTaken = waiting.some((item) => item.key === key);
    const item = { person, key: isTaken ? crypto.randomUUID() : key, action, body, given_at: new Date().toISOString() };
    const isKept = await store.put('outbox', item);
    // The text has moved from the form to the outbox.
    if (isKept) await store.remove('typed', [person, action]);
    await self.registration.sync?.register('outbox').catch(() => undefined);
    await tell({ type: 'outbox' });
    return isKept;
  }

  let sending;
  let isAskedAgain = false;
  /** Sends what waits, in order; called again meanwhile it is the same sending, tried once more if it comes to nothing. */
  function flush() {
    if (sending) {
      // The network may have come back while the last try was still failing.
      isAskedAgain = true;
      return sending;
    }
    sending = navigator.locks.request('oppiva-outbox', untilDone).finally(() => {
      sending = undefined;
    });
    return sending;
  }

  async function untilDone() {
    for (;;) {
      isAskedAgain = false;
      const isDone = await send();
      if (isDone || !isAskedAgain) return isDone;
    }
  }

  async function send() {
    for (;;) {
      const person = await self.keptPages.person();
      const items = person ? (await store.ofPerson('outbox', person)).slice(0, AT_ONCE) : [];
      if (items.length === 0) return true;
      const sent_at = new Date().toISOString();
      const forms = items.map(({ key, sequence, given_at, action, body }) => ({
        key,
        sequence,
        given_at,
        action,
        body,
      }));
      const response = await fetch('/outbox', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ person, device: await deviceId(), sent_at, items: forms }),
      }).catch(() => undefined);
      if (response?.status === 401) await tell({ type: 'sign-in' });
      if (!response?.ok) return false;
      const { stored } = await response.json();
      const told = [];
      for (const { key, outcome } of stored) {
        const item = items.find((one) => one.key === key);
        if (!item) continue;
        await store.remove('outbox', item.sequence);
        told.push({ action: item.action, outcome });
      }
      if (told.length === 0) return false;
      await remember(told);
      await tell({ type: 'sent' });
    }
  }

  /** What the person should hear of when they next look: told by a page, then forgotten. */
  async function remember(told) {
    const news = told.filter(({ outcome }) => outcome !== 'kept');
    if (news.length > 0)
      await store.put('facts', [...((await store.get('facts', 'news')) ?? []), ...news].slice(-20), 'news');
  }

  async function deviceId() {
    const known = await store.get('facts', 'device');
    if (known) return known;
    const made = crypto.randomUUID();
    await store.put('facts', made, 'device');
    return made;
  }

  async function tell(message) {
    for (const client of await self.clients.matchAll()) client.postMessage(message);
  }

  const isForm = (url) => FORMS.test(new URL(url).pathname);
  const isEmpty = async () => (await store.ofPerson('outbox', await self.keptPages.person())).length === 0;

  return { add, flush, isForm, isEmpty };
})();
