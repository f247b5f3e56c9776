// Reads the page's text aloud by the browser's own voice and marks the sentence that is being read. Starts only when asked.
// Nothing here speaks by aria-live and no key is taken: a screen reader is left in peace. Without this the text is read by eye.
// Shortenings after which a sentence goes on.
const SHORT =
  /(?:^|[\s(])(?:esim|ks|mm|ns|nk|klo|puh|s|t|mr|mrs|ms|dr|e\.g|i\.e|t\.ex|bl\.a|m\.m|o\.s\.v|kl|tel|nro|nr|no)\.$/i;
const bar = document.querySelector('[data-read-aloud]');
const root = document.querySelector('[data-read]');
const speech = globalThis.speechSynthesis;
if (bar && root && speech && globalThis.Intl?.Segmenter) offer();

function offer() {
  const part = (name) => bar.querySelector(`[data-read-${name}]`);
  const [start, pause, stop, slower] = ['start', 'pause', 'stop', 'slow'].map(part);
  const all = [...root.querySelectorAll('h1, h2, h3, h4, p, li, dt, dd, th, td, figcaption, legend, label')];
  const isSilent = (block) =>
    block.closest('.word__about, [hidden], details:not([open]) > :not(summary), [data-read-aloud]');
  const blocks = all.filter(
    (block) => !isSilent(block) && !all.some((other) => other !== block && block.contains(other)),
  );
  let queue = [];
  let next = 0;
  let turn = 0;
  let state = 'still';

  // Voices come late in some browsers. A page in a language that no voice speaks shows no button.
  const show = () => {
    const languages = [...new Set(blocks.map(langOf))];
    bar.hidden = !languages.every((lang) => voiceOf(lang));
  };
  show();
  speech.addEventListener?.('voiceschanged', show);

  start.addEventListener('click', () => {
    queue = blocks.flatMap((block) => sentencesIn(block));
    next = 0;
    go('reading');
    say();
  });
  pause.addEventListener('click', () => {
    if (state === 'reading') {
      // Some voices never come back from pause(): the sentence begins again instead.
      go('paused');
      hush();
    } else {
      go('reading');
      say();
    }
  });
  stop.addEventListener('click', () => {
    hush();
    go('still');
    mark(undefined);
    start.focus();
  });
  slower.addEventListener('click', () => {
    const isSlow = slower.getAttribute('aria-pressed') !== 'true';
    slower.setAttribute('aria-pressed', String(isSlow));
    if (state === 'reading') {
      hush();
      say();
    }
  });
  addEventListener('pagehide', hush);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && state === 'reading') pause.click();
  });

  function go(to) {
    state = to;
    start.hidden = to !== 'still';
    pause.hidden = stop.hidden = to === 'still';
    pause.querySelector('[data-word]').textContent = to === 'paused' ? pause.dataset.goOn : pause.dataset.pause;
    if (to === 'reading' && document.activeElement === document.body) pause.focus();
  }

  function hush() {
    turn += 1;
    speech.cancel();
  }

  function say() {
    const sentence = queue[next];
    if (!sentence) {
      go('still');
      mark(undefined);
      start.focus({ preventScroll: true });
      return;
    }
    const mine = ++turn;
    const utterance = new SpeechSynthesisUtterance(sentence.text);
    utterance.lang = sentence.lang;
    utterance.voice = voiceOf(sentence.lang) ?? null;
    utterance.rate = slower.getAttribute('aria-pressed') === 'true' ? 0.7 : 0.95;
    utterance.onend = () => {
      if (mine !== turn) return;
      next += 1;
      say();
    };
    utterance.onerror = () => {
      if (mine !== turn) return;
      go('still');
      mark(undefined);
    };
    mark(sentence);
    speech.speak(utterance);
  }

  function voiceOf(lang) {
    const wanted = lang.toLowerCase().slice(0, 2);
    const fitting = speech
      .getVoices()
      .filter((voice) => voice.lang.toLowerCase().replace('_', '-').slice(0, 2) === wanted);
    return fitting.find((voice) => voice.localService) ?? fitting[0];
  }
}

function langOf(block) {
  return block.closest('[lang]')?.lang || document.documentElement.lang;
}

/** The sentences of a block, each with the range of the page that it is. What explains a word is not part of the text. */
function sentencesIn(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest('.word__about, .govuk-visually-hidden, svg, [hidden], button:not(.word)')
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  const nodes = [];
  let text = '';
  while (walker.nextNode()) {
    const node = walker.currentNode;
    nodes.push({ node, from: text.length });
    text += node.data;
  }
  const lang = langOf(block);
  const placeOf = (offset) => {
    const found = nodes.findLast(({ from }) => from <= offset);
    return [found.node, Math.min(offset - found.from, found.node.data.length)];
  };
  return sentencesOf(text, lang).map(({ start, end, text: words }) => {
    const range = new Range();
    range.setStart(...placeOf(start));
    range.setEnd(...placeOf(end - 1));
    range.setEnd(range.endContainer, range.endOffset + 1);
    return { text: words, lang, range, block };
  });
}

/** Painted by the browser over the text, which itself stays as it was; older browsers mark the whole block. */
function mark(sentence) {
  for (const block of document.querySelectorAll('.is-read')) block.classList.remove('is-read');
  if (globalThis.CSS?.highlights) {
    CSS.highlights.delete('read-aloud');
    if (sentence) CSS.highlights.set('read-aloud', new Highlight(sentence.range));
  } else sentence?.block.classList.add('is-read');
  if (!sentence) return;
  const box = sentence.range.getBoundingClientRect();
  const isSeen = box.top > 80 && box.bottom < innerHeight - 120;
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (!isSeen) sentence.block.scrollIntoView({ block: 'center', behavior: isCalm ? 'auto' : 'smooth' });
}

// The sentences of a text with their places in it, by the browser's knowledge of the language. A line that ends without a
// mark goes on, and so does what ends in a shortening.
function sentencesOf(text, lang) {
  const sentences = [];
  let open;
  for (const { segment, index } of new Intl.Segmenter(lang, { granularity: 'sentence' }).segment(text)) {
    const end = index + segment.length;
    open = open ? { start: open.start, end } : { start: index, end };
    const words = text.slice(open.start, end).trim();
    const isLast = end === text.length;
    const goesOn = SHORT.test(words) || (/\n\s*$/.test(segment) && !/[.!?:”"»]\s*$/.test(segment) && !isLast);
    if (goesOn && !isLast) continue;
    add(text, open, sentences);
    open = undefined;
  }
  if (open) add(text, open, sentences);
  return sentences;
}

function add(text, { start, end }, sentences) {
  const raw = text.slice(start, end);
  const before = raw.length - raw.trimStart().length;
  const after = raw.length - raw.trimEnd().length;
  const words = raw.trim().replace(/\s+/g, ' ');
  if (/[\p{L}\p{N}]/u.test(words)) sentences.push({ start: start + before, end: end - after, text: words });
}
