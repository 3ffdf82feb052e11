/* Every kind of page, in each language, must be usable by everybody: at 1280 and 320 pixels, in light and in dark, by
 * keyboard, with a screen reader, without scripts; and must load nothing from elsewhere and break nothing. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { base, examples, get, languages, links } from './site.mjs';
import { with_browser } from './browser.mjs';
import { check, done } from './tap.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AT_ONCE = 4;
const LEAST_TARGET = 24; // CSS pixels, WCAG 2.2, 2.5.8
const LOOKS = [[1280, 'light'], [320, 'dark']]; // CSS pixels
const [[WIDEST, BRIGHT]] = LOOKS;

const told = ({ id, nodes }) => nodes.slice(0, 2).map((node) =>
  `${id} (${nodes.length}): ${node.target.join(' ')}: ${node.failureSummary} ${node.html.slice(0, 120)}`);

async function violations(page) {
  const found = await page.evaluate(() => window.axe.run(document, {
    preload: false, resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }));
  return found.violations.flatMap(told);
}

/* What sticks out of the window on the right. */
const overflow = (page) => page.evaluate(() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const out = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > room + 0.5);
  return [`${document.documentElement.scrollWidth} pixels in a window of ${room}`,
    ...out.slice(0, 3).map((one) => `${one.tagName}.${one.className.baseVal ?? one.className} ends at ` +
      `${Math.round(one.getBoundingClientRect().right)}: ${one.textContent.trim().slice(0, 60)}`)];
});

/* Controls and navigation, which no exception of the standard excuses. */
const small_targets = (page) => page.evaluate((least) =>
  [...document.querySelectorAll('button, select, summary, input:not([type=hidden]), textarea, nav a')]
    .filter((one) => one.checkVisibility())
    .map((one) => [one, one.closest('label') ?? one])
    .filter(([, area]) => area.getBoundingClientRect().height < least - 0.01 || area.getBoundingClientRect().width < least - 0.01)
    .map(([one, area]) => `${one.tagName} “${one.textContent.trim().slice(0, 30)}” ` +
      `${area.getBoundingClientRect().width} × ${area.getBoundingClientRect().height}`), LEAST_TARGET);

const about = (page) => page.evaluate(() => ({
  language: document.documentElement.lang,
  heads: document.querySelectorAll('h1').length,
  title: document.title,
  description: document.querySelector('meta[name=description]')?.content ?? '',
  words: document.querySelector('main')?.innerText.trim().split(/\s+/).length ?? 0,
  forms: [...document.forms].map((form) => `${form.getAttribute('action')} ` + [...form.elements].map((one) => one.name).join(' ')),
  others: [...document.querySelectorAll('link[hreflang]')].map((link) => [link.hreflang, link.href]),
}));

/* Tab by tab through the page, noting where the focus goes and how it shows. Gives what was missed or not seen. */
async function keyboard(page) {
  const expected = await page.evaluate(() => {
    const usable = 'a[href], button, select, summary, textarea, input:not([type=hidden]), [tabindex="0"]';
    const stops = [...document.querySelectorAll(usable)].filter((one) => !one.disabled && one.checkVisibility());
    const colour = (text) => (/[\d.]+/.test(text) ? text.match(/[\d.]+/g).map(Number) : [0, 0, 0, 0]);
    const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = (one) => {
      for (let around = one.parentElement; around; around = around.parentElement) {
        const paper = colour(getComputedStyle(around).backgroundColor);
        if ((paper[3] ?? 1) === 1) return paper;
      }
      return [255, 255, 255];
    };
    const weak = (one) => {
      const style = getComputedStyle(one);
      if (style.outlineStyle === 'auto') return null;
      if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return 'no ring of 2 pixels';
      const [a, b] = [light(colour(style.outlineColor)), light(behind(one))].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05) < 3 ? `a ring of contrast ${((a + 0.05) / (b + 0.05)).toFixed(2)}` : null;
    };
    const walk = (window.walk = { stops, reached: new Set(), wrong: [], steps: 0 });
    document.addEventListener('focusin', ({ target }) => {
      if (walk.reached.has(target)) return;
      walk.reached.add(target);
      const place = target.getBoundingClientRect();
      const seen = place.bottom > 0 && place.top < innerHeight && place.right > 0 && place.left < innerWidth;
      const name = `${target.tagName} “${(target.textContent || target.name || '').trim().slice(0, 40)}”`;
      const fault = weak(target);
      if (fault) walk.wrong.push(`${name}: ${fault}`);
      if (!seen) walk.wrong.push(`${name}: outside the window`);
    });
    return stops.length;
  });
  let before = -1;
  for (let reached = 0; reached < expected && reached !== before;) {
    for (let step = 0; step < 25; step++) await page.keyboard.press('Tab');
    before = reached;
    reached = await page.evaluate(() => window.walk.reached.size);
  }
  return page.evaluate(() => [...window.walk.wrong, ...window.walk.stops.filter((one) => !window.walk.reached.has(one))
    .map((one) => `not reached: ${one.tagName} “${(one.textContent || one.name).trim().slice(0, 40)}”`)]);
}

/* Goes there, and notes from then on what a page must not do. One window for all: a new one takes Chromium longer. */
async function open(page, path, status) {
  page.removeAllListeners();
  const wrong = [];
  const elsewhere = [];
  page.on('console', (message) => {
    const expected = status >= 400 && message.text().includes(`status of ${status}`);
    if (['error', 'warning'].includes(message.type()) && !expected) wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(base + '/') && !request.url().startsWith('data:')) elsewhere.push(request.url());
  });
  page.on('requestfailed', (request) => wrong.push(`${request.url()}: ${request.failure()?.errorText}`));
  const answer = await page.goto(base + path, { waitUntil: 'load' });
  if (answer.status() !== status) wrong.push(`status ${answer.status()}`);
  return { wrong, elsewhere };
}

async function sisters({ others }, language, path) {
  const wrong = languages.filter((one) => !others.some(([code]) => code === one)).map((one) => `no address in ${one}`);
  for (const [code, address] of others) {
    if (!languages.includes(code)) continue;
    const at = new URL(address);
    const there = await get(at.pathname + at.search);
    const html = there.body.toString();
    if (there.status !== 200) wrong.push(`${code}: ${at.pathname} answers ${there.status}`);
    else if (!html.includes(`<html lang="${code}"`)) wrong.push(`${code}: another language`);
    else if (code === language && at.pathname !== new URL(base + path).pathname) wrong.push(`${code}: another page`);
    else if (!links(html, at.pathname).some(({ attributes }) => attributes.hreflang === language)) wrong.push(`${code}: no way back`);
  }
  return wrong;
}

async function look(page, width, colours) {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme: colours });
}

/* One kind of page: loaded once with scripts, seen in both widths, and once without scripts. */
async function try_page({ scripts: page, plain }, { language, path, status }) {
  const results = [];
  const result = (what, wrong) => results.push([`${path}: ${what}`, wrong]);
  const { wrong, elsewhere } = await open(page, path, status);
  const seen = await about(page);
  await page.evaluate(axe);
  for (const [width, colours] of LOOKS) {
    await look(page, width, colours);
    result(`no horizontal overflow at ${width}`, await overflow(page));
    result(`controls of ${LEAST_TARGET} pixels at ${width}`, await small_targets(page));
    if (width === WIDEST && language === languages[0]) result('every link and control by keyboard, focus seen', await keyboard(page));
    result(`axe finds nothing at ${width}, ${colours}`, await violations(page));
  }
  await look(page, WIDEST, BRIGHT);
  result('no error, no breach of the policy', wrong);
  result('nothing from another host', elsewhere);
  result('the language is said', seen.language === language ? [] : [`lang is ${seen.language}`]);
  result('one heading, a title and a description', [
    ...(seen.heads === 1 ? [] : [`${seen.heads} h1`]), ...(seen.title ? [] : ['no title']),
    ...(seen.description || status >= 400 ? [] : ['no description'])]);
  if (status === 200) result('the same page in the other language', await sisters(seen, language, path));
  result('text and forms without scripts', await without_scripts(plain, path, status, seen));
  return results;
}

async function without_scripts(page, path, status, seen) {
  const { wrong } = await open(page, path, status);
  const now = await about(page);
  if (now.words < Math.max(20, 0.97 * seen.words)) wrong.push(`${now.words} words of ${seen.words}`);
  const lost = seen.forms.filter((form) => !now.forms.includes(form));
  return [...wrong, ...lost.map((form) => `no form ${form}`)];
}

/* A reader without scripts chooses a type and gets the filtered page. */
async function filter_by_form({ plain: page }, language) {
  await page.goto(`${base}/${language}/`);
  await page.selectOption('form.filter select[name=type]', 'ransomware');
  await Promise.all([page.waitForURL(/type=ransomware/), page.click('form.filter button:not([type=button])')]);
  const chosen = await page.inputValue('form.filter select[name=type]');
  return [[`/${language}/: the filter works without scripts`, chosen === 'ransomware' ? [] : [`chosen: ${chosen}`]]];
}

/* What scripts add: a pointer's choice applies at once and the keyboard's does not, boxes are copied, tables sorted. */
async function comforts({ scripts: page }, language) {
  const results = [];
  const result = (what, seen, wanted) => results.push([`/${language}/: ${what}`,
    JSON.stringify(seen) === JSON.stringify(wanted) ? [] : [`${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`]]);
  const { wrong } = await open(page, `/${language}/`, 200);
  const type = page.locator('form.filter select[name=type]');
  await type.focus();
  await page.keyboard.press('ArrowDown');
  result('the keyboard passes values without leaving', [await type.inputValue() !== '', new URL(page.url()).search], [true, '']);
  await type.dispatchEvent('pointerdown');
  await Promise.all([page.waitForURL(/type=/), type.selectOption('ransomware')]);
  result('a choice applies at once, and empty fields stay out of the address', new URL(page.url()).search, '?type=ransomware');
  const figure = page.locator('.figure').filter({ has: page.locator('#by-country-heading') });
  await figure.locator('details.copies > summary').click();
  const box = figure.locator('details.copies pre').first();
  const button = figure.locator('button.copy').first();
  const before = await button.textContent();
  await button.click();
  await page.waitForFunction(([one, text]) => one.textContent !== text, [await button.elementHandle(), before]);
  result('a box is copied', await page.evaluate(() => navigator.clipboard.readText()), await box.textContent());
  await figure.locator('details > summary').first().click();
  const heading = figure.locator('thead th').last();
  const counts = () => figure.locator('tbody td').evaluateAll((cells) => cells.map((cell) => Number(cell.textContent.replace(/\D/g, ''))));
  for (const order of ['ascending', 'descending']) {
    await heading.locator('button').click();
    const sorted = (await counts()).sort((a, b) => (order === 'ascending' ? a - b : b - a));
    result(`a table is sorted, ${order}`, [await heading.getAttribute('aria-sort'), await counts()], [order, sorted]);
  }
  result('no error on the way', wrong, []);
  return results;
}

/* One language after the other: there is one clipboard. */
async function all_comforts(windows) {
  const results = [];
  for (const language of languages) results.push(...await comforts(windows, language));
  return results;
}

/* A window of its own visitor, in which a breach of the page's policy is an error. */
async function visitor(browser, options) {
  const context = await browser.newContext({ viewport: { width: WIDEST, height: 800 }, colorScheme: BRIGHT, ...options });
  await context.addInitScript(() => addEventListener('securitypolicyviolation',
    (event) => console.error(`policy ${event.violatedDirective} forbids ${event.blockedURI}`)));
  return context.newPage();
}

await with_browser(async (browser) => {
  const work = [...(await examples()).filter(({ same }) => !same).map((page) => (windows) => try_page(windows, page)),
    ...languages.map((language) => (windows) => filter_by_form(windows, language)),
    all_comforts];
  const worker = async () => {
    const windows = { scripts: await visitor(browser, { permissions: ['clipboard-read', 'clipboard-write'] }),
      plain: await visitor(browser, { javaScriptEnabled: false }) };
    while (work.length) for (const [name, wrong] of await work.shift()(windows)) check(name, wrong);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
});
done();
