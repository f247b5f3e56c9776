import type { Drawing } from './charts/drawing';

interface QrCode {
  modules: { size: number; data: Uint8Array };
}

/** The dark squares of a text's QR code as one path, and how many squares a side has, with the quiet edge of four around it. */
export function qrPath(text: string): { size: number; d: string } {
  // The package has no types; only this is called.
  const { create } = require('qrcode') as { create(text: string, options: object): QrCode };
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const dark: string[] = [];
  for (let at = 0; at < data.length; at += 1)
    if (data[at]) dark.push(`M${(at % size) + 4} ${Math.floor(at / size) + 4}h1v1h-1z`);
  return { size: size + 8, d: dark.join('') };
}

/** The same as a drawing for a PDF, `side` wide. */
export function qrDrawing(text: string, side: number): Drawing {
  const { size, d } = qrPath(text);
  const scale = side / size;
  return {
    width: side,
    height: side,
    shapes: [{ kind: 'path', d, fill: 'text', transform: [scale, 0, 0, scale, 0, 0] }],
  };
}
