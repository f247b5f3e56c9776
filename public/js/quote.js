// A passage is chosen by painting it: the link that follows says something of just these words. Without this, the same page
// lets one choose a sentence.
const page = document.querySelector('[data-quote]');
const LONGEST = 600;

const link = document.createElement('a');
link.className = 'govuk-button govuk-button--secondary quote-link';
link.textContent = page?.dataset.quote ?? '';
link.hidden = true;
link.setAttribute('role', 'button');

/** The words before a place in a piece, without the numbers of marks that stand among them. */
function before(piece, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(piece);
  range.setEnd(node, offset);
  const words = range.cloneContents();
  for (const number of words.querySelectorAll('[data-skip]')) number.remove();
  return words.textContent;
}

function offer() {
  const selection = document.getSelection();
  const range = selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined;
  const start = range?.startContainer.parentElement?.closest('[data-piece]');
  const end = range?.endContainer.parentElement?.closest('[data-piece]');
  link.hidden = !start || start !== end || selection.isCollapsed;
  if (link.hidden) return;
  const from = before(start, range.startContainer, range.startOffset).length;
  const words = before(start, range.endContainer, range.endOffset).slice(from);
  const lead = words.length - words.trimStart().length;
  const quote = words.trim().slice(0, LONGEST);
  link.hidden = quote === '';
  const passage = encodeURIComponent(`${from + lead}|${quote}`);
  link.href = `${start.dataset.href}&piece=${encodeURIComponent(start.dataset.piece)}&passage=${passage}#say`;
  start.after(link);
}

if (page) document.addEventListener('selectionchange', offer);
