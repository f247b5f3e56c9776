import { launch, packagedChromium } from './support/chromium';

const canRun = process.platform === 'linux' && process.arch === 'x64';

(canRun ? it : it.skip)('starts the Chromium that a package carries, for a machine that has none', async () => {
  const browser = await launch(await packagedChromium());
  try {
    const page = await browser.newPage();
    await page.setContent('<h1>Hyvää huomenta</h1>');
    expect(await page.textContent('h1')).toBe('Hyvää huomenta');
  } finally {
    await browser.close();
  }
});
