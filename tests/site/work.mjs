/* The workbench must be usable by everybody, with the keyboard alone, at 1280 and 390 pixels, and be valid HTML: from the
 * first login over the setting up of one-time codes to every page that an administrator can reach.
 * Usage: node work.mjs ADDRESS NAME FIRST-PASSWORD */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PASSWORD, choose_password, enter, one_time_code, overflow, set_up_codes, type, send, violations } from './analyst.mjs';
import { with_browser } from './browser.mjs';
import { check, done } from './tap.mjs';

const [, , base, name, first] = process.argv;
const load = createRequire(import.meta.url);
const jar = load.resolve('vnu-jar/build/dist/vnu.jar');
const ALIKE_MOST = 3; // pages that differ by a number only

const folder = mkdtempSync(join(tmpdir(), 'vigie-work-html-'));
const files = new Map();
let secret = '';

async function first_time(page) {
  await enter(page, base, name, first);
  check('a first login leads to a new password', page.url().endsWith('/en/password') ? [] : [page.url()]);
  await choose_password(page);
  check('then to one-time codes', page.url().endsWith('/en/codes') ? [] : [page.url()]);
  check('the code is a picture too', await page.locator('svg.code path').count() === 1 ? [] : ['no picture']);
  secret = await set_up_codes(page);
  check('then recovery codes are shown', await page.locator('.recovery li').count() === 8 ? [] : [await page.textContent('h1')]);
}

async function look(page, path, width, told) {
  told.length = 0;
  const answer = await page.goto(base + path);
  check(`${path} at ${width}: axe, width and policy`, [...await violations(page), ...await overflow(page), ...told]);
  writeFileSync(join(folder, `${files.size}.html`), await answer.text());
  files.set(`${files.size}.html`, path);
  return page.evaluate(() => [...document.querySelectorAll('a[href^="/"]')].map((link) => new URL(link.href).pathname));
}

const shape = (path) => path.replace(/\d+/g, '#');
const alike = (seen, path) => [...seen].filter((one) => shape(one) === shape(path)).length;

async function walk(page, width) {
  const told = [], seen = new Set(['/en/', '/fr/']);
  page.on('console', (line) => line.type() === 'error' && told.push(line.text()));
  for (const path of seen) {
    const found = await look(page, path, width, told);
    for (const next of found) if (!next.startsWith('/assets/') && alike(seen, next) < ALIKE_MOST) seen.add(next);
  }
  check(`there are pages to look at, ${width}`, seen.size >= 14 ? [] : [...seen]);
}

function valid() {
  const paths = [...files.keys()].map((file) => join(folder, file));
  const text = execFileSync('java', ['-Xmx512m', '-jar', jar, '--format', 'json', '--exit-zero-always', '--stdout', ...paths], { maxBuffer: 1 << 26 });
  const wrong = JSON.parse(text).messages.filter(({ type: kind }) => kind !== 'info')
    .map(({ url, lastLine, message }) => `${files.get(basename(url))} line ${lastLine}: ${message}`);
  check(`${paths.length} pages are valid HTML`, wrong);
}

try {
  await with_browser(async (browser) => {
    for (const [width, colorScheme] of [[1280, 'light'], [390, 'dark']]) {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      const page = await context.newPage();
      if (secret) {
        await enter(page, base, name, PASSWORD);
        await type(page, 'code', await one_time_code(secret));
        await send(page);
        check('the next login asks for a code', page.url().endsWith('/en/') ? [] : [page.url()]);
      } else await first_time(page);
      const [cookie] = await context.cookies();
      check('the cookie is kept as it must be', cookie.name === '__Host-vigie' && cookie.secure && cookie.httpOnly &&
        cookie.sameSite === 'Strict' ? [] : [JSON.stringify(cookie)]);
      await walk(page, width);
      await context.close();
    }
  });
  valid();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
done();
