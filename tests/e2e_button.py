"""Whichever process of the workbench is killed while a release is prepared by the button or agreed to, the release is there
whole or not at all, the workbench comes back by itself, a further try makes one, and nothing is left of the killed one."""
import collections
import concurrent.futures
import glob
import http.client
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import tap
from e2e_crash import Release
from tap import STARTER, TESTING, check, folder, skip, vigie
from work_harness import Bench, Browser

AT_ONCE = 4
CALLS = {"mkdir": 1, "write": 0.3, "fsync": 0.7, "rename": 1, "sendto": 1}
TAKES = 0.2 # seconds that a button takes here, about
MOMENTS = [("work", "prepare", 0.2), ("work", "prepare", 0.5), ("work", "prepare", 0.9), ("work", "publish", 0.1), ("work", "publish", 0.3),
           ("work", "publish", 0.8), ("vigie-log", "publish", 0.2), ("vigie-log", "publish", 0.6)]


class Register(Bench):
    """A served copy of one in which two persons have logged in."""

    def __init__(self, whole):
        super().__init__(prepare=lambda var: shutil.copytree(whole, var))

    def ask(self, sql, store="public.db"):
        with sqlite3.connect("file:%s/%s?mode=ro" % (self.var, store), uri=True) as db:
            return db.execute(sql).fetchall()

    def process_of(self, name):
        """The workbench, or one of its children."""
        work = children_of(self.process.pid)[1]
        return work if name == "work" else next(child for child in children_of(work) if content("/proc/%d/comm" % child).strip() == name)

    def as_person(self, cookie):
        person = Browser(self.port)
        person.cookie = cookie
        return person


def children_of(process):
    return [int(child) for child in content("/proc/%d/task/%d/children" % (process, process)).split()]


def content(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def press(person, path, **fields):
    """The page, or None when who should answer is killed meanwhile."""
    try:
        forms = person.get(path).parsed.forms
        return person.post(path, {**forms[-1]["fields"], **fields}) if forms else None
    except (OSError, http.client.HTTPException):
        return None


def prepare(bench, persons):
    page = press(bench.as_person(persons[0]), "/en/releases")
    return page.location if page and page.status == 303 else None


def submit(bench, persons, change):
    press(bench.as_person(persons[0]), change, action="submit")
    return change


def publish(bench, persons, change):
    return press(bench.as_person(persons[1]), change, action="publish")


class Traced:
    """strace of the maker, which is one thread: what it calls while `with` lasts."""

    def __init__(self, bench, *options):
        self.path = os.path.join(bench.var, "calls")
        self.process = subprocess.Popen(["strace", "-o", self.path, *options, "-p", str(bench.process_of("vigie-make"))],
                                        stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def __enter__(self):
        self.process.stderr.readline() # attached
        return self

    def __exit__(self, *unused):
        self.process.send_signal(signal.SIGINT)
        self.process.communicate()
        self.calls = content(self.path)


def begin(bench, persons, button):
    """What is to be done before the button is pressed."""
    return submit(bench, persons, prepare(bench, persons) or "/en/changes/0") if button == "publish" else None


def finish(bench, persons, change):
    return publish(bench, persons, change) if change else prepare(bench, persons)


def calls_of(bench, persons):
    """Of each kind of call of the maker the first or the last one, or that in the middle."""
    with Traced(bench, "-e", "trace=" + ",".join(CALLS)) as traced:
        prepare(bench, persons)
    most = collections.Counter(re.findall(r"^(\w+)\(", traced.calls, re.MULTILINE))
    return [(call, max(1, int(most[call] * part))) for call, part in CALLS.items()]


class Trial:
    """One kill, and what is there then; then the button is pressed again."""

    def __init__(self, bench, persons):
        self.before, self.lives = Release("").seen(bench), bench.told().count("Workbench at")
        self.killed = self.kill(bench, persons)
        self.back = tap.wait_for(lambda: bench.told().count("Workbench at") == self.lives + 1, 60)
        bench.port = bench.find(r"Workbench at http://127\.0\.0\.1:(\d+)/")
        self.verified = vigie("verify", var=bench.var)
        self.first = Release("").seen(bench)
        self.again(bench, persons)
        self.end = Release("").seen(bench)
        self.left = self.strangers(bench)
        for change, _ in self.waiting(bench):
            press(bench.as_person(persons[1]), "/en/changes/%d" % change, action="drop", reason="Tried enough")

    def again(self, bench, persons):
        """What was prepared is agreed to; when nothing was, a release is prepared anew. A further one clears away."""
        if self.first == self.before:
            if not self.waiting(bench):
                prepare(bench, persons)
            for change, _ in self.waiting(bench):
                publish(bench, persons, submit(bench, persons, "/en/changes/%d" % change))
        self.next = prepare(bench, persons)

    def is_whole(self):
        return (self.first[:len(self.before)] == self.before and len(self.end) == len(self.before) + 1 and all(good for _, good in self.end) and
                self.end[:len(self.first)] == self.first)

    def waiting(self, bench):
        """Changes, and the folders that they tell of."""
        return bench.ask("SELECT change.id, change.subject || '-' || substr(json_extract(body, '$.sums'), 1, 16) FROM change JOIN change_version "
                         "ON change = change.id WHERE kind = 'release.publish' AND state NOT IN ('published', 'dropped')", "work.db")

    def strangers(self, bench):
        """Folders that are neither published nor under review."""
        known = {"%d-%s" % row for row in bench.ask("SELECT id, substr(sums, 1, 16) FROM release")}
        known |= {place for _, place in self.waiting(bench)}
        return [name for name in map(os.path.basename, glob.glob(os.path.join(bench.var, "releases", "*"))) if name not in known]

    def __str__(self):
        return "%s: killed %s, back %s, %s, %s then %s, next %s, left %s; %s" % (self.what, self.killed, self.back, self.before, self.first,
                                                                              self.end, self.next, self.left, self.verified)


class AtCall(Trial):
    """The maker, at one call."""

    def __init__(self, bench, persons, call, nth):
        self.call, self.nth, self.what = call, nth, "the maker at its %s %d" % (call, nth)
        super().__init__(bench, persons)

    def kill(self, bench, persons):
        with Traced(bench, "-e", "trace=" + self.call, "--inject=%s:signal=KILL:when=%d" % (self.call, self.nth)) as traced:
            prepare(bench, persons)
            tap.wait_for(lambda: traced.process.poll() is not None) # it tells of the kill, and ends by itself
        return "killed by SIGKILL" in traced.calls


class AtMoment(Trial):
    """A process of many threads, which strace would keep from ending: after a part of the time that it all takes."""

    def __init__(self, bench, persons, name, button, part):
        self.name, self.button, self.part, self.what = name, button, part, "%s at %.2f of %s" % (name, part, button)
        super().__init__(bench, persons)

    def kill(self, bench, persons):
        change, process = begin(bench, persons, self.button), bench.process_of(self.name)
        begun = time.monotonic()
        later = threading.Timer(self.part * TAKES, os.kill, (process, signal.SIGKILL))
        later.start()
        finish(bench, persons, change)
        later.join()
        return time.monotonic() > begun


def log_in(place):
    """A register with two persons in it: its folder, and their cookies."""
    whole = os.path.join(place, "whole")
    with Bench(prepare=lambda var: vigie("import", "--as", "starter", STARTER, var=var)) as bench:
        persons = [bench.analyst(name, role).cookie for name, role in (("cora", "editor"), ("bela", "reviewer"))]
        bench.stop()
        shutil.copytree(bench.var, whole)
    return whole, persons


def try_some(whole, persons, number):
    """Every so many of all kills, in one register."""
    with Register(whole) as bench:
        plans = [(AtCall, *call) for call in calls_of(bench, persons)] + [(AtMoment, *moment) for moment in MOMENTS]
        return [plan[0](bench, persons, *plan[1:]) for plan in plans[number::AT_ONCE]]


def main():
    if TESTING or not shutil.which("strace"):
        skip("killed behind the button", "this build is too slow for it" if TESTING else "there is no strace")
        return tap.done()
    with folder() as place:
        whole, persons = log_in(place)
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            kills = sum(pool.map(lambda number: try_some(whole, persons, number), range(AT_ONCE)), [])
    check(len(kills) == len(CALLS) + len(MOMENTS) and all(trial.killed for trial in kills),
          "processes behind the button are killed at %d moments" % len(kills), *(trial for trial in kills if not trial.killed))
    check(all(trial.back for trial in kills), "and the workbench comes back by itself", *(trial for trial in kills if not trial.back))
    check(not [trial for trial in kills if trial.verified.status], "with a whole record", *(trial for trial in kills if trial.verified.status))
    wrong = [trial for trial in kills if not trial.is_whole()]
    check(not wrong, "each is there whole or not at all, and tried again it is there once", *wrong)
    left = [trial for trial in kills if trial.left or not trial.next]
    check(not left, "and the next one clears away what was left", *left)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
