/** An element with attributes and what is inside it; strings are text. */
export const element = (
  tag: string,
  attributes: Record<string, string> = {},
  ...inside: (string | Node)[]
): HTMLElement => {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
};

/** A drawing of the page; its words stand beside it. */
export function icon(name: string): DocumentFragment {
  const drawn = document
    .querySelector<HTMLTemplateElement>('#page-icons')
    ?.content.querySelector(`[data-icon="${name}"]`);
  const made = document.createDocumentFragment();
  made.append(...[...(drawn?.childNodes ?? [])].map((one) => one.cloneNode(true)));
  return made;
}
