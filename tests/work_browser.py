#!/usr/bin/env python3
"""The workbench must never be something that a browser, a keyboard or a checker of standards cannot take.

As tests/browser.py: it needs Chromium, Node, Java and what is installed in tests/site."""
import os
import shutil
import subprocess
import sys

from tap import ROOT, STARTER
from work_harness import Bench

SITE = os.path.join(ROOT, "tests", "site")


def main():
    for command in ("node", "chromium", "java"):
        if not shutil.which(command):
            print("1..0 # skip %s is not installed" % command)
            return 0
    if not os.path.isdir(os.path.join(SITE, "node_modules", "axe-core")):
        print("1..0 # skip tests/site/node_modules is not there")
        return 0
    with Bench() as bench:
        bench.run("import", "--as", "starter", "--hold", "--quiet", STARTER)
        address = "http://127.0.0.1:%d" % bench.port
        bench.add("coding-person", "coder")
        return subprocess.run(["node", os.path.join(SITE, "work.mjs"), address, "first.administrator",
                               bench.add("first.administrator", "administrator")]).returncode


if __name__ == "__main__":
    sys.exit(main())
