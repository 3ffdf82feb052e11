/* Every page must be valid HTML by the Nu checker, and every chart valid SVG: what browsers mend, others do not. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { examples, get, languages, walked } from './site.mjs';
import { check, done } from './tap.mjs';

const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
const folder = mkdtempSync(join(tmpdir(), 'vigie-html-'));
const of_file = new Map();

/* What is wrong, by address. All files at once: the checker takes longer to start than to read. */
async function nu() {
  const found = new Map([...of_file.values()].map((address) => [address, []]));
  const options = ['-Xmx512m', '-jar', jar, '--format', 'json', '--exit-zero-always', '--also-check-svg', ...of_file.keys()];
  const { stderr } = await promisify(execFile)('java', options, { maxBuffer: 1 << 28 });
  for (const { type, url, lastLine, message, extract } of JSON.parse(stderr).messages) {
    if (type === 'info') continue; // remarks on style
    found.get(of_file.get(join(folder, basename(url)))).push(`line ${lastLine}: ${message} ${extract ?? ''}`);
  }
  return found;
}

async function keep(address, extension) {
  const file = join(folder, `${of_file.size}.${extension}`);
  writeFileSync(file, (await get(address)).body);
  of_file.set(file, address);
}

try {
  for (const { path } of await examples()) await keep(path, 'html');
  const { pages } = await walked();
  const charts = Object.keys(pages).filter((address) => /\.svg$/.test(address) && pages[address].status === 200);
  for (const address of charts) await keep(address, 'svg');
  for (const [address, wrong] of await nu()) check(`${address}: no error`, wrong);
  check('there are pages in each language and charts', languages.map((one) => `/${one}/`).concat(charts.length ? [] : ['charts'])
    .filter((one) => ![...of_file.values()].includes(one)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
done();
