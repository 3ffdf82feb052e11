/* The workbench must be usable by everybody, with the keyboard alone, at 1280 and 390 pixels, and be valid HTML: from the
 * first login over the setting up of one-time codes to every page that an administrator can reach.
 * Usage: node work.mjs ADDRESS NAME FIRST-PASSWORD */
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { with_browser } from './browser.mjs';
import { check, done } from './tap.mjs';

const [, , base, name, first] = process.argv;
const load = createRequire(import.meta.url);
const axe = readFileSync(load.resolve('axe-core/axe.min.js'), 'utf8');
const jar = load.resolve('vnu-jar/build/dist/vnu.jar');
const PASSWORD = 'nine pears under a blue bridge';
const ALIKE_MOST = 3; // pages that differ by a number only
const STEP = 30000;
let used = 0;

/* RFC 6238 by Node's own crypto; each step's code once. */
async function code(secret) {
  const bits = [...secret.replace(/ /g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const counter = Buffer.alloc(8);
  const step = Math.max(Math.floor(Date.now() / STEP), used + 1);
  while (step > Math.floor(Date.now() / STEP) + 1) await new Promise((then) => setTimeout(then, 500));
  used = step;
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

/* Goes on with Tab until the field has the focus, then types: as somebody without a mouse does. */
async function type(page, id, text) {
  for (let i = 0; i < 60 && await page.evaluate(() => document.activeElement.id) !== id; i++) await page.keyboard.press('Tab');
  await page.keyboard.insertText(text);
}

async function send(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

/* In a world of its own, which the page's policy does not reach. */
async function violations(context, page) {
  const session = await context.newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  await session.send('Runtime.evaluate', { expression: axe, contextId });
  const { result } = await session.send('Runtime.evaluate', { contextId, awaitPromise: true, returnByValue: true,
    expression: `axe.run(document, { preload: false, resultTypes: ['violations'] }).then((found) => found.violations.map(
      ({ id, nodes }) => id + ': ' + nodes.slice(0, 2).map((node) => node.html.slice(0, 150)).join(' ')))` });
  await session.detach();
  return result.value;
}

const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth
  ? [`${document.documentElement.scrollWidth} pixels in a window of ${document.documentElement.clientWidth}`] : []);

const folder = mkdtempSync(join(tmpdir(), 'vigie-work-html-'));
const files = new Map();
let secret = '';

async function log_in(page, password) {
  await page.goto(`${base}/en/login`);
  await type(page, 'name', name);
  await type(page, 'password', password);
  await send(page);
}

async function first_time(page) {
  await log_in(page, first);
  check('a first login leads to a new password', page.url().endsWith('/en/password') ? [] : [page.url()]);
  await type(page, 'password', PASSWORD);
  await type(page, 'again', PASSWORD);
  await send(page);
  check('then to one-time codes', page.url().endsWith('/en/codes') ? [] : [page.url()]);
  secret = await page.textContent('.secret');
  check('the code is a picture too', await page.locator('svg.code path').count() === 1 ? [] : ['no picture']);
  await type(page, 'code', await code(secret));
  await send(page);
  check('then recovery codes are shown', await page.locator('.recovery li').count() === 8 ? [] : [await page.textContent('h1')]);
}

async function look(context, page, path, width, told) {
  told.length = 0;
  const answer = await page.goto(base + path);
  check(`${path} at ${width}: axe, width and policy`, [...await violations(context, page), ...await overflow(page), ...told]);
  writeFileSync(join(folder, `${files.size}.html`), await answer.text());
  files.set(`${files.size}.html`, path);
  return page.evaluate(() => [...document.querySelectorAll('a[href^="/"]')].map((link) => new URL(link.href).pathname));
}

const shape = (path) => path.replace(/\d+/g, '#');
const alike = (seen, path) => [...seen].filter((one) => shape(one) === shape(path)).length;

async function walk(context, page, width) {
  const told = [], seen = new Set(['/en/', '/fr/']);
  page.on('console', (line) => line.type() === 'error' && told.push(line.text()));
  for (const path of seen) {
    const found = await look(context, page, path, width, told);
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
        await log_in(page, PASSWORD);
        await type(page, 'code', await code(secret));
        await send(page);
        check('the next login asks for a code', page.url().endsWith('/en/') ? [] : [page.url()]);
      } else await first_time(page);
      const [cookie] = await context.cookies();
      check('the cookie is kept as it must be', cookie.name === '__Host-vigie' && cookie.secure && cookie.httpOnly &&
        cookie.sameSite === 'Strict' ? [] : [JSON.stringify(cookie)]);
      await walk(context, page, width);
      await context.close();
    }
  });
  valid();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
done();
