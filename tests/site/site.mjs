/* The site as a reader's program sees it: its pages, found by following the links, and one example of each kind.
 *
 * The address of the site is the first argument of every check: node tests/site/pages.mjs http://127.0.0.1:8080 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export const base = (process.argv[2] ?? 'http://127.0.0.1:8080').replace(/\/$/, '');
export const languages = ['en', 'fr'];

const MOST_OF_A_KIND = 2; // addresses that differ only in numbers and codes
const DRAWN = /\.(png|xlsx)$/; // one of a kind, whatever is asked: made by the same code from what the page shows
const FIGURE = /figures\/[\w-]+/; // each is a page of its own; all take the same queries
const AT_ONCE = 4;
const NAMED_BY_SLUG = /^(actors|organisations|countries|sources|pledges|releases)$/;

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", apos: "'" };
const unescape = (text) =>
  text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (all, name) => {
    if (name in entities) return entities[name];
    if (name[0] !== '#') return all;
    return String.fromCodePoint(name[1].toLowerCase() === 'x' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10));
  });

/* What the tags of a page name: [{ tag, at: URL, text: as written, attributes }]. */
export function links(html, from) {
  const found = [];
  for (const [tag, name] of html.replace(/<!--.*?-->/gs, '').matchAll(/<(a|link|img|form|iframe|source|script|use|image)\b[^>]*>/gi)) {
    const attributes = Object.fromEntries(
      [...tag.matchAll(/\s([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key.toLowerCase(), unescape(value)]));
    const text = attributes.href ?? attributes['xlink:href'] ?? attributes.src ?? attributes.action;
    if (text === undefined) continue;
    const at = URL.canParse(text, base + from) ? new URL(text, base + from) : null;
    found.push({ tag: name.toLowerCase(), text, at, attributes });
  }
  return found;
}

export const ids = (html) => new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => unescape(id)));

/* The kind of an address: numbers, codes and the query's values do not matter. */
export function kind(path) {
  const at = new URL(path, base);
  const parts = at.pathname.split('/').map((part, i, all) =>
    /^\d+(\.\w+)?$/.test(part) ? part.replace(/^\d+/, '#')
      : NAMED_BY_SLUG.test(all[i - 1] ?? '') && part ? part.replace(/^[^.]+/, '*') : part);
  const keys = [...new Set(at.searchParams.keys())].sort();
  return parts.join('/') + (keys.length ? '?' + keys.join('&') : '');
}

/* What one or two addresses stand for: pages of a kind, a file drawn whatever is asked, or what takes the same query. */
const asked_alike = (address) => {
  const [place, query] = address.split('?');
  if (DRAWN.test(place)) return [kind(place), 1];
  return query === undefined ? [kind(place), MOST_OF_A_KIND] : [kind(address).replace(FIGURE, 'figures/*'), 1];
};

export async function get(path, options = {}) {
  const answer = await fetch(base + path, { redirect: 'manual', ...options });
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', headers: answer.headers,
           body: Buffer.from(await answer.arrayBuffer()) };
}

/* Follows the internal links of every page with at most one filter, MOST_OF_A_KIND of a kind. Gives { pages: { address: { status, type, ids, kind } },
 * links: [{ from, to, text, fragment }], elsewhere: [...], left: number of addresses not fetched }. */
async function walk() {
  const site = { pages: {}, links: [], elsewhere: [], left: 0 };
  const asked = new Set();
  const of_kind = new Map();
  const queue = [];
  const ask = (address) => {
    if (asked.has(address)) return;
    asked.add(address);
    const [one, most] = asked_alike(address);
    const count = of_kind.get(one) ?? 0;
    of_kind.set(one, count + 1);
    if (count < most) queue.push(address);
    else site.left += 1;
  };
  const visit = async (address) => {
    const { status, type, headers, body } = await get(address);
    const page = { status, type, kind: kind(address), length: body.length };
    site.pages[address] = page;
    if (status >= 300 && status < 400) ask(new URL(headers.get('location'), base + address).href.slice(base.length));
    if (status !== 200 || !type.startsWith('text/html')) return;
    const html = body.toString();
    page.ids = [...ids(html)];
    page.prose = html.includes('<article class="prose">');
    if (new URLSearchParams(address.split('?')[1]).size > 1) return; // filters add up without end
    for (const { tag, at, text, attributes } of links(html, address)) {
      if (!at) site.elsewhere.push({ from: address, text, wrong: 'no address' });
      else if (at.origin !== new URL(base).origin) site.elsewhere.push({ from: address, text, tag, rel: attributes.rel ?? '' });
      else {
        const to = at.pathname + at.search;
        site.links.push({ from: address, to, fragment: decodeURIComponent(at.hash.slice(1)) });
        ask(to);
      }
    }
  };
  for (const language of languages) ask(`/${language}/`);
  const worker = async () => {
    while (queue.length) await visit(queue.shift());
  };
  while (queue.length) await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return site;
}

/* Walked once: kept in the file that SITE_MAP names, when it names one. */
export async function walked() {
  const file = process.env.SITE_MAP;
  if (file && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const site = await walk();
  if (file) writeFileSync(file, JSON.stringify(site));
  return site;
}

/* An incident about which sources contradict each other, with the most sources; one of a register; an excluded one. */
async function telling_incidents() {
  const list = JSON.parse((await get('/en/incidents.json')).body).incidents;
  const excluded = JSON.parse((await get('/en/excluded.json')).body).incidents;
  const sources = (incident) => incident.source_urls.length + (incident.conflicting ? 100 : 0);
  const richest = list.reduce((best, one) => (sources(one) > sources(best) ? one : best));
  const chosen = { contested: richest, register: list.find((one) => one.dataset === 'hhs-ocr'), excluded: excluded[0] };
  return Object.entries(chosen).filter(([, one]) => one).map(([name, one]) => [name, one.id]);
}

/* What all pages of such a kind have in common: texts differ in their words only, charts of bars in their numbers. */
const sort = ({ prose, kind: one }) => (prose ? 'text' : /figures\/by-(?!month)/.test(one) ? 'bars' : one);

/* One page of each kind and language: [{ name, language, path, status, same }]. Those that differ from an earlier one by
 * little have `same`. */
export async function examples() {
  const { pages } = await walked();
  const found = [];
  const incidents = await telling_incidents();
  for (const language of languages) {
    const seen = new Set();
    const sorts = new Set();
    for (const [address, page] of Object.entries(pages)) {
      const html = page.status === 200 && page.type.startsWith('text/html');
      if (!html || !address.startsWith(`/${language}/`) || page.kind.includes('?') || page.kind.endsWith('incidents/#'))
        continue;
      if (seen.has(page.kind)) continue;
      seen.add(page.kind);
      found.push({ name: page.kind.slice(3), language, path: address, status: 200, same: sorts.has(sort(page)) });
      sorts.add(sort(page));
    }
    const more = [
      ...incidents.map(([name, id]) => [`incident, ${name}`, `incidents/${id}`, 200]),
      ['home, filtered', '?type=ransomware&country=FR&from=2021', 200],
      ['home, nothing found', '?country=FR&from=2019&to=2019-02', 200],
      ['list, filtered and searched', 'incidents?q=hospital&sector=patient_care&severity=major', 200],
      ['not found', 'nowhere', 404],
      ['bad filter', 'incidents?type=nonsense', 400],
    ];
    for (const [name, path, status] of more) found.push({ name, language, path: `/${language}/${path}`, status });
  }
  return found;
}
