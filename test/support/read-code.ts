import fs from 'node:fs';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

let isReady = false;

/** What the one QR code in a PNG says, read from its picture as a phone's camera does; undefined when there is none to read. */
export async function readCode(png: Buffer): Promise<string | undefined> {
  if (!isReady) {
    // From the package's own file: without this it would be asked from the network.
    const wasm = fs.readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
    const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer;
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
    isReady = true;
  }
  const [code] = await readBarcodes(new Uint8Array(png), { formats: ['QRCode'], tryHarder: true });
  return code?.isValid ? code.text : undefined;
}
