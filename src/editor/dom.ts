/** An element with attributes and what is inside it; strings are text. */
export const element = (
  tag: string,
  attributes: Record<string, string> = {},
  ...inside: (string | HTMLElement)[]
): HTMLElement => {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
};
