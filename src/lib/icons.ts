/** Every icon of the product: 24 px grid, 2 px round line in the colour of the text. Always used beside a word. */
const drawings = {
  badge: '<circle cx="12" cy="9.5" r="5.5"/><path d="m8.5 14-1.3 6.5 4.8-2.5 4.8 2.5-1.3-6.5"/>',
  bell: '<path d="M6.5 17V11a5.5 5.5 0 0 1 11 0v6M4.5 17h15M10.5 20h3"/>',
  bold: '<path d="M7.5 5h5.3a3.5 3.5 0 0 1 0 7H7.5ZM7.5 12h6.2a3.5 3.5 0 0 1 0 7H7.5Z"/>',
  book: '<path d="M12 6.5C10 5 7 4.6 4 5v13c3-.4 6 0 8 1.5 2-1.5 5-1.9 8-1.5V5c-3-.4-6 0-8 1.5Z"/><path d="M12 6.5v13"/>',
  building: '<path d="M5 20V5.5h9V20M14 10h5v10M3.5 20h17"/><path d="M8 9h3M8 12.5h3M8 16h3"/>',
  cal: '<path d="M4.5 6.5h15V20h-15Z"/><path d="M4.5 10.5h15M8.5 3.5v4M15.5 3.5v4"/>',
  check: '<path d="m5 12.8 4.6 4.7L19 7.5"/>',
  clock: '<circle cx="12" cy="12" r="8.2"/><path d="M12 7.5V12l3 2.2"/>',
  copy: '<path d="M8.5 8.5h11v11h-11Z"/><path d="M5 15.5H4.5v-11h11V5"/>',
  down: '<path d="M12 5v13"/><path d="m6.5 13 5.5 5.5 5.5-5.5"/>',
  download: '<path d="M12 4.5v11"/><path d="m7.5 11 4.5 4.5L16.5 11M4.5 15.5v4h15v-4"/>',
  eye: '<path d="M2.5 12C5 7.7 8.3 5.7 12 5.7s7 2 9.5 6.3c-2.5 4.3-5.8 6.3-9.5 6.3S5 16.3 2.5 12Z"/><circle cx="12" cy="12" r="2.8"/>',
  flag: '<path d="M6 21V4"/><path d="M6 5c4-2.5 7 2.5 12 0v8c-5 2.5-8-2.5-12 0"/>',
  gear: '<circle cx="12" cy="12" r="3.2"/><path d="M12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3M6 6l2.1 2.1M15.9 15.9 18 18M18 6l-2.1 2.1M8.1 15.9 6 18"/>',
  gift: '<path d="M4.5 9h15v4h-15ZM6 13v7h12v-7M12 9v11M12 9C8 9 7 4.5 9.5 4.5 11.5 4.5 12 7 12 9Zm0 0c4 0 5-4.5 2.5-4.5C12.5 4.5 12 7 12 9Z"/>',
  globe: '<circle cx="12" cy="12" r="8.2"/><path d="M3.8 12h16.4M12 3.8c5 5 5 11.4 0 16.4-5-5-5-11.4 0-16.4Z"/>',
  heading: '<path d="M6.5 5v14M17.5 5v14M6.5 12h11"/>',
  heart: '<path d="M12 19.5C6.5 15.5 4 12.5 4 9.3a4.2 4.2 0 0 1 8-1.9 4.2 4.2 0 0 1 8 1.9c0 3.2-2.5 6.2-8 10.2Z"/>',
  help: '<path d="M4 6.5h16v10H12.5L8 20.5v-4H4Z"/><path d="M10 10.3c.3-2.6 4.2-2.2 3.9 0-.2 1.2-1.9 1.3-1.9 2.7"/><path d="M12 14.9v.01"/>',
  hide: '<path d="M2.5 10C5 14.3 8.3 16.3 12 16.3s7-2 9.5-6.3"/><path d="m5.5 14-1.7 2.5M12 16.5v3M18.5 14l1.7 2.5"/>',
  home: '<path d="M4 11.5 12 4.5l8 7"/><path d="M6.5 10v9h11v-9"/><path d="M10.5 19v-5h3v5"/>',
  hush: '<path d="M4 6.5h16v10H12.5L8 20.5v-4H4Z"/><path d="M8 11.5h8"/>',
  image: '<path d="M4 5.5h16v13H4Z"/><path d="m4 16 5-5 4 4 2.5-2.5L20 17"/><circle cx="15.5" cy="9.3" r="1.2"/>',
  italic: '<path d="M10.5 5h6M7.5 19h6M13.5 5l-3 14"/>',
  key: '<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.5M16 7.5l2.8 2.8"/>',
  link: '<path d="M10 14 14 10"/><path d="m9 9.5-3 3a3.5 3.5 0 0 0 5 5l3-3M15 14.5l3-3a3.5 3.5 0 0 0-5-5l-3 3"/>',
  list: '<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5v.01M4.5 12v.01M4.5 17.5v.01"/>',
  lock: '<path d="M5.5 11h13v9h-13Z"/><path d="M8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.7v2"/>',
  mail: '<path d="M3.5 6h17v12.5h-17Z"/><path d="m4 7 8 6.5L20 7"/>',
  next: '<path d="M5 12h13"/><path d="m13 6.5 5.5 5.5-5.5 5.5"/>',
  out: '<path d="M13.5 4.5h-8v15h8"/><path d="M10 12h10M16.5 8.5 20 12l-3.5 3.5"/>',
  pen: '<path d="m4.5 19.5 1-4.5L16 4.5 19.5 8 9 18.5Z"/><path d="m13.5 7 3.5 3.5"/>',
  people:
    '<circle cx="9" cy="8.5" r="3.2"/><path d="M2.8 19.5c.5-4 2.7-6 6.2-6s5.7 2 6.2 6"/><path d="M15.5 5.7a3 3 0 0 1 .6 5.7M17.5 14c2 .7 3.3 2.5 3.7 5.5"/>',
  person: '<circle cx="12" cy="8" r="3.7"/><path d="M4.8 20c.7-4.5 3.3-6.5 7.2-6.5s6.5 2 7.2 6.5"/>',
  phone:
    '<path d="M6 3.8 9.3 3l1.9 4.6-2.3 1.9c1.1 2.5 2.9 4.3 5.5 5.5l1.9-2.3 4.7 1.9-.8 3.4c-.4 1.6-1.7 2.3-3.3 2C10.3 18.8 5.2 13.7 4 7.1c-.3-1.6.4-2.9 2-3.3Z"/>',
  pin: '<path d="M12 21c4.5-4.7 6.7-8.3 6.7-11.3A6.6 6.6 0 0 0 12 3a6.6 6.6 0 0 0-6.7 6.7C5.3 12.7 7.5 16.3 12 21Z"/><circle cx="12" cy="9.7" r="2.3"/>',
  play: '<path d="M7.5 5v14L19 12Z"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  moon: '<path d="M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7Z"/>',
  prev: '<path d="M19 12H6"/><path d="M11 6.5 5.5 12l5.5 5.5"/>',
  print: '<path d="M7 8.5V4h10v4.5M7 17H4V8.5h16V17h-3"/><path d="M7 14h10v6H7Z"/>',
  puzzle: '<path d="M4.5 8.5h4.2a2.3 2.3 0 1 1 4.6 0h4.2v4.2a2.3 2.3 0 1 1 0 4.6v2.7h-13Z"/>',
  question: '<circle cx="12" cy="12" r="8.2"/><path d="M9.7 10c.3-3 5-2.6 4.6.2-.2 1.4-2.3 1.6-2.3 3.3M12 16.2v.01"/>',
  quote: '<path d="M5 17c3-1.5 4-4 4-6.5H5v-4h5M14 17c3-1.5 4-4 4-6.5h-4v-4h5"/>',
  redo: '<path d="M17 12.5a5.5 5.5 0 1 1-1.6-5.5L18.5 10"/><path d="M18.7 5v5h-5"/>',
  route:
    '<circle cx="6" cy="18.5" r="2"/><circle cx="18" cy="5.5" r="2"/><path d="M8 18.5h7.5a3.2 3.2 0 0 0 0-6.5h-7a3.2 3.2 0 0 1 0-6.5H16"/>',
  search: '<circle cx="10.7" cy="10.7" r="6.2"/><path d="m15.5 15.5 4.5 4.5"/>',
  sign: '<path d="M3.5 19.5h17"/><path d="M4.5 15.5c3-1 7-8 5-9.5s-4 5-2.5 8 4-3.5 5-2.5 0 3 1.5 3 2-1.5 3-1.5.8 1 2 1"/>',
  sliders:
    '<path d="M4 8h8M17 8h3M4 16h3M12 16h8"/><circle cx="14.5" cy="8" r="2.3"/><circle cx="9.5" cy="16" r="2.3"/>',
  sound: '<path d="M4 9.5h3.5L12 5.5v13l-4.5-4H4Z"/><path d="M15 9.2a4 4 0 0 1 0 5.6M17.6 6.6a7.6 7.6 0 0 1 0 10.8"/>',
  star: '<path d="M12 3.5v4M12 16.5v4M3.5 12h4M16.5 12h4M6 6l2.8 2.8M15.2 15.2 18 18M18 6l-2.8 2.8M8.8 15.2 6 18"/>',
  stop: '<path d="M12 4.5 3.5 19.5h17Z"/><path d="M12 10.5v4M12 17v.01"/>',
  table: '<path d="M4 5.5h16v13H4ZM4 10h16M4 14.2h16M10 10v8.5"/>',
  trash: '<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10.2 10.5v5.5M13.8 10.5v5.5"/>',
  twig: '<path d="M12 21V10"/><path d="M12 13c-5 0-7-2.6-7-7 4.5 0 7 2 7 7Z"/><path d="M12 16c0-4 2-6 7-6 0 4-2.5 6-7 6Z"/>',
  undo: '<path d="M7 12.5a5.5 5.5 0 1 0 1.6-5.5L5.5 10"/><path d="M5.3 5v5h5"/>',
  up: '<path d="M12 19V6"/><path d="m6.5 11 5.5-5.5 5.5 5.5"/>',
  upload: '<path d="M12 15.5V4.5"/><path d="m7.5 9 4.5-4.5L16.5 9M4.5 15.5v4h15v-4"/>',
  video: '<path d="M3.5 6.5h12v11h-12ZM15.5 10.5l5-3v9l-5-3"/>',
  wave: '<path d="M4 12.5c2.7-4.5 5.3-4.5 8 0s5.3 4.5 8 0"/>',
  x: '<path d="m6.5 6.5 11 11M17.5 6.5l-11 11"/>',
};

export type IconName = keyof typeof drawings;

export const ICON_NAMES = Object.keys(drawings) as IconName[];

const symbols = new Map<string, string>(
  ICON_NAMES.map((name) => [name, `<symbol id="i-${name}" viewBox="0 0 24 24">${drawings[name]}</symbol>`]),
);
const references = new Map<string, string>(
  ICON_NAMES.map((name) => [
    name,
    `<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-${name}"/></svg>`,
  ]),
);

/** The icons of one page: hands out references and remembers them, so that the page carries only what it uses. */
export class IconSet {
  readonly #used = new Set<string>();

  /** Markup of one icon, hidden from screen readers. Throws on a name that has no drawing. */
  icon = (name: string): string => {
    const reference = references.get(name);
    if (reference === undefined) throw new Error(`No icon is named "${name}"`);
    this.#used.add(name);
    return reference;
  };

  /** The drawings of the icons used so far. Stands once on a page, after its last icon. */
  sprite = (): string =>
    `<svg width="0" height="0" class="govuk-visually-hidden" aria-hidden="true" focusable="false">${[...this.#used]
      .map((name) => symbols.get(name))
      .join('')}</svg>`;
}
