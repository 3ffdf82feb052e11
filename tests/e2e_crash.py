"""Whoever is killed while a publication, a merge or a withdrawal is written, at whichever system call that changes
something: the public record has all of it or nothing, what was agreed to is not lost, and nothing is there twice."""
import json
import os
import shutil
import sys

import subprocess

import tap
from e2e_records import Bench, add_accounts, record
from tap import VIGIE, check, folder, skip, vigie

CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,sendto,sendmsg"
MOST = 400


def killed(var, change, call, follow):
    """Runs the publication and kills the process that makes a system call for the nth time; False when none was. Each
    process counts its own calls; without -f only those of the command itself are counted, and with it mostly the log's."""
    done = subprocess.run(["strace", *follow, "-o", "/dev/null", "-e", "trace=" + CALLS,
                           "--inject=%s:signal=KILL:when=%d" % (CALLS, call), VIGIE, "publish", str(change), "--by", "bela",
                           "--var", var], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    return done.returncode != 0


def figures(bench):
    return (bench.ask("SELECT count(*) FROM version WHERE until IS NULL"),
            bench.ask("SELECT status, target FROM status WHERE until IS NULL ORDER BY id"),
            bench.ask("SELECT count(*) FROM affected WHERE until IS NULL"))


def try_all(place, whole, change, name, follow):
    """Kills it at the first, second, third ... such call until it is done before."""
    entries = whole.ask("SELECT count(*) FROM entry")[0][0]
    before, after, halves, lost, wrong = figures(whole), None, [], [], []
    kills = finished = 0
    for call in range(1, MOST):
        bench = Bench(os.path.join(place, "try"))
        shutil.rmtree(bench.place, ignore_errors=True)
        shutil.copytree(whole.place, bench.place)
        if not killed(bench.var, change, call, follow):
            after = figures(bench)
            break
        kills += 1
        seen = figures(bench), bench.ask("SELECT count(*) FROM entry")[0][0]
        if seen[1] not in (entries, entries + 1):
            halves.append((call, seen))
        finished += seen[1] > entries
        halfway = seen if seen[1] > entries else None
        again = bench.run("publish", change, by="bela")
        state = json.loads(bench.run("change", "show", change, "--json").out)
        if state["state"] != "published" or bench.ask("SELECT count(*) FROM entry")[0][0] != entries + 1:
            lost.append((call, again, state))
        elif halfway and halfway[0] != figures(bench):
            halves.append((call, halfway))
        if vigie("verify", var=bench.var).status:
            wrong.append((call, vigie("verify", var=bench.var)))
    check(after and after != before, "%s is done when nobody is killed" % name, after)
    check(kills > 10 and finished < kills and (finished or follow), "%s was killed at %d calls, after the commit at %d" % (name, kills, finished))
    check(not halves, "the record had all of it or nothing", halves)
    check(not lost, "done again, it is published once", *(lost[0] if lost else ()))
    check(not wrong, "and the record is whole", *(wrong[0] if wrong else ()))


def main():
    if not shutil.which("strace"):
        skip("killed at each system call", "there is no strace")
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
