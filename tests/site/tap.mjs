/* TAP lines for the checks of the site. */
let run = 0;
let failed = 0;

/* One line; `wrong` lists what is not as it should be, and is empty when all is well. */
export function check(name, wrong) {
  run += 1;
  failed += wrong.length > 0 ? 1 : 0;
  console.log(`${wrong.length ? 'not ok' : 'ok'} ${run} - ${name}`);
  for (const thing of wrong.slice(0, 8)) console.log(`# ${String(thing).replace(/\s+/g, ' ').slice(0, 500)}`);
  if (wrong.length > 8) console.log(`# and ${wrong.length - 8} more`);
}

export function skip(name, why) {
  run += 1;
  console.log(`ok ${run} - ${name} # SKIP ${why}`);
}

export function done() {
  console.log(`1..${run}`);
  process.exitCode = failed ? 1 : 0;
}
