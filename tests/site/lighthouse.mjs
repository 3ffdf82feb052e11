/* The pages that people land on must be quick on a poor telephone, accessible, and fit for search engines.
 *
 * Lighthouse must say: accessibility and SEO 100, performance at least 95 as seen from a slow telephone. Its audit of
 * robots.txt is left out: it loads the file from inside the page, which the page's policy rightly forbids; files.py
 * reads it instead. Those of canonical and hreflang want addresses with a host, which a site that is not told its own
 * name cannot write: they count as soon as the page has them. */
import lighthouse from 'lighthouse';
import * as constants from 'lighthouse/core/config/constants.js';
import { createServer } from 'node:net';
import { base, get, languages } from './site.mjs';
import { with_browser } from './browser.mjs';
import { check, done, skip } from './tap.mjs';

const LEAST = { performance: 0.95, accessibility: 1, seo: 1 };
const WITH_HOST = ['canonical', 'hreflang'];
const TRIES = 4; // this machine does other things too
const USUAL_BENCHMARK = 1500; // of a machine on which four times slower is a poor telephone (Lighthouse, throttling.md)

const free_port = () => new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

/* What pulls a score down. */
function reasons({ categories, audits }, name) {
  const category = categories[name];
  if (category.score >= LEAST[name]) return [];
  const low = category.auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1);
  return [`${name} ${Math.round(category.score * 100)}`,
    ...low.map(({ id }) => `${id}: ${audits[id].title} ${audits[id].displayValue ?? ''} ` +
      JSON.stringify(audits[id].details?.items?.slice(0, 2) ?? audits[id].explanation ?? '').slice(0, 250))];
}

/* On a busy machine Chromium sometimes loses the trace of a load; then the page is loaded again. */
const LOST_TRACE = 'NO_NAVSTART';

async function measure(port, path, categories, left_out = [], slower = 4) {
  for (let i = 1; ; i++) {
    const { lhr } = await load(port, path, categories, left_out, slower);
    if (!lhr.runtimeError) return lhr;
    if (lhr.runtimeError.code !== LOST_TRACE || i === TRIES) throw new Error(lhr.runtimeError.message);
  }
}

function load(port, path, categories, left_out, slower) {
  return lighthouse(base + path, { port, logLevel: 'silent', output: 'json', onlyCategories: categories,
    throttling: { ...constants.throttling.mobileSlow4G, cpuSlowdownMultiplier: slower },
    skipAudits: ['full-page-screenshot', 'screenshot-thumbnails', 'final-screenshot',
      'robots-txt', ...left_out] });
}

/* A machine that is slow just now is not made four times slower still. */
const slowness = ({ environment }) => Math.min(4, Math.max(1, (4 * environment.benchmarkIndex) / USUAL_BENCHMARK));

const port = await free_port();
await with_browser(async () => {
  const { id } = JSON.parse((await get('/en/incidents.json')).body).incidents.at(0);
  for (const language of languages)
    for (const path of [`/${language}/`, `/${language}/incidents`, `/${language}/incidents/${id}`]) {
      const named = /<link rel="canonical" href="https?:/.test((await get(path)).body.toString());
      const wanted = Object.keys(LEAST).filter((name) => name !== 'performance' || language === languages[0] || path === `/${language}/`);
      let result = await measure(port, path, wanted, named ? [] : WITH_HOST);
      if (!named) skip(`${path}: ${WITH_HOST.join(' and ')} for search engines`, 'the page names no address with a host');
      for (const name of ['accessibility', 'seo']) check(`${path}: ${name}`, reasons(result, name));
      if (!wanted.includes('performance')) continue; // words weigh little
      for (let i = 1; i < TRIES && reasons(result, 'performance').length; i++)
        result = await measure(port, path, ['performance'], [], slowness(result));
      check(`${path}: performance at least ${LEAST.performance * 100}`, reasons(result, 'performance'));
    }
}, [`--remote-debugging-port=${port}`]);
done();
