"""Twenty clients edit, read and publish the same records for a minute while ThreadSanitizer looks on: no two threads of the
program may use the same memory without an order, no save may be lost, and nothing may be published twice.

Usage: VIGIE=build-tsan/vigie threads.py [SECONDS]"""
import collections
import json
import os
import sqlite3
import sys
import threading
import time

import tap
from tap import ROOT, check

os.environ["TSAN_OPTIONS"] = "die_after_fork=0:halt_on_error=0:exitcode=0:suppressions=" + os.path.join(ROOT, "tests", "tsan.supp")

from e2e_desk import begin, claim, code, press, public # noqa: E402
from work_harness import Bench # noqa: E402

CLIENTS = 20


def at_once(work):
    threads = [threading.Thread(target=work, args=(i,)) for i in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main(seconds):
    answers = collections.Counter() # a single operation of CPython: no lock is needed
    with Bench() as bench:
        coders = [bench.analyst("anna", "coder"), bench.analyst("bert", "coder")]
        editor = bench.analyst("dora", "editor")
        changes = [begin(coders[0], "Crowd %d" % i) for i in range(2)]
        for change in changes:
            code(coders[0], change)
        until = time.monotonic() + seconds

        def edit(i):
            browser = coders[i % 2].copy()
            while time.monotonic() < until:
                page = claim(browser, changes[i % 2], "records_affected", value=str(i), url="https://c%d.example/" % i)
                answers[page.status] += 1
                public(bench, "/en/incidents")

        def publish(i):
            browser = editor.copy()
            for change in changes:
                answers["published", change, press(browser, "/en/changes/" + change, "publish").status] += 1

        at_once(edit)
        for change in changes:
            press(coders[0], "/en/changes/" + change, "submit")
        at_once(publish)
        with sqlite3.connect("file:%s/work.db?mode=ro" % bench.var, uri=True) as db:
            bodies = [json.loads(body) for body, in db.execute(
                "SELECT body FROM change_version JOIN change ON change.id = change_version.change AND change.version = "
                "change_version.version")]
        claims = sum(len(statement["claims"]) for body in bodies for statement in body["statements"])
        check(answers[303] > CLIENTS and claims == answers[303] + 6, "each of %d saves is kept" % answers[303], claims, answers)
        check(all(answers["published", change, 303] == 1 for change in changes), "each change is published once", answers)
        check(bench.stop() == 0, "it ends cleanly")
        told = bench.told()
        races = told.split("WARNING: ThreadSanitizer")[1:]
        check("Serving" in told and not races, "no two threads use the same memory without an order", *races[:3])
    return tap.done()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
