/* What Redocly says of a description of an API: node tests/site/openapi.mjs FILE. Its exit status is 0 when that is nothing. */
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';

const [, , file] = process.argv;
const problems = await lintFromString({ source: readFileSync(file, 'utf8'), absoluteRef: file,
  config: await createConfig({ extends: ['recommended'] }) });
for (const { severity, ruleId, message, location: [place] } of problems)
  console.log(`${severity}: ${place?.pointer ?? ''}: ${message} (${ruleId})`);
process.exit(problems.length ? 1 : 0);
