/* The workbench must be usable by everybody, with the keyboard alone, at 1280 and 390 pixels, and be valid HTML: from the
 * first login over the setting up of one-time codes to every page that an administrator can reach. No page that there is
 * may be missing.
 * Usage: node work.mjs ADDRESS NAME FIRST-PASSWORD CHANGE BEGINNINGS ROUTES
 * CHANGE waits for a second coding; BEGINNINGS are paths to begin at besides the first page, in JSON, ROUTES those of the
 * table with L for the language and # for a number. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PASSWORD, choose_password, enter, one_time_code, overflow, set_up_codes, type, send, violations } from './analyst.mjs';
import { with_browser } from './browser.mjs';
import { check, done } from './tap.mjs';

const [, , base, name, first, coded, ...lists] = process.argv;
const [beginnings, routes] = lists.map((list) => JSON.parse(list));
const load = createRequire(import.meta.url);
const jar = load.resolve('vnu-jar/build/dist/vnu.jar');
const ALIKE_MOST = 2; // pages that differ by a number only
const SEEN_OTHERWISE = ['/', '/L/login', '/L/code', '/L/confirm', '/api/v1/openapi.json', '/assets/*']; // and what is no page

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
  return page.evaluate(() => [...document.querySelectorAll('a[href^="/"]')].map((link) => link.getAttribute('href')));
}

const shape = (path) => path.replace(/[?#].*/, '').replace(/\d+/g, '#');
const alike = (seen, path) => [...seen].filter((one) => shape(one) === shape(path)).length;

async function walk(page, width, languages) {
  const told = [], seen = new Set(languages.flatMap((language) => ['/', ...beginnings].map((path) => `/${language}${path}`)));
  const goes = (path) => !path.startsWith('/assets/') && !path.includes('/bytes') && languages.includes(path.split('/')[1]);
  page.on('console', (line) => line.type() === 'error' && told.push(line.text()));
  for (const path of seen) {
    const found = (await look(page, path, width, told)).map((link) => link.replace(/#.*/, ''));
    for (const next of found) if (goes(next) && alike(seen, next) < ALIKE_MOST) seen.add(next);
  }
  const shapes = new Set([...seen].map((path) => shape(path).replace(/^\/\w+/, '/L')));
  check(`each page that there is was looked at, ${width}`,
    routes.filter((route) => !shapes.has(route) && !SEEN_OTHERWISE.includes(route) && !route.endsWith('/bytes')));
}

async function begin_to_code(page) {
  await page.goto(`${base}/en/changes/${coded}/second`);
  await page.focus('form:has(input[value=begin]) button');
  await send(page);
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
    for (const [width, colorScheme, languages] of [[1280, 'light', ['en']], [390, 'dark', ['fr']]]) { // which has the longer words
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      const page = await context.newPage();
      if (secret) {
        await enter(page, base, name, PASSWORD);
        await type(page, 'code', await one_time_code(secret));
        await send(page);
        check('the next login asks for a code', page.url().endsWith('/en/') ? [] : [page.url()]);
      } else {
        await first_time(page);
        await begin_to_code(page);
      }
      const [cookie] = await context.cookies();
      check('the cookie is kept as it must be', cookie.name === '__Host-vigie' && cookie.secure && cookie.httpOnly &&
        cookie.sameSite === 'Strict' ? [] : [JSON.stringify(cookie)]);
      await walk(page, width, languages);
      await context.close();
    }
  });
  valid();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
done();
