"""Whoever is killed while a publication, a merge, a withdrawal or a release is written, at whichever system call that changes
something: the public record has all of it or nothing, what was agreed to is not lost, and nothing is there twice."""
import collections
import concurrent.futures
import hashlib
import os
import re
import shutil
import subprocess
import sys

import tap
from e2e_records import Bench, add_accounts, record
from tap import TESTING, VIGIE, check, folder, skip, vigie

CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,mkdir,rmdir,sendto,sendmsg"
OF_THE_LOG = ("public.db", "public.db-wal", "public.db-shm", "checkpoint.new", "checkpoint")
AT_ONCE = 4


def strace(var, words, *options):
    return subprocess.run(["strace", *options, VIGIE, *words, "--var", var], stdin=subprocess.DEVNULL, capture_output=True, timeout=120)


def calls_of(var, words):
    """Every such call of the command itself, and every one of its log to a file: (file or "", call, which of them). For strace
    counts each kind of call by itself, in each thread; the log's threads take turns, but not at the same file."""
    path, command, counted = os.path.join(var, "calls"), None, collections.Counter()
    strace(var, words, "-f", "-y", "-o", path, "-e", "trace=execve," + CALLS) # the first is the command's
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            process, call = re.match(r"(\d+) +(\w*)", line).groups()
            command = command or process
            if call == "execve":
                continue
            names = [name for name in OF_THE_LOG if re.search(r"/%s[>\"]" % re.escape(name), line)]
            for name in [""] if process == command else names[:1]:
                counted[name, call] += bool(call)
    return [(name, call, nth) for (name, call), most in sorted(counted.items()) for nth in range(1, most + 1)]


def killed(var, words, name, call, nth):
    """Whether somebody was, at that call."""
    path, follow = os.path.join(var, "calls"), ["-f", "-P", os.path.join(var, name)] if name else []
    strace(var, words, *follow, "-o", path, "-e", "trace=" + call, "--inject=%s:signal=KILL:when=%d" % (call, nth))
    return b"killed by SIGKILL" in content(path)


class Publication:
    """One that was agreed to: tried again, it is published, and once."""

    def __init__(self, name, change):
        self.name, self.change, self.words = name, change, ("publish", str(change), "--by", "bela")

    def seen(self, bench):
        return (bench.ask("SELECT count(*) FROM version WHERE until IS NULL"),
                bench.ask("SELECT status, target FROM status WHERE until IS NULL ORDER BY id"),
                bench.ask("SELECT count(*) FROM affected WHERE until IS NULL"), bench.ask("SELECT count(*) FROM entry"))

    def is_done(self, bench, seen, end):
        return bench.ask("SELECT state FROM change WHERE id = %d" % self.change, "work.db") == [("published",)]


class Release:
    """Tried again it is the next one when the first was published; what is published is whole, and it is known who did it."""

    def __init__(self, name):
        self.name, self.words = name, ("release", "--by", "cora")

    def seen(self, bench):
        return [(number, self.is_whole(bench, number, sums)) for number, sums in bench.ask("SELECT id, sums FROM release ORDER BY id")]

    def is_whole(self, bench, number, sums):
        """Its files are those whose sums the entry has, all of them."""
        place = os.path.join(bench.var, "releases", "%d-%s" % (number, sums[:16]))
        files = {name: content(os.path.join(place, name)) for name in os.listdir(place)}
        listed = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].decode().splitlines())
        return (hashlib.sha256(files["SHA256SUMS"]).hexdigest() == sums and {"SHA256SUMS.minisig", "minisign.pub"} < set(files) and
                listed and all(hashlib.sha256(files[name]).hexdigest() == digest for name, digest in listed.items()))

    def is_done(self, bench, seen, end):
        known = bench.ask("SELECT count(DISTINCT subject) FROM deed WHERE kind = 'release.publish'", "work.db")[0][0]
        left = set(os.listdir(os.path.join(bench.var, "releases"))) - {"%d-%s" % row for row in
                                                                       bench.ask("SELECT id, substr(sums, 1, 16) FROM release")}
        return len(end) == len(seen) + 1 and all(good for _, good in end) and known >= len(end) and not any(name[0].isdigit() for name in left)


def content(path):
    with open(path, "rb") as file:
        return file.read()


class Trial:
    """One command that is killed at one call, in a copy of the register; then it is tried again."""

    def __init__(self, place, whole, plan, call):
        bench = Bench(os.path.join(place, "%s-%s-%d" % call))
        shutil.copytree(whole.place, bench.place)
        self.call, self.killed = call, killed(bench.var, plan.words, *call)
        self.seen = plan.seen(bench)
        if self.killed:
            self.verified, self.again = vigie("verify", var=bench.var), vigie(*plan.words, var=bench.var)
            self.end = plan.seen(bench)
            self.is_done = plan.is_done(bench, self.seen, self.end)
        shutil.rmtree(bench.place)

    def __str__(self):
        return "%s, %s %d: %s, then %s; %s; %s" % (*self.call, self.seen, self.end, self.again, self.verified)


def try_all(place, whole, plan):
    before, bench = plan.seen(whole), Bench(os.path.join(place, "not-killed"))
    shutil.copytree(whole.place, bench.place)
    calls = calls_of(bench.var, plan.words)
    after = plan.seen(bench)
    shutil.rmtree(bench.place)
    check(after != before, "%s is done when nobody is killed" % plan.name, after)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        trials = list(pool.map(lambda call: Trial(place, whole, plan, call), calls))
    kills = [trial for trial in trials if trial.killed]
    finished = {who: sum(trial.seen == after for trial in kills if bool(trial.call[0]) == who) for who in (False, True)}
    check(len(kills) > 40 and 10 * len(kills) > 9 * len(calls) and all(finished.values()) and sum(finished.values()) < len(kills),
          "%s is killed at %d of its %d calls; after the commit at %d of its own and %d of its log's" %
          (plan.name, len(kills), len(calls), finished[False], finished[True]))
    halves = [trial for trial in kills if trial.seen not in (before, after)]
    check(not halves, "the record had all of it or nothing", *halves)
    lost = [trial for trial in kills if not trial.is_done or (trial.end != after and trial.seen != after)]
    check(not lost, "done again, it is done once", *lost)
    wrong = [trial for trial in kills if trial.verified.status]
    check(not wrong, "and the record was whole meanwhile", *wrong)


def release_together(whole):
    """Two who make a release at the same moment: one of them, or one after the other, and each of them whole."""
    before = len(Release("").seen(whole))
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda _: whole.run("release", by="cora"), range(AT_ONCE)))
    made, seen = sum(answer.status == 0 for answer in answers), Release("").seen(whole)
    check(made >= 1 and len(seen) == before + made and all(good for _, good in seen) and
          all(answer.status in (0, 75) for answer in answers), "%d release at once, and each that is made stays whole" % AT_ONCE, made, seen, *answers)


def main():
    if TESTING or not shutil.which("strace"):
        skip("killed at each system call", "this build is too slow for it" if TESTING else "there is no strace")
        return tap.done()
    with folder() as place:
        whole = Bench(os.path.join(place, "whole"))
        os.makedirs(whole.place)
        add_accounts(whole.var)
        for name in ("Alpha", "Beta"):
            whole.begin_and_publish("change", "open", whole.file(record(name)))
        changes = [("a publication", ("open", whole.file(record("Gamma")))), ("a merge", ("merge", 2, 1)),
                   ("a withdrawal", ("withdraw", 1))]
        for name, words in changes:
            why = None if words[0] == "open" else "It was wrong"
            change = whole.number("change", *words, by="anna", why=why)
            whole.run("change", "submit", change, by="anna")
            try_all(place, whole, Publication(name, change))
            whole.run("change", "drop", change, by="anna", why="Tried enough")
        os.makedirs(os.path.join(whole.var, "releases"), exist_ok=True)
        try_all(place, whole, Release("a release"))
        release_together(whole)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
