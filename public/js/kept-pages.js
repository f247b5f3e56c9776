// Pages that can be read without a network, one cache for the person of this device. The server says which ones may stay
// (X-Oppiva-Keep) and whose they are (X-Oppiva-Person); when that changes or ends, all of it is wiped.
self.keptPages = (() => {
  const CACHE = 'oppiva-pages';
  // In simple mode each thought of a lesson is a page.
  const MOST_PAGES = 300;
  const MOST_BYTES = 30_000_000;
  const MOST_PICTURE = 3_000_000;
  const DAY = 24 * 3600 * 1000;
  const MOST_AGE = 30 * DAY;
  const FRESH = 10 * 60 * 1000;
  const store = self.deviceStore;

  const person = () => store.get('facts', 'person');
  /** In simple mode a lesson has a page for each place (?at=); other queries are of the moment. */
  const addressOf = (url) => {
    const { pathname, searchParams } = new URL(url, self.location.origin);
    const at = searchParams.get('at');
    return at ? `${pathname}?at=${at}` : pathname;
  };

  /** Wipes pages and texts that the server has too; what was not sent yet stays for its own person. */
  async function wipe() {
    await caches.delete(CACHE);
    await store.use((database) => database.clear('pages'));
    for (const row of await store.all('typed')) {
      if (row.isKept) await store.remove('typed', [row.person, row.form]);
    }
  }

  /** What every answer of the server tells: whose it is, and whether this device keeps pages. */
  async function learn(response) {
    const tag = response.headers.get('X-Oppiva-Person');
    if (!tag) return;
    const now = tag === 'nobody' ? undefined : tag;
    if ((await person()) !== now) {
      await wipe();
      await store.put('facts', now, 'person');
    } else if (response.headers.get('X-Oppiva-Keeping') === 'no' && (await store.all('pages')).length > 0) await wipe();
  }

  /** Keeps a page that may be kept, with its pictures and the pages that it names. */
  async function keep(request, response, isAhead = false) {
    const tag = response.headers.get('X-Oppiva-Person');
    if (response.status !== 200 || response.headers.get('X-Oppiva-Keep') !== 'yes' || tag !== (await person())) return;
    const address = addressOf(request.url);
    const text = await response.clone().text();
    const cache = await caches.open(CACHE);
    const headers = {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': response.headers.get('Content-Security-Policy') ?? '',
    };
    await cache.put(address, new Response(text, { headers }));
    const title = decodeURIComponent(response.headers.get('X-Oppiva-Title') ?? '');
    const seenAt = isAhead ? (await store.get('pages', address))?.seenAt : Date.now();
    await store.put('pages', { address, person: tag, title, bytes: text.length, at: Date.now(), seenAt });
    // Somebody else may have come in while this was written.
    if (tag !== (await person())) return wipe();
    await keepPictures(cache, text);
    await trim(cache);
    const also = /data-keep-also="([^"]*)"/.exec(text)?.[1];
    if (also) await keepAlso(also.split(' ').filter(Boolean));
  }

  async function keepPictures(cache, text) {
    for (const [, source] of text.matchAll(/<img[^>]+src="(\/files\/[^"]+)"/g)) {
      if (await cache.match(source)) continue;
      const response = await fetch(source).catch(() => undefined);
      const size = Number(response?.headers.get('Content-Length') ?? 0);
      if (response?.ok && size <= MOST_PICTURE) await cache.put(source, response);
    }
  }

  /** One after the other: a slow network is the person's before it is ours. */
  async function keepAlso(addresses) {
    for (const address of addresses) {
      const known = await store.get('pages', address);
      if (known && Date.now() - known.at < FRESH) continue;
      // Asked for ahead, a page is not one that somebody reads.
      const headers = { 'X-Oppiva-Ahead': 'yes' };
      const response = await fetch(address, { headers }).catch(() => undefined);
      if (!response || response.redirected) return;
      await keepOne(address, response);
    }
  }

  async function keepOne(address, response) {
    const text = (await response.clone().text()).replace(/data-keep-also="[^"]*"/, '');
    await keep({ url: new URL(address, self.location.origin).href }, new Response(text, response), true);
  }

  async function trim(cache) {
    const pages = (await store.all('pages')).toSorted((a, b) => b.at - a.at);
    let bytes = 0;
    for (const [index, page] of pages.entries()) {
      bytes += page.bytes;
      if (index < MOST_PAGES && bytes <= MOST_BYTES && Date.now() - page.at < MOST_AGE) continue;
      await cache.delete(page.address);
      await store.remove('pages', page.address);
    }
  }

  /** A page of the person of this device; undefined when there is none. */
  async function find(url) {
    const page = await placeOf(addressOf(url));
    return page && (await caches.open(CACHE)).match(page.address);
  }

  /** A lesson of many pages opens at the one that was read last, unless the address names one. */
  async function placeOf(address) {
    const pages = await store.ofPerson('pages', (await person()) ?? '');
    return pages
      .filter((page) => page.address === address || page.address.startsWith(`${address}?at=`))
      .filter(({ at }) => Date.now() - at <= MOST_AGE)
      .toSorted((a, b) => (b.seenAt ?? 0) - (a.seenAt ?? 0) || a.address.length - b.address.length)[0];
  }

  /** This page was shown from the device. */
  async function seen(url) {
    const page = await placeOf(addressOf(url));
    if (page) await store.put('pages', { ...page, seenAt: Date.now() });
  }

  const findPicture = async (request) => (await caches.open(CACHE)).match(addressOf(request.url));

  return { wipe, learn, keep, find, seen, findPicture, person };
})();
