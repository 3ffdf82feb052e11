#!/usr/bin/env python3
"""The workbench must never be something that a browser, a keyboard or a checker of standards cannot take.

Usage: work_browser.py pages|publication. As tests/browser.py: it needs Chromium, Node, Java and what is installed in tests/site."""
import os
import shutil
import subprocess
import sys

from tap import ROOT, STARTER
from work_harness import Bench

SITE = os.path.join(ROOT, "tests", "site")
ARTICLE = os.path.join(ROOT, "tests", "articles", "valley.txt")


def missing():
    for command in ("node", "chromium", "java"):
        if not shutil.which(command):
            return "%s is not installed" % command
    return None if os.path.isdir(os.path.join(SITE, "node_modules", "axe-core")) else "tests/site/node_modules is not there"


def pages(bench, address):
    """Every page that an administrator can reach."""
    bench.run("import", "--as", "starter", "--hold", "--quiet", STARTER)
    bench.add("coding-person", "coder")
    return ["work.mjs", address, "first.administrator", bench.add("first.administrator", "administrator")]


def publication(bench, address):
    """Two persons on the way of an article to its publication."""
    return ["publication.mjs", address, "http://127.0.0.1:%d" % bench.site_port, ARTICLE,
            "anna", bench.add("anna", "coder"), "bela", bench.add("bela", "reviewer")]


WALKS = {"pages": pages, "publication": publication}


def main():
    if why := missing():
        print("1..0 # skip %s" % why)
        return 0
    with Bench() as bench:
        words = WALKS[sys.argv[1]](bench, bench.origin)
        return subprocess.run(["node", os.path.join(SITE, words[0]), *words[1:]]).returncode


if __name__ == "__main__":
    sys.exit(main())
