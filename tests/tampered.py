"""Whoever writes the stores behind the program's back is named by `vigie verify`, whichever row and column it is."""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing

from tap import ROOT, TESTING, VIGIE, check

# Which test has rows of which tables; all of them are looked at somewhere.
WHERE = {"handed in": {"change", "change_version", "coding", "adjudication", "capture", "triage", "sight"},
         "coded twice": {"coding_draft", "reply"},
         "typed": {"typing"},
         "passkeys": {"account", "recovery_code", "passkey", "challenge", "session"},
         "partners": {"token", "sent_row", "sent_answer", "run", "import_row", "raw_row", "draft"},
         "imports": {"import_row", "raw_row"}, # published ones
         "mails": {"mailbox", "assignment", "source_state", "alert", "followed"},
         "addresses": {"source_check"}}


def witnessed():
    with open(os.path.join(ROOT, "src", "domain", "witness.def"), encoding="utf-8") as file:
        return set(re.findall(r"^ROWS\((\w+),", file.read(), re.MULTILINE))


def copied(var, place):
    """As it stands, also while it is served."""
    to = os.path.join(place, "var")
    shutil.copytree(var, to, ignore=shutil.ignore_patterns("*.db*", "releases"))
    for name in ("work.db", "public.db"):
        with closing(sqlite3.connect(os.path.join(var, name))) as old, closing(sqlite3.connect(os.path.join(to, name))) as new:
            old.backup(new)
    return to


def columns_of(db, table):
    """Its number first."""
    rows = db.execute("PRAGMA table_info(%s)" % table).fetchall()
    return sorted((row[1] for row in rows), key=lambda name: name != number_of(rows))


def number_of(rows):
    return next(row[1] for row in rows if row[5] and row[2].upper() == "INTEGER")


def another(value):
    return {int: lambda: value + 1000003, str: lambda: value + "x", bytes: lambda: value + b"x", type(None): lambda: 1000003}[type(value)]()


def change(db, table, nth):
    """The nth column of the newest row, or takes it away; gives what should be told of it, nothing when there is no such."""
    columns = columns_of(db, table)
    newest = db.execute("SELECT max(%s) FROM %s" % (columns[0], table)).fetchone()[0]
    if newest is None or nth > len(columns):
        return []
    if nth == len(columns):
        db.execute("DELETE FROM %s WHERE %s = ?" % (table, columns[0]), (newest,))
        return ["row %d of %s is gone" % (newest, table)]
    old = db.execute("SELECT %s FROM %s WHERE %s = ?" % (columns[nth], table, columns[0]), (newest,)).fetchone()[0]
    db.execute("UPDATE %s SET %s = ? WHERE %s = ?" % (table, columns[nth], columns[0]), (another(old), newest))
    if nth == 0: # another number: one row less, and one that nobody told of
        return ["row %d of %s is gone" % (newest, table),
                "row %d of %s is nothing that the private journal tells of" % (another(old), table)]
    return ["row %d of %s is not what the private journal says" % (newest, table)]


def findings(var):
    answer = subprocess.run([VIGIE, "verify", "--json", "--var", var], capture_output=True, text=True)
    return json.loads(answer.stdout or "{}").get("findings", [answer.stderr])


def unnamed(var, wanted):
    """What `vigie verify` does not name of the changes of every column of the wanted tables, and in which of them there is no row."""
    wrong, nth, some = [], 0, not TESTING # where each look takes a second, another build has done it
    with tempfile.TemporaryDirectory() as place:
        whole = copied(var, place)
        with closing(sqlite3.connect(os.path.join(whole, "work.db"))) as db:
            tables = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")}
            wrong += ["nobody answers for " + name for name in tables ^ (witnessed() | {"deed"})]
            wrong += ["no test looks at " + name for name in witnessed() ^ set().union(*WHERE.values())]
            wrong += ["no row of " + name for name in wanted if not db.execute("SELECT 1 FROM " + name).fetchone()]
        wrong += findings(whole)
        while some:
            spoilt = os.path.join(place, "spoilt")
            shutil.copytree(whole, spoilt)
            with closing(sqlite3.connect(os.path.join(spoilt, "work.db"), isolation_level=None)) as db:
                told = {name: change(db, name, nth) for name in sorted(wanted)}
            some, nth = any(told.values()), nth + 1
            found = findings(spoilt)
            wrong += ["%s, column %d: %s" % (name, nth, found) for name, words in told.items() if not set(words) <= set(found)]
            shutil.rmtree(spoilt)
    return wrong


def check_named(var, where):
    wrong = unnamed(var, WHERE[where])
    check(not wrong, "what is changed behind the program's back is named, of " + ", ".join(sorted(WHERE[where])), *wrong)


def spoil_public(db, table, nth):
    """As change; gives the beginnings of what should be told."""
    columns = columns_of(db, table)
    newest = db.execute("SELECT max(%s) FROM %s" % (columns[0], table)).fetchone()[0]
    if nth > len(columns):
        return []
    if nth == len(columns):
        db.execute("DELETE FROM %s WHERE %s = ?" % (table, columns[0]), (newest,))
        return ["the answer of the log to its newest batch is gone" if table == "answer" else "%s %d is missing" % (table, newest)]
    old = db.execute("SELECT %s FROM %s WHERE %s = ?" % (columns[nth], table, columns[0]), (newest,)).fetchone()[0]
    db.execute("UPDATE %s SET %s = ? WHERE %s = ?" % (table, columns[nth], columns[0]), (another(old), newest))
    if nth == 0:
        return ["of the answers of the log, %d to " % newest if table == "answer" else "%s %d is missing" % (table, newest)]
    return ["answer %d of the log is not" % newest if table == "answer" else "%s %d has another " % (table, newest)]


def check_public(var, *tables):
    """Of the public store; what is signed as a whole, entries and checkpoints, is e2e_damage's."""
    wrong, nth, some = [], 0, not TESTING
    with tempfile.TemporaryDirectory() as place:
        whole = copied(var, place)
        wrong += findings(whole)
        while some:
            spoilt = os.path.join(place, "spoilt")
            shutil.copytree(whole, spoilt)
            with closing(sqlite3.connect(os.path.join(spoilt, "public.db"), isolation_level=None)) as db:
                told = {name: spoil_public(db, name, nth) for name in tables}
            some, nth = any(told.values()), nth + 1
            found = findings(spoilt)
            wrong += ["%s, column %d: %s" % (name, nth, found[:20]) for name, words in told.items()
                      if not all(any(line.startswith(start) for line in found) for start in words)]
            shutil.rmtree(spoilt)
    check(not wrong, "what is changed behind the program's back is named, of " + ", ".join(tables), *wrong)
