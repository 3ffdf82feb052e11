/* No link inside the site may lead nowhere, and no page may lead a reader off without saying so. */
import { base, get, kind, walked } from './site.mjs';
import { check, done } from './tap.mjs';

const site = await walked();
const addresses = Object.keys(site.pages);
const told = (addresses_) => addresses_.map((address) => `${address}: ${site.pages[address].status}`);

check(`every link inside the site answers (${addresses.length} of ${addresses.length + site.left} found, ` +
      `of all ${new Set(addresses.map(kind)).size} kinds)`,
  told(addresses.filter((address) => ![200, 302, 303, 307, 308].includes(site.pages[address].status))).map((line) => {
    const from = site.links.find((link) => line.startsWith(link.to + ': '));
    return from ? `${line} (linked from ${from.from})` : line;
  }));

const fragments = site.links.filter((link) => link.fragment && site.pages[link.to]?.ids);
check(`every fragment exists in its page (${fragments.length} links)`,
  fragments.filter((link) => !site.pages[link.to].ids.includes(link.fragment))
    .map((link) => `${link.from} leads to ${link.to}#${link.fragment}`));

const types = { csv: 'text/csv', json: 'json', svg: 'image/svg+xml', png: 'image/png', xml: 'xml', css: 'text/css',
  js: 'javascript', txt: 'text/plain', geojson: 'json', xlsx: 'spreadsheetml', atom: 'atom+xml' };
check('every file is of the type that its address names', addresses.filter((address) => {
  const extension = /\.(\w+)$/.exec(new URL(address, base).pathname)?.[1];
  return site.pages[address].status === 200 && types[extension] && !site.pages[address].type.includes(types[extension]);
}).map((address) => `${address}: ${site.pages[address].type}`));

check('no page is empty', addresses.filter((address) => site.pages[address].status === 200 && !site.pages[address].length));
check('links elsewhere are https or http addresses and tell the other site nothing (rel noopener or nofollow)',
  site.elsewhere.filter(({ text, tag, rel }) => tag === 'a' && !(/^https?:\/\//.test(text) && /nofollow|noopener|noreferrer/.test(rel))
    && !text.startsWith('mailto:')).map(({ from, text }) => `${from}: ${text}`));
check('nothing but a link names another host',
  site.elsewhere.filter(({ tag, rel }) => tag !== 'a' && !(tag === 'link' && /license|me/.test(rel ?? '')))
    .map(({ from, tag, text, wrong }) => `${from}: ${tag ?? ''} ${text} ${wrong ?? ''}`));

const lonely = [];
for (const [address, page] of Object.entries(site.pages)) {
  const swapped = address.startsWith('/en/') ? '/fr/' + address.slice(4) : address.startsWith('/fr/') ? '/en/' + address.slice(4) : null;
  if (!swapped || page.status !== 200 || !page.type.startsWith('text/html') || site.pages[swapped]?.status === 200) continue;
  const { status } = await get(swapped);
  if (status !== 200) lonely.push(`${swapped}: ${status}`);
}
check('every page exists in each language at the same address', lonely);
done();
