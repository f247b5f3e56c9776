import { type LibraryRef, libraryFolder } from './h5p.libraries';

type Translate = (key: string) => string;

/** Addresses of everything the player loads; all start with a slash. */
export interface PlayerAddresses {
  /** h5p-standalone's frame.bundle.js and styles/h5p.css. */
  frameJs: string;
  frameCss: string;
  /** The folder with h5p.json and content/, that is `/h5p/c/<token>`. */
  content: string;
  /** The folder with all libraries, that is `/h5p/lib/<generation>`. */
  libraries: string;
}

export interface PlayerContent {
  /** Letters, digits and dashes; a name inside the player's document. */
  id: string;
  title: string;
  /** The address that names the content for good, without a signature: xAPI's object id. */
  iri: string;
  /** State saved before, as JSON text. */
  state?: string | undefined;
}

/** Seconds between the player's own looks at the state. Without a number it would not restore any. */
const SAVE_FREQUENCY = 5;

/** What h5p-standalone is started with, inside the sandboxed document. Plain JSON. */
export function playerOptions(content: PlayerContent, addresses: PlayerAddresses, t: Translate) {
  return {
    id: content.id,
    title: content.title,
    h5pJsonPath: addresses.content,
    librariesPath: addresses.libraries,
    frameJs: addresses.frameJs,
    frameCss: addresses.frameCss,
    xAPIObjectIRI: content.iri,
    // An iframe inside the sandbox would be another opaque origin, which the player could not reach.
    embedType: 'div',
    // The name is the wrong way round: false means that we start the content, after our listener is in place.
    preventH5PInit: false,
    frame: true,
    copyright: true,
    export: false,
    embed: false,
    icon: false,
    fullScreen: true,
    saveFreq: SAVE_FREQUENCY,
    // Without an entry the player asks the server for the state, and builds the content before the answer comes.
    contentUserData: [content.state === undefined ? {} : { state: content.state }],
    assetsRequestFetchOptions: { credentials: 'omit' },
    translations: { H5P: coreTexts(t) },
  };
}
export type PlayerOptions = ReturnType<typeof playerOptions>;

/** The player's own words, in the reader's language. */
function coreTexts(t: Translate): Record<string, string> {
  return {
    fullscreen: t('h5p.core.fullscreen'),
    disableFullscreen: t('h5p.core.disableFullscreen'),
    copyrights: t('h5p.core.copyrights'),
    copyrightsDescription: t('h5p.core.copyrightsDescription'),
    copyrightInformation: t('h5p.core.copyrights'),
    noCopyrights: t('h5p.core.noCopyrights'),
    close: t('h5p.core.close'),
    title: t('h5p.core.title'),
    author: t('h5p.core.author'),
    year: t('h5p.core.year'),
    source: t('h5p.core.source'),
    license: t('h5p.core.license'),
    showMore: t('h5p.core.showMore'),
    showLess: t('h5p.core.showLess'),
    confirmDialogHeader: t('h5p.core.confirmHeader'),
    confirmDialogBody: t('h5p.core.confirmBody'),
    cancelLabel: t('h5p.core.cancel'),
    confirmLabel: t('h5p.core.confirm'),
  };
}

/**
 * The Content-Security-Policy of the player's document. `sandbox` keeps it without an origin even when someone opens its
 * address by itself; scripts come only from our own assets and installed libraries, never from content.
 * @param origin scheme, host and port of this installation
 */
export function playerPolicy(origin: string): string {
  const code = `${origin}/assets/ ${origin}/h5p/lib/`;
  const all = `${code} ${origin}/h5p/c/`;
  return [
    'sandbox allow-scripts',
    "default-src 'none'",
    `script-src ${code}`,
    // Content types place their parts by style attributes, and some bring their sheet inside a script. Scripts stay closed.
    `style-src ${code} 'unsafe-inline'`,
    `img-src ${all} data: blob:`,
    `media-src ${all} data: blob:`,
    `font-src ${all} data:`,
    `connect-src ${origin}/h5p/lib/ ${origin}/h5p/c/`,
    `frame-ancestors ${origin}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Headers of library and content files: read by a document without an origin, never run as one. */
export const FILE_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'Referrer-Policy': 'no-referrer',
} as const;

/** The h5p.json that the player gets: only what it reads, with the complete list of libraries in place of the package's own. */
export function servedH5pJson(title: string, mainLibrary: LibraryRef, dependencies: readonly LibraryRef[]) {
  const main = libraryFolder(mainLibrary);
  const others = dependencies.filter((ref) => libraryFolder(ref) !== main);
  return {
    title,
    mainLibrary: mainLibrary.machineName,
    embedTypes: ['div'],
    preloadedDependencies: [mainLibrary, ...others],
  };
}
