#!/usr/bin/env python3
"""Usage: bench/desk.py [INCIDENTS [TIMES]]   (default: 100,000 and 15)

What the lists and forms of the workbench cost in processor time, with so many published incidents and as many candidates
in the queue, beside a public page that was answered before: at most a hundred times as much."""
import http.client
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from tap import VIGIE  # noqa: E402
from work_harness import Bench  # noqa: E402

MOST, CACHED = 100, 2000
KEEP_ALIVE = {"Accept-Encoding": "gzip"}


class Process:
    """The processor time of all threads of a process, in milliseconds: the kernel counts nanoseconds."""

    def __init__(self, number):
        self.folder = "/proc/%s/task" % number

    def used(self):
        total = 0
        for thread in os.listdir(self.folder):
            with open(os.path.join(self.folder, thread, "schedstat"), encoding="ascii") as file:
                total += int(file.read().split()[0])
        return total / 1e6


def roles(bench):
    """The processes of the site and of the workbench, by the sockets at which they listen."""
    with open("/proc/%d/task/%d/children" % (bench.process.pid, bench.process.pid), encoding="ascii") as file:
        children = file.read().split()
    found = {}
    for port in (bench.site_port, bench.port):
        with open("/proc/net/tcp", encoding="ascii") as file:
            inode = next(line.split()[9] for line in file if line.split()[1].endswith(":%04X" % port) and line.split()[3] == "0A")
        for child in children:
            folder = "/proc/%s/fd" % child
            links = [os.readlink(os.path.join(folder, name)) for name in os.listdir(folder)]
            if "socket:[%s]" % inode in links:
                found[port] = Process(child)
    return found[bench.site_port], found[bench.port]


def fill(var, incidents):
    rows = os.path.join(os.path.dirname(var), "rows.csv")
    with open(rows, "wb") as file:
        subprocess.run(["awk", "-v", "rows=%d" % incidents, "-f", os.path.join(ROOT, "bench", "import.awk")], stdout=file, check=True)
    mapping = os.path.join(ROOT, "bench", "import.map")
    with open(mapping, encoding="utf-8") as file:
        waiting = re.sub(r"(?m)^name = .*", "name = waiting", file.read())
    held = os.path.join(os.path.dirname(var), "held.map")
    with open(held, "w", encoding="utf-8") as file:
        file.write(waiting)
    for words in (["--mapping", mapping], ["--mapping", held, "--hold"]):
        subprocess.run([VIGIE, "import", "--quiet", "--as", "csv", *words, "--var", var, rows], check=True, stdout=subprocess.DEVNULL)
    os.remove(rows)


def cached(bench, site):
    """Milliseconds of one answer that is kept ready."""
    connection = http.client.HTTPConnection("127.0.0.1", bench.site_port, timeout=60)
    def ask():
        connection.request("GET", "/en/", headers=KEEP_ALIVE)
        connection.getresponse().read()
    ask()
    before = site.used()
    for _ in range(CACHED):
        ask()
    return (site.used() - before) / CACHED


def cost(browser, work, path, times):
    for n in range(times + 1):
        page = browser.get(path)
        if page.status != 200:
            raise RuntimeError(str(page))
        if n == 0:
            before = work.used()  # the first finds nothing at hand
    return (work.used() - before) / times


def begin(browser):
    """An incident with a source and a claim."""
    page = browser.send("/en/changes/new", title="Ransomware at a hospital", organisation="Alpha Hospital", country="FR",
                        org_type="hospital", role="direct")
    change = re.match(r"/en/changes/(\d+)/form$", page.location)[1]
    path = "/en/changes/%s/claim" % change
    page = browser.send(path + "?variable=attack_type", path, value="ransomware", source="new", url="https://alpha.example/",
                        title="Statement", source_type="victim", reliability="b", claimant="victim", credibility="c1",
                        stance="asserts", known_since="2021-05-14")
    if page.status != 303:
        raise RuntimeError(str(page))
    return change


def main():
    incidents, times = (int(sys.argv[i]) if len(sys.argv) > i else other for i, other in ((1, 100000), (2, 15)))
    with Bench(prepare=lambda var: fill(var, incidents)) as bench:
        site, work = roles(bench)
        ada = bench.analyst("ada", "coder")
        change = begin(ada)
        first = re.search(r"/en/candidates/(\d+)", ada.get("/en/queue").body)[1]
        middle = str(int(first) + incidents // 2)
        ada.send("/en/candidates/" + first, action="postpone", until="2099-01-01")
        ada = [ada] + [bench.analyst("ada%d" % i, "coder") for i in range(4)]
        page = cached(bench, site)
        print("a public page that is ready: %.3f ms" % page)
        worst = 0
        for i, path in enumerate(("/en/", "/en/queue", "/en/queue?after=" + middle, "/en/queue?state=held", "/en/queue?state=pending",
                                  "/en/queue?state=unverified", "/en/queue?state=sent", "/en/queue?state=postponed",
                                  "/en/queue?state=refused", "/en/candidates/" + first, "/en/candidates/" + middle,
                                  "/en/changes", "/en/changes?state=published", "/en/changes/new", "/en/changes/" + change,
                                  "/en/changes/%s/form" % change, "/en/changes/%s/claim?variable=attack_type" % change,
                                  "/en/changes/%s/claim?variable=persons_affected" % change, "/en/changes/%s/captures" % change,
                                  "/en/changes/%s/compare" % change, "/en/replies", "/en/organisations", "/en/organisations?q=saint+mary",
                                  "/en/organisations/7", "/en/incidents/7", "/en/incidents/%d" % (incidents // 2),
                                  "/en/incidents/7/split", "/en/incidents/7/reply", "/en/releases", "/en/sessions")):
            ms = cost(ada[i % len(ada)], work, path, times)
            worst = max(worst, ms)
            print("%-55s %8.3f ms, %6.1f times" % (path, ms, ms / page), flush=True)
        print("at most %d times: %s" % (MOST, "yes" if worst <= MOST * page else "no"))
        return 0 if worst <= MOST * page else 1


if __name__ == "__main__":
    sys.exit(main())
