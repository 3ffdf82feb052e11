"""An import that is killed at any moment must lose nothing that was acknowledged and double nothing: run again, it goes on,
and the record is the same as if nobody had killed it."""
import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import tap
from tap import TESTING, VIGIE, check, folder, skip, vigie

ROWS = 6000
KILLS = 6 if TESTING else 20  # the sanitizers see in a few what they see at all
MAPPING = """name = killed
licence = CC0
source.title = A long table
source.type = register
source.reliability = b
claimant = authority
credibility = c2
dates = day-month-year
sum = persons_affected
[columns]
Id = key
Who = organisation.name
Country = organisation.country
When = event_kind.impact_start
Persons = persons_affected
What = attack_type
[always]
organisation.type = hospital
[values What]
locked = ransomware
taken = data_theft
"""


def write_table(path, rows):
    chance = random.Random(1)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("Id,Who,Country,When,Persons,What,Other\n")
        for i in range(rows):
            identity = i if i % 500 else 0  # one id again and again
            file.write('%d,"Hospital %d",%s,%d.%d.2021,"%s",%s,"%s"\n' % (
                identity, i, chance.choice(["France", "DE", "Spain", "XX"]), chance.randint(1, 28), chance.randint(1, 12),
                chance.choice(["1,200", "90", "unknown", "many"]), chance.choice(["locked", "taken"]), "x" * 40))
        file.write('9999,"never closed\n')


def words(place, var, *more):
    return ["import", "--as", "csv", "--mapping", os.path.join(place, "table.map"), os.path.join(place, "table.csv"),
            "--var", var, "--observed", "2022-01-01", *more]


def ask(var, store, question):
    with contextlib.closing(sqlite3.connect(os.path.join(var, store))) as db:
        return db.execute(question).fetchall()


def record_of(var):
    """What was published, without the moments and hashes that differ between two runs."""
    return (ask(var, "public.db", "SELECT seq, kind, subject, body FROM entry ORDER BY seq"),
            ask(var, "work.db", "SELECT external, row, incident, state, reason, hash FROM import_row ORDER BY id"),
            ask(var, "work.db", "SELECT line, bytes, refusal FROM raw_row ORDER BY id"))


def report_of(answer):
    report = json.loads(answer.out)
    for key in ("seconds", "resumed_at"):
        report.pop(key, None)
    return report


def acknowledged(var):
    """Rows that the work store says are done; each of them that was published must be in the public store."""
    try:
        rows = ask(var, "work.db", "SELECT coalesce(max(rows_done), 0) FROM run")[0][0]
        newest = ask(var, "work.db", "SELECT coalesce(max(incident), 0) FROM import_row")[0][0]
        entries = ask(var, "public.db", "SELECT count(*) FROM entry")[0][0]
        return rows, newest <= entries
    except sqlite3.OperationalError:  # killed before the stores were made
        return 0, True


def has_ended(var):
    try:
        return ask(var, "work.db", "SELECT count(*) FROM run WHERE ended IS NOT NULL")[0][0] > 0
    except sqlite3.OperationalError:
        return False


def kill_one(place, var, after):
    """Starts an import and kills it, and its log with it, after so many seconds; False when it had ended by then."""
    process = subprocess.Popen([VIGIE] + words(place, var), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    time.sleep(0.02)
    return not has_ended(var)


def test_kills(place):
    whole, var = os.path.join(place, "whole"), os.path.join(place, "killed")
    started = time.monotonic()
    expected = vigie(*words(place, whole, "--json"))
    seconds = time.monotonic() - started
    if not check(expected.status == 0, "an import that nobody kills ends", expected):
        return
    chance = random.Random(2)
    lost = doubled = kills = before = 0
    while kills < KILLS or (before == 0 and kills < 10 * KILLS):
        if not kill_one(place, var, chance.uniform(0.02, max(0.08, seconds * 0.9))):
            shutil.rmtree(var)  # it was faster: from the start again
            before = 0
            continue
        kills += 1
        rows, known = acknowledged(var)
        lost += rows < before
        doubled += not known
        before = rows
    check(before > 0, "an import that was killed at least %d times has a part of the rows" % KILLS, kills)
    check(lost == 0, "no row that was acknowledged is lost", lost)
    check(doubled == 0, "what the work store calls published is published", doubled)
    answer = vigie(*words(place, var, "--json"))
    check(answer.status == 0, "the import goes on and ends", answer)
    check(report_of(answer) == report_of(expected), "its report is that of the whole file", answer.out, expected.out)
    check(record_of(var) == record_of(whole), "the record is the same as if nobody had killed it")
    verified = vigie("verify", var=var)
    check(verified.status == 0, "vigie verify is clean", verified)
    again = json.loads(vigie(*words(place, var, "--json")).out)
    check(again["added"] == 0 and again["changed"] == 0 and again["unchanged"] == ROWS and again["refused"] == 1,
          "a second run adds nothing", again)


def test_reordered(place):
    var = os.path.join(place, "killed")
    with open(os.path.join(place, "table.csv"), encoding="utf-8") as file:
        lines = file.readlines()
    body = lines[1:-1]
    random.Random(3).shuffle(body)
    with open(os.path.join(place, "table.csv"), "w", encoding="utf-8") as file:
        file.writelines(lines[:1] + body)
    entries = ask(var, "public.db", "SELECT count(*) FROM entry")
    report = json.loads(vigie(*words(place, var, "--json")).out)
    check(report["added"] == 0 and report["changed"] == 0 and report["unchanged"] == ROWS,
          "the same rows in another order add nothing", report)
    check(ask(var, "public.db", "SELECT count(*) FROM entry") == entries, "and make no entry")


def test_flat_memory(place):
    """Twice the rows must not need twice the memory, once what is bounded is full."""
    if TESTING:
        skip("memory is flat", "the sanitizer keeps freed memory")
        return
    sizes = []
    for rows in (40000, 80000):
        write_table(os.path.join(place, "table.csv"), rows)
        var = os.path.join(place, "memory-%d" % rows)
        pid = os.posix_spawn(VIGIE, [VIGIE] + words(place, var, "--hold"), os.environ,
                             file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
        _, status, usage = os.wait4(pid, 0)
        sizes.append(usage.ru_maxrss)
        check(status == 0, "an import of %d rows" % rows)
    check(sizes[1] < sizes[0] * 1.5, "memory is flat", sizes)


def main():
    with folder() as place:
        with open(os.path.join(place, "table.map"), "w", encoding="utf-8") as file:
            file.write(MAPPING)
        write_table(os.path.join(place, "table.csv"), ROWS)
        test_kills(place)
        test_reordered(place)
        test_flat_memory(place)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
