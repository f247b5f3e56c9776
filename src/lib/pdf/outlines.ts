/** A point of an outline, in units of the font. */
export interface OutlinePoint {
  x: number;
  y: number;
  onCurve: boolean;
  endContour: boolean;
}

/** A letter as it looks in one weight. */
export interface Outline {
  codes: number[];
  width: number;
  points: OutlinePoint[];
}

interface Component {
  glyphID: number;
  dx: number;
  dy: number;
  scaleX: number;
  scaleY: number;
  scale01: number;
  scale10: number;
}

interface WebGlyph {
  numberOfContours: number;
  points?: OutlinePoint[];
  components?: Component[];
}

/** The part of fontkit's WOFF2 font that is used here; the names with an underscore are its own, and held by a test. */
export interface WebFont {
  unitsPerEm: number;
  ascent: number;
  descent: number;
  capHeight: number;
  xHeight: number;
  characterSet: number[];
  variationCoords: number[];
  glyphForCodePoint(code: number): { id: number };
  getGlyph(id: number): { advanceWidth: number };
  _transformGlyfTable(): void;
  _transformedGlyphs: WebGlyph[];
  _variationProcessor: { transformPoints(id: number, points: Movable[]): void };
}

/** fontkit moves these itself, and copies them to know where they were. */
class Movable implements OutlinePoint {
  constructor(
    public onCurve: boolean,
    public endContour: boolean,
    public x: number,
    public y: number,
  ) {}
  copy(): Movable {
    return new Movable(this.onCurve, this.endContour, this.x, this.y);
  }
}

/** Letters of one weight of a variable web font, each a plain outline. Two codes of one letter share it. */
export function outlinesOf(font: WebFont, weight: number): Outline[] {
  readOutlines(font);
  font.variationCoords = [weight];
  const byLetter = new Map<number, Outline>();
  for (const code of font.characterSet) {
    const { id } = font.glyphForCodePoint(code);
    const known = byLetter.get(id);
    if (known) known.codes.push(code);
    else
      byLetter.set(id, {
        codes: [code],
        width: Math.round(font.getGlyph(id).advanceWidth),
        points: pointsOf(font, id),
      });
  }
  return [...byLetter.values()];
}

/** fontkit would move the parts of letters while it reads them, which it can in plain fonts only: here that is done below. */
function readOutlines(font: WebFont): void {
  Object.defineProperty(font, '_variationProcessor', { value: null, configurable: true });
  font._transformGlyfTable();
  Reflect.deleteProperty(font, '_variationProcessor');
}

/** The box that stands for a letter that the font lacks. */
export function missingOutline(font: WebFont): Outline {
  return { codes: [], width: Math.round(font.getGlyph(0).advanceWidth), points: pointsOf(font, 0) };
}

/**
 * Moves the points to where they are in the font's weight: https://learn.microsoft.com/typography/opentype/spec/gvar
 * Parts of a letter (a and its dots) are moved as wholes, each by a point of its own. Four points more stand for its edges.
 */
function pointsOf(font: WebFont, id: number): OutlinePoint[] {
  const glyph = font._transformedGlyphs[id];
  const edges = () => Array.from({ length: 4 }, () => new Movable(true, true, 0, 0));
  if (!glyph || glyph.numberOfContours === 0) return [];
  if (glyph.components) {
    const places = glyph.components.map(({ dx, dy }) => new Movable(true, true, dx, dy));
    font._variationProcessor.transformPoints(id, [...places, ...edges()]);
    return glyph.components.flatMap((component, at) => {
      const place = places[at] as Movable;
      return pointsOf(font, component.glyphID).map((point) => ({
        ...point,
        x: Math.round(point.x * component.scaleX + point.y * component.scale01 + place.x),
        y: Math.round(point.y * component.scaleY + point.x * component.scale10 + place.y),
      }));
    });
  }
  const points = (glyph.points ?? []).map(({ onCurve, endContour, x, y }) => new Movable(onCurve, endContour, x, y));
  font._variationProcessor.transformPoints(id, [...points, ...edges()]);
  return points.map(({ onCurve, endContour, x, y }) => ({ onCurve, endContour, x: Math.round(x), y: Math.round(y) }));
}
