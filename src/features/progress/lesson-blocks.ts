import { htmlLang, isLanguage, type Language } from '../../lib/i18n';
import type { PublishedBlock } from '../blocks/published';
import { type Frame, h5pFrame } from '../h5p/h5p.service';
import type { Actor } from '../organisations/organisations.model';
import type { LessonView } from './progress.queries';

/** Blocks that the reader has in another language than the lesson, by block: what `as=ID.sv,ID2.en` in an address says. */
export type Switched = ReadonlyMap<string, Language>;

const MOST = 60;

/** Reads the address; whatever it does not know is passed over. Undefined when the reader is not switching at all. */
export function switchedIn(as: unknown): Switched | undefined {
  if (typeof as !== 'string') return undefined;
  const pairs = as.split(',', MOST).map((pair) => pair.split('.'));
  return new Map(
    pairs.flatMap(([id = '', language]) =>
      /^[\w-]{1,40}$/.test(id) && isLanguage(language) ? [[id, language] as const] : [],
    ),
  );
}

/** A block as this reader has it, and in which languages they may have it instead. */
export interface ShownBlock {
  block: PublishedBlock;
  textLang: string;
  /** Empty unless the reader is switching. */
  choices: { code: Language; href: string; isCurrent: boolean }[];
}

/** The blocks of a lesson in the reader's order of languages; those switched stand in the language chosen for them. */
export function shownBlocks(
  lesson: Pick<LessonView, 'blocks' | 'other_blocks' | 'language'>,
  here: string,
  switched?: Switched,
): ShownBlock[] {
  return (lesson.blocks ?? []).map((own) => {
    const wanted = switched?.get(own.id);
    const other = wanted && lesson.other_blocks?.[wanted]?.find(({ id }) => id === own.id);
    const language = other ? wanted : lesson.language;
    const choices = own.languages.length > 1 && switched ? own.languages : [];
    return {
      block: other ?? own,
      textLang: htmlLang(language),
      choices: choices.map((code) => ({
        code,
        href: `${here}?as=${asText(switched, own.id, code === lesson.language ? undefined : code)}#b-${own.id}`,
        isCurrent: code === language,
      })),
    };
  });
}

/** The address's words with one block switched, or back in the lesson's own language. */
function asText(switched: Switched | undefined, id: string, language: Language | undefined): string {
  const next = new Map(switched);
  if (language) next.set(id, language);
  else next.delete(id);
  return [...next].map((pair) => pair.join('.')).join(',');
}

const BETWEEN = '<!--|-->';

/** The blocks with something done to all of their HTML in one piece, such as explaining hard words. */
export async function withHtml(
  blocks: readonly ShownBlock[],
  change: (html: string) => Promise<string>,
  language: Language,
): Promise<ShownBlock[]> {
  const mine = blocks.filter(({ textLang }) => textLang === htmlLang(language));
  const places = mine.flatMap(({ block }) =>
    Object.keys(block.html)
      .filter((name) => name !== 'picture')
      .map((name) => ({ block, name })),
  );
  const changed = (await change(places.map(({ block, name }) => block.html[name]).join(BETWEEN))).split(BETWEEN);
  const html = Map.groupBy(
    places.map(({ block, name }, index) => ({ id: block.id, name, text: changed[index] ?? '' })),
    ({ id }) => id,
  );
  return blocks.map((shown) => ({
    ...shown,
    block: {
      ...shown.block,
      html: {
        ...shown.block.html,
        ...(mine.includes(shown) &&
          Object.fromEntries((html.get(shown.block.id) ?? []).map(({ name, text }) => [name, text]))),
      },
    },
  }));
}

/** The frames of the tasks in these blocks, by content. One that may not be played is left out. */
export async function framesOf(actor: Actor, blocks: readonly ShownBlock[]): Promise<Record<string, Frame>> {
  const ids = [...new Set(blocks.flatMap(({ block }) => block.h5p_content_id ?? []))].slice(0, MOST_TASKS);
  const frames = await Promise.all(
    ids.map(async (id) => {
      const here = `/h5p/contents/${id}`;
      const frame = await h5pFrame(actor, id, { statements: `${here}/statements`, state: `${here}/state` }).catch(
        absent,
      );
      return frame ? [[id, frame] as const] : [];
    }),
  );
  return Object.fromEntries(frames.flat());
}

const MOST_TASKS = 10;

function absent(error: unknown): undefined {
  if ((error as { status?: number }).status !== 404) throw error;
}
