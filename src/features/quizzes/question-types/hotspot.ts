import { z } from 'zod';
import { textsIn } from './sent';
import type { ContentFault, QuestionType } from './type';
import { Key, words } from './words';

const MOST_SPOTS = 12;
const Percent = z.number().min(0).max(100);

/** Pictures that came with the product. */
const OURS = ['/images/tasks/browser-address.webp'] as const;
/** One that an author sent, or one of ours; empty while there is none. */
const Picture = z.union([z.literal(''), z.string().regex(/^\/files\/[0-9a-f-]{36}$/), z.enum(OURS)]);

const Spot = z.strictObject({
  key: Key,
  name: words(200),
  feedback: words(1000),
  is_correct: z.boolean(),
  /** The left upper corner and the size, in hundredths of the picture's width and height. */
  x: Percent,
  y: Percent,
  w: Percent,
  h: Percent,
});
const Content = z.strictObject({
  picture: Picture,
  /** Of the picture, in pixels. */
  width: z.int().min(0).max(10_000),
  height: z.int().min(0).max(10_000),
  /** What the picture shows, for one who cannot see it. */
  alt: words(1000),
  /** Whether several spots may be chosen. */
  many: z.boolean(),
  spots: z.array(Spot).max(MOST_SPOTS),
});
type HotspotContent = z.output<typeof Content>;
type SpotContent = z.output<typeof Spot>;

const Response = z.strictObject({ spots: z.array(Key).max(MOST_SPOTS) });
type HotspotResponse = z.output<typeof Response>;

type Place = Pick<SpotContent, 'x' | 'y' | 'w' | 'h'>;

/** Where a spot is in the picture, in the picture's own pixels. */
const boxOf = ({ width, height }: { width: number; height: number }, { x, y, w, h }: Place) => ({
  x: (x * width) / 100,
  y: (y * height) / 100,
  w: (w * width) / 100,
  h: (h * height) / 100,
});

/**
 * Spots in a picture. The spots are named in a list as well, and choosing there is the same answer. Points as those of
 * choices: one spot, 1 or 0; several, (right − wrong) / right ones there are, never below 0.
 */
export const hotspot: QuestionType<HotspotContent, HotspotResponse> = {
  content: Content,
  response: Response,
  blank: () => ({
    picture: '',
    width: 0,
    height: 0,
    alt: {},
    many: false,
    spots: ['a', 'b'].map((key, index) => blankSpot(key, index)),
  }),
  rows: { spots: { most: MOST_SPOTS, blank: (key) => blankSpot(key, 4) } },
  needs: ['name'],
  judged: () => true,
  score({ spots, many }, response) {
    const picked = spots.filter(({ key }) => response.spots.includes(key));
    const right = picked.filter(({ is_correct }) => is_correct).length;
    if (!many) return picked.length === 1 ? right : 0;
    const possible = spots.filter(({ is_correct }) => is_correct).length;
    return possible === 0 ? 0 : Math.max(0, (2 * right - picked.length) / possible);
  },
  tally: (_content, { spots }) => spots,
  labelOf: (told, label) => told.spots.find(({ key }) => key === label)?.name ?? label,
  read({ spots, many }, sent, seal) {
    const fault = (key: string) => ({ kind: 'fault' as const, field: 'answer', key });
    const tokens = [...new Set(textsIn(sent, 'answer'))];
    if (tokens.length === 0) return fault('quizzes.hotspot.missing');
    const keys = spots.map(({ key }) => key);
    const chosen = tokens.slice(0, MOST_SPOTS).map((token) => seal.keyOf(token, keys, 'spot'));
    if (!chosen.every((key) => key !== undefined)) return fault('quizzes.answer.changed');
    if (!many && chosen.length > 1) return fault('quizzes.answer.one');
    return { kind: 'answer', response: { spots: chosen.toSorted() } };
  },
  ask(told, { response, sent }, seal) {
    const shown = seal.shuffled(told.spots, 'spot');
    const chosen = response?.spots.flatMap((key) => shown.find((spot) => spot.key === key)?.token ?? []) ?? [];
    return {
      ...pictureOf(told),
      isMulti: told.many,
      values: sent ? textsIn(sent, 'answer') : chosen,
      spots: shown.map((spot, index) => ({
        value: spot.token,
        text: spot.name,
        number: index + 1,
        box: boxOf(told, spot),
      })),
    };
  },
  feedback(told, response, seal) {
    const isYours = (key: string) => response?.spots.includes(key) ?? false;
    const mine = told.many ? undefined : told.spots.find(({ key }) => isYours(key))?.feedback;
    return {
      ...pictureOf(told),
      lines: mine || undefined,
      options: seal.shuffled(told.spots, 'spot').map((spot, index) => ({
        text: `${index + 1}. ${spot.name}`,
        number: index + 1,
        isBest: spot.is_correct,
        isYours: isYours(spot.key),
        more: spot.feedback === mine ? undefined : spot.feedback,
        box: boxOf(told, spot),
      })),
    };
  },
  faults(content, languages) {
    const { picture, alt, many, spots } = content;
    const faults: ContentFault[] = [];
    if (!picture) faults.push({ path: 'picture', key: 'authoring.fault.noPicture' });
    for (const language of languages)
      if (!alt[language]?.trim()) faults.push({ path: `alt_${language}`, key: 'authoring.fault.alt' });
    if (spots.length < 2) faults.push({ path: 'spots', key: 'authoring.fault.twoSpots' });
    const right = spots.filter(({ is_correct }) => is_correct).length;
    if (right === 0) faults.push({ path: 'spots', key: 'authoring.fault.noRightSpot' });
    if (!many && right > 1) faults.push({ path: 'many', key: 'authoring.fault.oneRightSpot' });
    return [...faults, ...placeFaults(spots)];
  },
};

function blankSpot(key: string, index: number): SpotContent {
  return { key, name: {}, feedback: {}, is_correct: index === 0, x: 10 + 20 * index, y: 10, w: 15, h: 15 };
}

/** Wide enough for a thumb on the smallest phone: a tenth of 300 pixels is not, with less around it. */
const SMALLEST = 3;

function placeFaults(spots: readonly SpotContent[]): ContentFault[] {
  return spots.flatMap((spot, index) => {
    const path = `spots_${spot.key}_x`;
    if (spot.w < SMALLEST || spot.h < SMALLEST)
      return [{ path: `spots_${spot.key}_w`, key: 'authoring.fault.smallSpot' }];
    if (spot.x + spot.w > 100 || spot.y + spot.h > 100) return [{ path, key: 'authoring.fault.outsideSpot' }];
    return spots.slice(0, index).some((other) => overlap(spot, other))
      ? [{ path, key: 'authoring.fault.overlappingSpots' }]
      : [];
  });
}

const overlap = (a: Place, b: Place) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const pictureOf = ({
  picture,
  width,
  height,
  alt,
}: {
  picture: string;
  width: number;
  height: number;
  alt: string;
}) => ({
  picture,
  width,
  height,
  alt,
});
