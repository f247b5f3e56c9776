import { openBrowser } from './support/chromium';
import { Keyboard } from './support/keyboard';

it('notices a focus that cannot be seen, and a thing that Tab never comes to', async () => {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent(`<style>.bare:focus { outline: none }</style>
      <a href="#a">Eka</a><a href="#b" class="bare">Toka</a><span onclick="">Kolmas</span>`);
    const keyboard = new Keyboard(page);
    await keyboard.tabTo('Eka');
    await expect(keyboard.tabTo('Toka')).rejects.toThrow('has no outline');
    await expect(new Keyboard(page).tabTo('Kolmas')).rejects.toThrow();
  } finally {
    await browser.close();
  }
});
