"""Whoever is killed while a publication, a merge or a withdrawal is written, at whichever system call that changes
something: the public record has all of it or nothing, what was agreed to is not lost, and nothing is there twice."""
import concurrent.futures
import os
import shutil
import subprocess
import sys

import tap
from e2e_records import Bench, add_accounts, record
from tap import TESTING, VIGIE, check, folder, skip, vigie

CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,sendto,sendmsg"
MOST, AT_ONCE = 400, 4


def killed(var, change, call, follow):
    """Runs the publication and kills the process that makes a system call for the nth time; False when none was. Each
    process counts its own calls; without -f only those of the command itself are counted, and with it mostly the log's."""
    done = subprocess.run(["strace", *follow, "-o", "/dev/null", "-e", "trace=" + CALLS,
                           "--inject=%s:signal=KILL:when=%d" % (CALLS, call), VIGIE, "publish", str(change), "--by", "bela",
                           "--var", var], stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    return done.returncode != 0


def figures(bench):
    return (bench.ask("SELECT count(*) FROM version WHERE until IS NULL"),
            bench.ask("SELECT status, target FROM status WHERE until IS NULL ORDER BY id"),
            bench.ask("SELECT count(*) FROM affected WHERE until IS NULL"), bench.ask("SELECT count(*) FROM entry"))


class Trial:
    """One publication that is killed at its nth call, in a copy of the register; then it is tried again."""

    def __init__(self, place, whole, change, call, follow):
        bench = Bench(os.path.join(place, "try-%d" % call))
        shutil.copytree(whole.place, bench.place)
        self.call, self.killed = call, killed(bench.var, change, call, follow)
        self.seen = figures(bench)
        if self.killed:
            self.verified = vigie("verify", var=bench.var)
            self.again = bench.run("publish", change, by="bela")
            self.state = bench.ask("SELECT state FROM change WHERE id = %d" % change, "work.db")[0][0]
        self.end = figures(bench)
        shutil.rmtree(bench.place)

    def __str__(self):
        return "call %d: %s, then %s, %s; %s; %s" % (self.call, self.seen, self.end, self.state, self.again, self.verified)


def try_all(place, whole, change, name, follow):
    """Kills it at the first, second, third ... such call until it is done before."""
    before, trials = figures(whole), []
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        while len(trials) < MOST and all(trial.killed for trial in trials):
            calls = range(len(trials) + 1, len(trials) + 1 + AT_ONCE)
            trials += pool.map(lambda call: Trial(place, whole, change, call, follow), calls)
    after = next((trial.end for trial in trials if not trial.killed), None)
    kills = [trial for trial in trials if trial.killed]
    finished = sum(trial.seen == after for trial in kills)
    check(after and after != before, "%s is done when nobody is killed" % name, after)
    check(len(kills) > 10 and finished < len(kills) and (finished or follow),
          "%s was killed at %d calls, after the commit at %d" % (name, len(kills), finished))
    halves = [trial for trial in kills if trial.seen not in (before, after)]
    check(not halves, "the record had all of it or nothing", *halves)
    lost = [trial for trial in kills if trial.end != after or trial.state != "published"]
    check(not lost, "done again, it is published once", *lost)
    wrong = [trial for trial in kills if trial.verified.status]
    check(not wrong, "and the record was whole meanwhile", *wrong)


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
            try_all(place, whole, change, name + ", by its log", ["-f"])
            try_all(place, whole, change, name, [])
            whole.run("change", "drop", change, by="anna", why="Tried enough")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
