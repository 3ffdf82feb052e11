/* Two persons take an article to its publication, and on: one codes it at a wide window, the other agrees at a narrow one,
 * both with the keyboard alone; the one has one-time codes, the other a passkey. Then a claim is retracted, a second report of the attack is merged into the first, and the
 * incident is withdrawn; the public site follows each time.
 * Usage: [PICTURES=FOLDER] node publication.mjs ADDRESS SITE ARTICLE CODER PASSWORD REVIEWER PASSWORD */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choose_password, enter, make_passkey, overflow, plug_in, send, set_up_codes, type, use_passkey, violations } from './analyst.mjs';
import { with_browser } from './browser.mjs';
import { check, done } from './tap.mjs';

const [, , base, site, file, coder, coder_first, reviewer, reviewer_first] = process.argv;
const article = readFileSync(file, 'utf8');
const pictures = process.env.PICTURES;
const STEPS_MOST = 250; // of the Tab key until a thing must have been reached
const told = [];

if (pictures) mkdirSync(pictures, { recursive: true });

/* The words that the article gives as they stand there. */
function quoted(words) {
  if (!article.replace(/\s+/g, ' ').includes(words)) throw new Error(`the article does not say: ${words}`);
  return words;
}

/* The page, and what the same address shows to who reads French. */
async function picture(page, name) {
  if (!pictures) return;
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  const at = new URL(page.url().replace('/en/', '/fr/'));
  if (await page.locator('input[name=q]').count()) at.searchParams.set('q', await page.inputValue('input[name=q]'));
  const french = await page.context().newPage();
  await french.setViewportSize(page.viewportSize());
  await french.goto(at.href);
  await french.evaluate((y) => scrollTo(0, y), await page.evaluate(() => scrollY));
  await french.screenshot({ path: join(pictures, `${name}.fr.png`) });
  await french.close();
}

async function look(page, name) {
  check(`${name}: axe, width and policy`, [...await violations(page), ...await overflow(page), ...told.splice(0)]);
  await picture(page, name);
}

/* Goes on with Tab to the link or button that says these words, then presses Enter. */
async function follow(page, words) {
  const reached = () => page.evaluate((wanted) => document.activeElement.innerText?.trim() === wanted &&
    ['A', 'BUTTON'].includes(document.activeElement.tagName), words);
  for (let i = 0; i < STEPS_MOST && !await reached(); i++) await page.keyboard.press('Tab');
  if (!await reached()) throw new Error(`no way by keyboard to "${words}" on ${page.url()}`);
  await send(page);
}

/* Goes on with Tab to the box of a code, then ticks it. */
async function tick(page, name, code) {
  const reached = () => page.evaluate(([n, c]) => document.activeElement.name === n && document.activeElement.value === c, [name, code]);
  for (let i = 0; i < STEPS_MOST && !await reached(); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
}

/* A field of any kind; of a list, the code is looked for with the arrow. */
async function fill(page, id, text) {
  if (await page.locator(`input[type=checkbox][name="${id}"]`).count()) return tick(page, id, text);
  await type(page, id, '');
  const chosen = () => page.evaluate(() => document.activeElement.tagName !== 'SELECT' || document.activeElement.value);
  if (await chosen() === true) return page.keyboard.insertText(text);
  for (let i = 0; i < STEPS_MOST && await chosen() !== text; i++) await page.keyboard.press('ArrowDown');
  if (await chosen() !== text) throw new Error(`${id} has no choice ${text} on ${page.url()}`);
}

async function fill_all(page, fields) {
  for (const [id, text] of Object.entries(fields)) await fill(page, id, text);
}

const heading = (page) => page.textContent('h1');
const number_of = (page) => page.url().match(/\/(\d+)(?:\/|$|\?)/)?.[1];
const counted = async () => (await (await fetch(`${site}/api/v1/figures`)).json()).incidents;

async function until(what, ask) {
  for (let i = 0; i < 100; i++) {
    if (await ask()) return check(what, []);
    await new Promise((then) => setTimeout(then, 50));
  }
  check(what, ['not within five seconds']);
}

async function person(browser, width, colorScheme, name, first) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
  const page = await context.newPage();
  page.on('console', (line) => line.type() === 'error' && told.push(line.text()));
  await enter(page, base, name, first);
  await choose_password(page);
  return page;
}

/* From the first login to a second one, without codes, and past the question whether it is oneself. */
async function set_up_passkey(page) {
  await follow(page, 'Or use a passkey instead of codes');
  await plug_in(page);
  await look(page, 'passkeys');
  await make_passkey(page, 'office computer');
  check('with the first passkey come recovery codes', await page.locator('.recovery li').count() === 8 ? [] : [await heading(page)]);
  await page.goto(`${base}/en/passkeys`);
  await look(page, 'passkeys-listed');
  check('the passkey is listed by its name', (await page.textContent('th[scope=row]')).trim() === 'office computer' ? [] : [await heading(page)]);
  await type(page, 'name', 'again');
  await page.keyboard.press('Enter');
  await page.locator('.passkey .fault').waitFor();
  check('a device is told when it has one already', await page.locator('.passkey .fault').textContent() === 'This device already has a passkey of yours.' ? [] : [page.url()]);
  await follow(page, 'Log out');
  await look(page, 'login');
  await use_passkey(page);
  check('a passkey is a whole login', page.url() === `${base}/en/` ? [] : [page.url()]);
  await page.goto(`${base}/en/confirm?next=%2Fen%2Fsessions`);
  await use_passkey(page);
  check('and the answer to whether it is oneself', page.url() === `${base}/en/sessions` ? [] : [page.url()]);
  await page.goto(`${base}/en/`);
}

const SPEAKER = { claimant: 'victim', credibility: 'c2', stance: 'asserts', known_since: '2021-05-13' };
const SAME = { source: '0', ...SPEAKER };
const SOURCE = { url: 'https://news.example/valley', title: 'Hospital of the Valley turns ambulances away', source_type: 'media_own',
  reliability: 'b', ...SPEAKER };

async function begin(page, title, name) {
  await page.goto(`${base}/en/changes`);
  await follow(page, 'Begin a new incident');
  await fill_all(page, { title, organisation: name, country: 'FR', org_type: 'hospital', role: 'direct', tlp: 'CLEAR' });
  await page.keyboard.press('Tab');
  await send(page);
  return number_of(page);
}

/* What is typed is kept by a script and there again when the page is opened anew. */
async function come_back(page, fields) {
  await until('what is typed is kept', async () => (await page.textContent('.saved')).includes('Kept at'));
  await page.goto(page.url());
  check('and comes back', await page.inputValue('#quote') === fields.quote ? [] : [await page.inputValue('#quote')]);
}

async function code(page, variable, fields, back) {
  await follow(page, variable);
  await fill_all(page, fields);
  if (back) await look(page, back);
  if (back) await come_back(page, fields);
  await follow(page, 'Add this claim');
}

/* The article is captured, and words of it are selected with the pointer. */
async function capture(page, change) {
  await follow(page, 'What sources said');
  const { url, title, source_type, reliability } = SOURCE;
  await fill_all(page, { url, title, source_type, reliability, published: SPEAKER.known_since });
  await page.fill('#text', article);
  await follow(page, 'Keep it');
  await look(page, 'capture');
  await page.evaluate(() => {
    const sentence = [...document.querySelectorAll('.words label')].find((one) => one.textContent.includes('Our files'));
    document.getSelection().selectAllChildren(sentence);
  });
  await until('what is selected is the quotation', async () => (await page.inputValue('#words')).includes('Our files'));
  await fill(page, 'variable', 'attack_type');
  await follow(page, 'Code it');
  check('with which the claim begins', (await page.inputValue('#quote')).includes('Our files') &&
    await page.inputValue('#source') === '0' ? [] : [page.url()]);
  await page.goto(`${base}/en/changes/${change}/form`);
}

/* The supplier through which the hospital was hit is linked, and the hospital's link says so. */
async function link(page, change) {
  await page.goto(`${base}/en/changes/${change}`);
  await follow(page, 'Organisations that were hit');
  await look(page, 'organisations');
  await fill_all(page, { 'add-name': 'Valley Software', 'add-country': 'FR', 'add-org_type': 'it_supplier', 'add-role': 'direct',
    'add-naming': 'named', 'add-naming_basis': 'own_statement' });
  await follow(page, 'Link it');
  await follow(page, 'Hospital of the Valley');
  await fill_all(page, { 'change-role': 'via_supplier', 'change-naming_basis': 'media', 'change-supplier': '2' });
  await look(page, 'organisation-linked');
  await follow(page, 'Change');
  check('an organisation is hit through its supplier', (await page.textContent('table')).includes('hit through Valley Software') ? [] : [page.url()]);
}

async function code_article(page) {
  const change = await begin(page, 'Ransomware at the Hospital of the Valley, May 2021', 'Hospital of the Valley');
  await look(page, 'coding-form');
  await capture(page, change);
  await code(page, 'Attack type', { value: 'ransomware', quote: quoted('Our files were encrypted.'), ...SAME }, 'claim');
  await code(page, 'Detected', { value: '2021-05-12', quote: quoted('the night before, 12 May 2021'), ...SAME });
  await code(page, 'Persons affected', { value: '1250', quote: quoted('1,250 persons whose appointments had been called off'), ...SAME });
  await link(page, change);
  await page.goto(`${base}/en/changes/${change}`);
  await look(page, 'draft');
  await follow(page, 'Hand over for review');
  check('who wrote it is not offered its publication',
    await page.getByRole('button', { name: 'Publish', exact: true }).count() === 0 ? [] : ['it is offered']);
  return change;
}

async function agree(page, change, name) {
  await page.goto(`${base}/en/changes/${change}`);
  if (page.url().endsWith('/second')) {
    if (name) await look(page, 'hidden');
    await follow(page, 'See it and not code it');
  }
  if (name) {
    await follow(page, 'How public figures would change');
    await look(page, 'preview');
    await page.goto(`${base}/en/changes/${change}`);
    await look(page, name);
  }
  await follow(page, 'Publish');
  const said = await page.locator('.fault').allTextContents();
  check(`${change} is published by the second person`, said);
}

/* The same with the weekly batch, of one change. */
async function agree_to_batch(page, change) {
  await page.goto(`${base}/en/changes?state=in_review`);
  await follow(page, 'Publish several changes at once');
  await tick(page, 'change', change);
  await look(page, 'batch');
  await follow(page, 'Preview what is chosen');
  await look(page, 'batch-preview');
  await follow(page, 'Publish these');
  await look(page, 'batch-done');
  check(`${change} is published with a batch`, (await page.textContent('table')).includes('Published') ? [] : [await page.textContent('main')]);
}

async function act_on(page, incident, button, fields) {
  await page.goto(`${base}/en/incidents/${incident}`);
  await fill_all(page, fields);
  await follow(page, button);
  const change = number_of(page);
  await follow(page, 'Hand over for review');
  return change;
}

await with_browser(async (browser) => {
  const anna = await person(browser, 1280, 'light', coder, coder_first);
  const bela = await person(browser, 390, 'dark', reviewer, reviewer_first);
  await anna.goto(`${base}/en/codes`);
  await set_up_codes(anna);
  await set_up_passkey(bela);
  await look(bela, 'start');

  const change = await code_article(anna);
  await agree(bela, change, 'review');
  await until('the public site counts the incident', async () => await counted() === 1);
  await anna.goto(`${base}/en/changes/${change}`);
  await follow(anna, 'The published incident');
  const incident = number_of(anna);
  await look(anna, 'incident');
  await follow(anna, 'Its sources, and which of them are gone');
  await look(anna, 'sources');
  await follow(anna, 'Start');
  await follow(anna, 'My alerts');
  await look(anna, 'alerts');
  const shown = await (await fetch(`${site}/en/incidents/${incident}`)).text();
  check('the public page gives the quote and who said it', ['Our files were encrypted.', 'news.example/valley']
    .filter((words) => !shown.includes(words)));

  const twice = await begin(anna, 'Cyberattack on a hospital in a valley', 'Hospital in the Valley');
  await code(anna, 'Attack type', { value: 'ransomware', ...SOURCE });
  await code(anna, 'Detected', { value: '2021-05', ...SAME });
  await anna.goto(`${base}/en/changes/${twice}/statement?entity=attribution`);
  await type(anna, 'q', 'nobody');
  await until('an attacker is looked for while the name is typed', async () => (await anna.textContent('#told')).includes('knows no attacker'));
  await look(anna, 'attribution');
  await anna.goto(`${base}/en/changes/${twice}`);
  await follow(anna, 'Hand over for review');
  await agree(bela, twice);
  await until('a second report counts until it is known to be the same attack', async () => await counted() === 2);
  await follow(bela, 'The published incident');
  const doubled = number_of(bela);
  await agree(bela, await act_on(anna, doubled, 'Merge', { 'merge-into': incident, 'merge-reason': 'The same attack' }));
  await until('merged, they count once', async () => await counted() === 1);
  const led = await fetch(`${site}/en/incidents/${doubled}`);
  check('the old address leads to the one that stands for it', new URL(led.url).pathname === `/en/incidents/${incident}` ? [] : [led.url]);

  await anna.goto(`${base}/en/organisations`);
  await type(anna, 'q', 'valley hosp');
  await until('an organisation is found while its name is typed', async () => (await anna.locator('#found th a').allTextContents()).includes('Hospital in the Valley'));
  await look(anna, 'organisations');

  await agree_to_batch(bela, await act_on(anna, incident, 'Withdraw', { 'withdraw-reason': 'It was a power cut' }));
  await until('withdrawn, it does not count', async () => await counted() === 0);
  const kept = await fetch(`${site}/en/incidents/${incident}`);
  check('its page stays and says why', (await kept.text()).includes('It was a power cut') ? [] : [String(kept.status)]);
});
done();
