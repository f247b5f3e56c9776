const MEGABYTE = 1024 * 1024;

/** How much a package may hold. Sizes are bytes; `ratio` is unpacked bytes for each packed byte. */
export interface ArchiveLimits {
  uploadBytes: number;
  entries: number;
  fileBytes: number;
  totalBytes: number;
  ratio: number;
  jsonBytes: number;
  jsonDepth: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  uploadBytes: 200 * MEGABYTE,
  entries: 10_000,
  fileBytes: 150 * MEGABYTE,
  totalBytes: 400 * MEGABYTE,
  ratio: 200,
  jsonBytes: 5 * MEGABYTE,
  jsonDepth: 64,
};

/** A file smaller than this is no bomb, however well it packs. */
export const RATIO_COUNTS_FROM = MEGABYTE;

/** The newest H5P core interface that h5p-standalone 3.8 speaks. */
export const CORE_API = { majorVersion: 1, minorVersion: 28 };

/** H5P's own list of what content may hold (H5PCore::$defaultContentWhitelist): nothing that a browser would run. */
export const CONTENT_KINDS: ReadonlySet<string> = new Set(
  (
    'json png jpg jpeg gif bmp tif tiff eot ttf woff woff2 otf webm mp4 ogg mp3 m4a wav txt pdf rtf doc docx xls xlsx ' +
    'ppt pptx odt ods odp csv diff patch swf md textile vtt webvtt gltf glb'
  ).split(' '),
);

/** What a library may hold besides: H5P's own list, and yml, which real libraries carry. */
export const LIBRARY_KINDS: ReadonlySet<string> = new Set([...CONTENT_KINDS, 'js', 'css', 'svg', 'xml', 'yml']);

/** Kinds that a browser would run; a person who put them into content gets a message of their own. */
export const ACTIVE_KINDS: ReadonlySet<string> = new Set(['svg', 'html', 'htm', 'xhtml', 'js', 'mjs', 'css', 'xml']);

/** Libraries that build code from text at run time, which the player's security policy does not allow. */
export const EVAL_LIBRARIES: ReadonlySet<string> = new Set(['H5P.Timeline', 'EmbeddedJS']);
