/* Somebody at the workbench who uses the keyboard alone, and what is looked for on each page. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const STEP = 30000; // milliseconds of a one-time code
const used = new Map(), tools = new WeakMap();

export const PASSWORD = 'nine pears under a blue bridge';

/* RFC 6238 by Node's own crypto; each step's code of a secret once. */
export async function one_time_code(secret) {
  const bits = [...secret.replace(/ /g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const counter = Buffer.alloc(8);
  const step = Math.max(Math.floor(Date.now() / STEP), (used.get(secret) ?? 0) + 1);
  while (step > Math.floor(Date.now() / STEP) + 1) await new Promise((then) => setTimeout(then, 500));
  used.set(secret, step);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

/* Goes on with Tab until the field has the focus, then types: as somebody without a mouse does. */
export async function type(page, id, text) {
  const at = () => page.evaluate(() => document.activeElement.id);
  for (let i = 0; i < 250 && await at() !== id; i++) await page.keyboard.press('Tab');
  if (await at() !== id) throw new Error(`no way by keyboard to the field ${id} on ${page.url()}`);
  await page.keyboard.insertText(text);
}

export async function send(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

/* One a page, to its end: when any is detached, Chromium unplugs the page's devices. */
async function tools_of(page) {
  if (!tools.has(page)) tools.set(page, await page.context().newCDPSession(page));
  return tools.get(page);
}

/* In a world of its own, which the page's policy does not reach. */
export async function violations(page) {
  const session = await tools_of(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  await session.send('Runtime.evaluate', { expression: axe, contextId });
  const { result } = await session.send('Runtime.evaluate', { contextId, awaitPromise: true, returnByValue: true,
    expression: `axe.run(document, { preload: false, resultTypes: ['violations'] }).then((found) => found.violations.map(
      ({ id, nodes }) => id + ': ' + nodes.slice(0, 2).map((node) => node.html.slice(0, 150)).join(' ')))` });
  return result.value;
}

export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth
  ? [`${document.documentElement.scrollWidth} pixels in a window of ${document.documentElement.clientWidth}`] : []);

export async function enter(page, base, name, password) {
  await page.goto(`${base}/en/login`);
  await type(page, 'name', name);
  await type(page, 'password', password);
  await send(page);
}

/* What a first login leads to. */
export async function choose_password(page) {
  await type(page, 'password', PASSWORD);
  await type(page, 'again', PASSWORD);
  await send(page);
}

/* The secret of an authenticator that is now set up. */
export async function set_up_codes(page) {
  const secret = await page.textContent('.secret');
  await type(page, 'code', await one_time_code(secret));
  await send(page);
  return secret;
}

/* A device of the page's person that has checked who asks: Chromium's own, made for tests. */
export async function plug_in(page) {
  const session = await tools_of(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal',
    hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
}

/* Makes a passkey of this name at the page of one's passkeys, and uses it where a form offers that. */
export async function make_passkey(page, name) {
  await type(page, 'name', name);
  await send(page);
}

export async function use_passkey(page) {
  const reached = () => page.evaluate(() => document.activeElement.matches('.passkey button'));
  for (let i = 0; i < 60 && !await reached(); i++) await page.keyboard.press('Tab');
  await send(page);
}
