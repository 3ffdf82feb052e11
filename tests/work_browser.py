#!/usr/bin/env python3
"""The workbench must never be something that a browser, a keyboard or a checker of standards cannot take.

Usage: work_browser.py pages|publication. As tests/browser.py: it needs Chromium, Node, Java and what is installed in tests/site."""
import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys

from browser import BROWSER
from e2e_blind import code_second, prepare
from e2e_coding import capture
from e2e_desk import press
from e2e_marks import routes
from tap import ROOT, STARTER
from work_harness import Bench

SITE = os.path.join(ROOT, "tests", "site")
ARTICLE = os.path.join(ROOT, "tests", "articles", "valley.txt")


def missing():
    for command in ("node", BROWSER, "java"):
        if not shutil.which(command):
            return "%s is not installed" % command
    return None if os.path.isdir(os.path.join(SITE, "node_modules", "axe-core")) else "tests/site/node_modules is not there"


def fill(bench):
    """Something of everything that a page can be about; gives a change that waits for its second coding, and where to begin."""
    few = os.path.join(os.path.dirname(bench.var), "few.csv")
    with open(STARTER, encoding="utf-8") as file, open(few, "w", encoding="utf-8") as part:
        part.writelines(file.readlines()[:11])
    bench.run("import", "--as", "starter", "--quiet", few)
    bench.run("import", "--as", "starter", "--quiet", "--hold", STARTER)
    anna, dora = bench.analyst("anna", "coder"), bench.analyst("dora", "editor")
    made = re.search(r"\d+", anna.send("/en/actors/new", name="ALPHV", reason="MISP galaxy").location)[0]
    press(anna, "/en/changes/" + made, "submit")
    press(dora, "/en/changes/" + made, "publish")
    twice = prepare(bench, anna)["changes"]
    anna.send("/en/changes/%s/reply" % twice, organisation="Hospital of the Hill", way="mail", asked="2026-01-05")
    press(anna, "/en/changes/" + twice, "submit")
    press(dora, "/en/changes/%s/second" % twice, "begin")
    code_second(dora, "/en/changes/%s/second" % twice)
    press(dora, "/en/changes/%s/second" % twice, "hand-in")
    press(dora, "/en/changes/" + twice, "return", reason="One claim more")
    candidate = re.search(r"/en/candidates/\d+", anna.get("/en/queue").body)[0]
    once = re.search(r"\d+", press(anna, candidate, "take").location)[0]
    capture(anna, once, text="They said little.")
    press(anna, "/en/changes/" + once, "submit")
    return once, ["/incidents/1", "/organisations/1", "/actors/1",
                  "/changes/" + twice, "/changes/%s/compare" % twice, "/batch/preview?change=" + once]


def pages(bench, address):
    """Every page that an administrator can reach."""
    with contextlib.redirect_stdout(io.StringIO()): # the walk has its own plan
        coded, beginnings = fill(bench)
    return ["work.mjs", address, "first.administrator", bench.add("first.administrator", "administrator"), coded, json.dumps(beginnings),
            json.dumps([path for method, path, _ in routes() if method == "GET"])]


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
