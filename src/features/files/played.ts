import type { Language } from '../../lib/i18n';
import { fileAddress } from './picture-tag';
import type { StoredFile } from './stored-file';
import { type Cue, transcriptOf } from './webvtt';

/** A sound, video or document as a page plays it or gives it; kept with what is published, so that reading asks for nothing. */
export interface Played {
  src: string;
  name: string;
  width: number;
  height: number;
  bytes: number;
  tracks: { language: Language; src: string }[];
  /** What is said in it, in the language of the text or the first there is. */
  said: { language: Language; paragraphs: string[] } | undefined;
  /** Its maker, where one is to be named, and under what licence. */
  author: string;
  licence: string;
}

/** The address of a file's captions; another one after the file was replaced. */
export const trackAddress = ({ id, version }: Pick<StoredFile, 'id' | 'version'>, language: Language): string =>
  `/files/${id}/captions/${language}.vtt?v=${version}`;

export function played(
  file: StoredFile,
  captions: readonly { language: Language; cues: Cue[] }[],
  language: Language,
): Played {
  const ordered = [...captions].sort((a, b) => Number(b.language === language) - Number(a.language === language));
  const [first] = ordered;
  const { name, width, height, bytes, author, licence } = file;
  return {
    ...{ src: fileAddress(file), name, width, height, bytes, author, licence },
    tracks: ordered.map((track) => ({ language: track.language, src: trackAddress(file, track.language) })),
    said: first && { language: first.language, paragraphs: transcriptOf(first.cues) },
  };
}
