/* Pictures for people to look at: node tests/site/look.mjs FOLDER [ADDRESS OF THE SITE] [WORDS IN THE NAME OF A PAGE] */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const [, , folder, address = 'http://127.0.0.1:8080', wanted = ''] = process.argv;
process.argv[2] = address;
const { base, examples } = await import('./site.mjs');
const { with_browser } = await import('./browser.mjs');

mkdirSync(folder, { recursive: true });
const pages = (await examples()).filter(({ name, path, same }) => (wanted || !same) && (name.includes(wanted) || path.includes(wanted)));
await with_browser(async (browser) => {
  for (const width of [1280, 320])
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ viewport: { width, height: width === 320 ? 640 : 800 }, colorScheme });
      const page = await context.newPage();
      for (const { name, language, path } of pages) {
        await page.goto(base + path);
        const file = `${name.replaceAll('*', 'one').replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'home'}-${language}-${width}-${colorScheme}.png`;
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.screenshot({ path: join(folder, file), fullPage: true,
          clip: { x: 0, y: 0, width, height: Math.min(height, 6 * (width === 320 ? 640 : 800)) } });
        console.log(file);
      }
      await context.close();
    }
});
