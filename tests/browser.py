#!/usr/bin/env python3
"""The served site must never be something that a browser, a checker of standards or another tool cannot take.

The checks are in tests/site; each prints TAP for the address of a running site. They say nothing about the C code that
the sanitizers watch, so they are run once, on the release build. `./dev test` installs what they need; what could not be
installed is skipped with the reason."""
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import threading

import tap

SITE = os.path.join(tap.ROOT, "tests", "site")
SHARED = os.environ.get("VIGIE_SHARED", os.path.join(os.path.dirname(tap.ROOT), "shared"))
VINTAGES = ["2019-12-03", "2022-07-15"]
# what each check needs besides Node; the first is alone because it finds the pages for the others
FIRST = ["links.mjs"]
LANES = [["pages.mjs"], ["lighthouse.mjs"], ["html.mjs", "metamorphic.py", "files.py"]]
BROWSER = "chromium-headless-shell" # Chromium without its windows: half the work
NEEDS = {"pages.mjs": [BROWSER], "lighthouse.mjs": [BROWSER], "html.mjs": ["java"]}


def missing(name):
    """Why a check cannot run here; None when it can."""
    if name.endswith(".py"):
        return None
    for command in ["node"] + NEEDS.get(name, []):
        if not shutil.which(command):
            return "%s is not installed" % command
    if name != "links.mjs" and not os.path.isdir(os.path.join(SITE, "node_modules", "axe-core")):
        return "tests/site/node_modules is not there: npm's registry could not be reached"
    return None


def fill(var):
    """The starter incidents, and a register of thousands where it is at hand."""
    answers = [tap.vigie("import", "--as", "starter", "--quiet", tap.STARTER, var=var)]
    for day in VINTAGES:
        path = os.path.join(SHARED, "data", "hhs-ocr", "breach_report_%s.csv" % day)
        if os.path.exists(path):
            answers.append(tap.vigie("import", "--as", "hhs-ocr", "--observed", day, "--quiet", path, var=var))
    tap.check(all(answer.status == 0 for answer in answers), "the site has incidents", *answers)


def part(name, address, folder):
    """The lines of one check, or the reason for leaving it out."""
    why = missing(name)
    if why:
        return name, why, "", 0
    program = [sys.executable] if name.endswith(".py") else ["node"]
    command = program + [os.path.join(SITE, name), address, os.path.join(folder, "var", "public.db")]
    quiet = dict(os.environ, SITE_MAP=os.path.join(folder, "pages.json"), LC_ALL="C.UTF-8")
    done = subprocess.run(command, env=quiet, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    return name, None, done.stdout.decode("utf-8", "replace"), done.returncode


def tell(name, why, text, status):
    """The lines again, with numbers of this program."""
    if why:
        return tap.skip(name, why)
    seen, plan, wrong = 0, None, []
    results = []
    for line in text.splitlines():
        if found := re.match(r"(ok|not ok) \d+ - (.*?)(?: # SKIP (.*))?$", line):
            results.append((found[1] == "ok", found[2], found[3], []))
            seen += 1
        elif found := re.match(r"1\.\.(\d+)$", line):
            plan = int(found[1])
        elif results and line.startswith("# "):
            results[-1][3].append(line[2:])
        else:
            wrong.append(line)
    for good, what, skipped, remarks in results:
        label = "%s: %s" % (name.split(".")[0], what)
        if skipped:
            tap.skip(label, skipped)
        else:
            tap.check(good, label, *remarks)
    ended = plan == seen and (status == 0 or any(not good for good, *_ in results))
    tap.check(ended, "%s comes to its end" % name, "plan %s, seen %d, exit status %s" % (plan, seen, status), *wrong[-30:])


def lane(names, address, folder, telling=threading.Lock()):
    for name in names:
        result = part(name, address, folder)
        with telling:
            tell(*result)


def main():
    with tap.folder() as folder:
        var = os.path.join(folder, "var")
        fill(var)
        with tap.served(var, named=True) as (process, address):
            lane(FIRST, address, folder)
            with concurrent.futures.ThreadPoolExecutor(len(LANES)) as pool:
                list(pool.map(lambda names: lane(names, address, folder), LANES))
            tap.check(process.poll() is None, "the site is still there afterwards")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
