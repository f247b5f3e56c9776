import type { TaggedPdf } from '../../lib/pdf/tagged-pdf';

/** The side of a badge's picture on paper, in points. */
const PICTURE = 128;
/** Each hill by its colour, and how high its line is at the left edge, at its first top, between, at its second top and at the right edge. */
const HILLS: [colour: string, heights: [number, number, number, number, number]][] = [
  ['#e3e4ee', [70, 126, 84, 112, 96]],
  ['#cbd3da', [44, 78, 60, 92, 76]],
  ['#efeef8', [40, 34, 52, 64, 42]],
];

/** What makes the first page of a certificate a pleasure to look at: hills below, and the sun or the badge above. It tells nothing. */
export function drawScene(pdf: TaggedPdf, badge: Buffer | undefined): void {
  const { doc } = pdf;
  const { width, height } = doc.page;
  pdf.artifact('Layout', () => {
    doc.save();
    for (const [colour, [left, first, between, second, right]] of HILLS) {
      doc.moveTo(0, height - left);
      doc.bezierCurveTo(width * 0.12, height - first, width * 0.25, height - first, width * 0.37, height - between);
      // The line goes on as it came: its handles lie on one line through the point between.
      doc.bezierCurveTo(
        width * 0.49,
        height - 2 * between + first,
        width * 0.6,
        height - second,
        width * 0.74,
        height - second,
      );
      doc.bezierCurveTo(width * 0.86, height - second, width * 0.94, height - right - 4, width, height - right);
      doc.lineTo(width, height).lineTo(0, height).closePath().fill(colour);
    }
    if (badge) doc.image(badge, width - 42 - PICTURE, 48, { width: PICTURE });
    else doc.circle(width - 84, 90, 34).fill('#ffb748');
    doc.restore();
  });
}

/** Where the text goes on below the picture. */
export const BELOW_PICTURE = 48 + PICTURE + 20;
