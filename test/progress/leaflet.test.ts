import sharp from 'sharp';
import { codeOf } from '../../src/features/progress/leaflet';
import { readCode } from '../support/read-code';

const ADDRESS = 'https://oppiva.example.org/learn/recognise-scam-messages/l2?at=spot-3';
const drawn = async (address: string) =>
  sharp(Buffer.from(await codeOf(address)), { density: 300 })
    .resize(360)
    .png();

it('draws a code that a camera reads as the address', async () => {
  for (const address of [ADDRESS, `https://oppiva.example.org/learn/${'a'.repeat(120)}/${'ö'.repeat(40)}?at=spot-12`])
    expect(await readCode(await (await drawn(address)).toBuffer())).toBe(address);
});

it('still reads with a stain on it, and reads nothing where there is no code', async () => {
  const stain = await sharp({ create: { width: 70, height: 70, channels: 3, background: '#553311' } })
    .png()
    .toBuffer();
  const stained = sharp(await (await drawn(ADDRESS)).toBuffer()).composite([{ input: stain, left: 150, top: 150 }]);
  expect(await readCode(await stained.png().toBuffer())).toBe(ADDRESS);
  expect(await readCode(stain)).toBeUndefined();
});
