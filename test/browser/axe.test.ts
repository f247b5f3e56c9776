import { axeFaults } from './support/axe';
import { openBrowser } from './support/chromium';

it.each([true, false])('axe finds what is wrong on a page as it stands: JavaScript %s', async (javaScriptEnabled) => {
  const browser = await openBrowser();
  try {
    const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await page.route('http://page.test/', (route) =>
      route.fulfill({
        contentType: 'text/html; charset=utf-8',
        body: '<html lang="fi"><title>Sivu</title><main><h1>Sivu</h1><noscript><img src="/a.png"></noscript></main></html>',
      }),
    );
    await page.goto('http://page.test/');
    expect((await axeFaults(page)).filter((fault) => fault.startsWith('image-alt'))).toHaveLength(
      javaScriptEnabled ? 0 : 1,
    );
    await page.evaluate(() => {
      document.querySelector('h1')?.insertAdjacentHTML('afterend', '<input type="text">');
    });
    expect((await axeFaults(page)).some((fault) => fault.startsWith('label'))).toBe(true);
  } finally {
    await browser.close();
  }
});
