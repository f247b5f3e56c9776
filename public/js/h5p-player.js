// Runs inside the sandboxed frame, before h5p-standalone. Tells the page around it what happens; see h5p-host.js.
(() => {
  const STATE_EVERY = 3000;
  const main = () => document.getElementById('h5p-player');

  /* The frame has no origin, so its storages throw, and H5P would stop. These last as long as the page does. */
  function memoryStorage() {
    const kept = new Map();
    return {
      get length() {
        return kept.size;
      },
      key: (index) => [...kept.keys()][index] ?? null,
      getItem: (name) => kept.get(String(name)) ?? null,
      setItem: (name, value) => void kept.set(String(name), String(value)),
      removeItem: (name) => void kept.delete(String(name)),
      clear: () => kept.clear(),
    };
  }
  for (const name of ['localStorage', 'sessionStorage']) {
    try {
      window[name].getItem('');
    } catch {
      Object.defineProperty(window, name, { value: memoryStorage(), configurable: true });
    }
  }

  // Files come from another origin than "null", and some types read pixels of their pictures.
  window.H5PIntegration = { crossorigin: 'anonymous', crossoriginCacheBuster: '' };

  /* The page around may start later than this frame: what is said before it listens waits. */
  const waiting = [];
  let heard = false;
  function tell(message) {
    if (heard) window.parent.postMessage({ from: 'oppiva-h5p', ...message }, new URL(location.href).origin);
    else waiting.push(message);
  }
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || event.data?.to !== 'oppiva-h5p') return;
    heard = true;
    for (const message of waiting.splice(0)) tell(message);
  });
  function sayReady() {
    window.parent.postMessage({ from: 'oppiva-h5p', type: 'ready' }, new URL(location.href).origin);
  }

  function currentState() {
    const instance = window.H5P?.instances?.[0];
    if (typeof instance?.getCurrentState !== 'function') return undefined;
    try {
      return JSON.stringify(instance.getCurrentState());
    } catch {
      return undefined; // A content that cannot say its state now may do so later.
    }
  }

  let told;
  function tellState() {
    const state = currentState();
    if (state === undefined || state === told) return;
    told = state;
    tell({ type: 'state', state });
  }

  function watch() {
    const size = new ResizeObserver(() => {
      tell({ type: 'size', height: Math.ceil(main().getBoundingClientRect().height) });
    });
    size.observe(main());
    // What it opened with is known already; only what a person does from here on is news.
    told = currentState();
    setInterval(tellState, STATE_EVERY);
    document.addEventListener('visibilitychange', tellState);
    window.addEventListener('pagehide', tellState);
  }

  function fail(reason) {
    const message = document.getElementById('h5p-message');
    if (message) message.textContent = message.dataset.failed;
    tell({ type: 'failed', reason: String(reason).slice(0, 300) });
  }

  async function start() {
    sayReady();
    // frame.bundle.js puts another H5PStandalone in the place of this one.
    const Player = window.H5PStandalone.H5P;
    const options = JSON.parse(main().dataset.options);
    const place = document.createElement('div');
    main().append(place);
    await new Player(place, options);
    // H5P finishes itself (the names of licences) only when its jQuery calls the document ready.
    await new Promise((resolve) => window.H5P.jQuery(document).ready(resolve));

    window.H5P.externalDispatcher.on('xAPI', (event) => {
      // Statements hold live objects; the page gets them as they are now.
      tell({ type: 'statement', statement: JSON.parse(JSON.stringify(event.data.statement)) });
      setTimeout(tellState, 300);
    });
    window.H5P.init(document.body);
    document.getElementById('h5p-message')?.remove();
    watch();
    tell({ type: 'started' });
  }

  // The player waits for ever for a script that does not come.
  window.addEventListener(
    'error',
    (event) => event.target instanceof HTMLScriptElement && fail(event.target.src),
    true,
  );
  document.addEventListener('DOMContentLoaded', () => start().catch(fail));
})();
