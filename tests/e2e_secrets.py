"""What is not published must not be found on the public side: no word, count, order or ETag of it in any answer, none of it in
the public store's bytes, in what the server writes, or in the memory of the process that answers the public.

A hundred words are planted wherever somebody who works on records can leave one; beside them stand words that are published,
which the same search must find."""
import base64
import contextlib
import glob
import hashlib
import json
import os
import re
import signal
import sqlite3
import sys

import tap
import wire
from e2e_coding import capture
from e2e_desk import press
from e2e_partner import Program, token_of
from e2e_reply import ask
from every_answer import Every
from planted import MARK, found, memory_of, word
from tap import STARTER, TESTING, check, skip, wait_for
from work_harness import PASSWORD, Bench

SHOWN = "wyqkzjbv" # the mark of what is published
NUMBER = "7390184265"
TABLES = """account adjudication capture change change_version coding coding_draft deed draft import_row mailbox raw_row reply run
triage""".split()
WORK_TABLE = b"recovery_code" # stands in the work store's first page; in the program only as text of its file


class Planter:
    """Gives a new word each time."""

    def __init__(self, mark):
        self.mark, self.words = mark, []

    def __call__(self):
        self.words.append(word(len(self.words), self.mark))
        return self.words[-1]


def source(plant):
    name = plant()
    return {"access": "open", "archive": "https://archive.example/" + plant(), "group": plant(), "language": "fr", "licence": plant(),
            "published": "2021-05-14", "reliability": "b", "sha256": hashlib.sha256(name.encode()).hexdigest(), "source_type": "victim", "title": plant(),
            "url": "https://%s.example/statement" % name}


def statement(plant, claims, day="2021-05-14"):
    return {"as_of": day, "claimant": "victim", "claims": claims, "credibility": "c1", "known_since": day, "locator": plant(), "source": 0,
            "stance": "asserts"}


def claim(plant, variable, value):
    return {"quote": plant(), "raw": plant(), "value": value, "variable": variable}


def record(plant, persons="123"):
    return {"affected": [{"organisation": {"country": "FR", "external": plant(), "name": "Hospital " + plant(), "org_type": "hospital",
                                           "place": plant()}, "role": "direct"}],
            "dataset": "workbench", "external": plant(), "sources": [source(plant)],
            "statements": [statement(plant, [claim(plant, "attack_type", "ransomware"), claim(plant, "event_kind.detected", "2021-05-13"),
                                             claim(plant, "persons_affected", persons)])],
            "summary": plant(), "title": "Ransomware at %s, May 2021" % plant()}


def more(plant):
    return {"dataset": "workbench", "external": plant(), "sources": [source(plant)],
            "statements": [statement(plant, [claim(plant, "persons_affected", "124")], "2021-06-01")]}


class Desk:
    """The workbench by its commands."""

    def __init__(self, bench):
        self.bench, self.place = bench, os.path.dirname(bench.var)

    def file(self, content, name="body.json"):
        path = os.path.join(self.place, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content if isinstance(content, str) else json.dumps(content))
        return path

    def run(self, *words, by="anna", why=None):
        return self.bench.run(*map(str, words), "--by", by, *(["--reason", why] if why else []))

    def begin(self, *words, why=None):
        answer = self.run(*words, "--json", why=why)
        if answer.returncode:
            check(False, "vigie " + " ".join(map(str, words)), answer.stderr)
            return 0
        return list(json.loads(answer.stdout).values())[-1]

    def publish(self, *words, why=None):
        change = self.begin(*words, why=why)
        self.run("change", "submit", change)
        answer = self.run("publish", change, by="bela")
        check(answer.returncode == 0, "published: vigie " + " ".join(map(str, words[:2])), answer.stderr)


def fill(bench, desk, plant):
    """A small register: some incidents of the starter file, and some with the words that are published."""
    with open(STARTER, encoding="utf-8") as file:
        bench.run("import", "--as", "starter", desk.file("".join(file.readlines()[:11]), "some.csv"))
    for name, role in (("anna", "coder"), ("bela", "reviewer"), ("cora", "editor"), ("dora", "editor")):
        bench.add(name, role)
    for _ in range(2):
        desk.publish("change", "open", desk.file(record(plant)))
    desk.publish("change", "add", 11, desk.file(more(plant)))
    desk.publish("organisation", "name", 1, "alias", plant(), why=plant())
    desk.publish("change", "withdraw", 12, why=plant())
    check(desk.run("release", by="cora").returncode == 0, "a release is made")


def plant_candidates(bench, desk, plant):
    rows = [[wire.HEADINGS, "told", "other"]]
    rows += [[plant(), "Clinic " + plant(), "France", "1.6.2021", "locked", plant(), plant()] for _ in range(5)]
    rows += [[plant(), plant(), "Nowhere " + plant(), "99.99.2021", plant(), plant(), plant()]]
    mapping = wire.column("told", "summary").replace("CC0", plant()).replace("A wire", plant())
    check(wire.hold(bench.var, [",".join(row) for row in rows], mapping, plant()).status == 0, "candidates wait")
    numbers = [row["candidate"] for row in json.loads(bench.run("queue", "candidates", "--json").stdout)["candidates"]]
    desk.run("queue", "take", numbers[0])
    desk.run("queue", "postpone", numbers[1], "2099-01-01")
    desk.run("queue", "refuse", numbers[2], "no_attack", why=plant())


def plant_changes(bench, desk, plant):
    """Whatever can be begun, given back, dropped or tried, and nothing of it published."""
    uncoded = desk.begin("change", "open", desk.file(record(plant)))
    desk.run("change", "submit", uncoded)
    begun = [desk.begin("change", "open", desk.file(record(plant, NUMBER))), desk.begin("change", "add", 1, desk.file(more(plant))),
             desk.begin("change", "withdraw", 2, why=plant()), desk.begin("change", "merge", 3, 1, why=plant()),
             desk.begin("change", "split", 4, desk.file([record(plant), record(plant)]), why=plant()),
             desk.begin("organisation", "name", 2, "alias", plant(), why=plant()),
             desk.begin("organisation", "merge", 3, 2, why=plant())]
    for change in begun:
        desk.run("change", "submit", change)
        tried = desk.run("publish", change, "--preview", by="bela")
        check(tried.returncode == 0, "change %s is tried" % change, tried.stderr)
    check(desk.run("change", "code", begun[0], desk.file(record(plant)), by="cora").returncode == 0, "a second coding waits")
    decided = desk.run("change", "decide", begun[0], "persons_affected", "first", by="dora", why=plant())
    check(decided.returncode == 0, "where the codings differ, a third person decides", decided.stderr)
    desk.run("change", "assign", begun[1], "dora", by="bela")
    bench.run("account", "mail", "dora", plant() + "@example.org")
    desk.run("change", "return", begun[1], by="bela", why=plant())
    desk.run("change", "drop", begun[2], why=plant())
    check(bench.run("agreement").returncode == 0, "agreement is measured")
    return uncoded


def plant_at_workbench(bench, browser, uncoded, plant):
    """What only forms take: a copy of a source, a question to a victim, a coding that is not finished; and a partner's record."""
    page = press(browser, "/en/changes/%s/second" % uncoded, "begin")
    check(page.status == 303, "a second coding is begun", page)
    begun = re.match(r"/en/changes/(\d+)/form", browser.post("/en/changes/new", new_incident(browser, "Hospital " + plant(), plant)).location)[1]
    page = capture(browser, begun, title=plant(), text="They said " + plant())
    check(page.status == 303, "a source is captured", page)
    name = "Hospital " + plant.words[-3]
    check(isinstance(ask(browser, begun, name), int), "an organisation is asked for its reply", name)
    bench.add("cert", "partner")
    body = {key: value for key, value in record(plant).items() if key != "dataset"} # which is the partner's
    answer = Program(bench.port, token_of(bench, "cert", "--scope", "send")["token"]).send(body)
    check(answer.status in (200, 201, 202), "a partner sends a record", answer)


def new_incident(browser, organisation, plant):
    page = browser.get("/en/changes/new")
    return {**page.parsed.form("/changes/new")["fields"], "title": plant(), "organisation": organisation, "country": "FR",
            "org_type": "hospital", "role": "direct"}


def plant_people(bench, uncoded, plant):
    """Accounts, sessions and what is typed into forms; what only these persons know is given back."""
    eve = bench.analyst(plant()[:30], "editor")
    page = eve.ask("GET", "/en/login", headers={"User-Agent": plant()})
    eve.log_in(plant()[:30], plant()) # which there is not
    other = bench.browser()
    other.secret, other.used = eve.secret, eve.used
    other.log_in(eve.name, PASSWORD)
    other.send("/en/code", code=other.code())
    other.get("/en/changes/new", **{"User-Agent": plant()})
    for _ in range(6):
        page = other.post("/en/changes/new", new_incident(other, plant(), plant))
        check(page.status == 303, "an incident is begun at the workbench", page)
    plant_at_workbench(bench, other, uncoded, plant)
    return [PASSWORD, eve.first, eve.secret.replace(" ", ""), other.cookie, *eve.recovery]


def contents(place, *names):
    held = b""
    for name in names:
        if os.path.exists(os.path.join(place, name)):
            with open(os.path.join(place, name), "rb") as file:
                held += file.read()
    return held


def tables_with(bench):
    """The tables of the work store in which a planted word stands."""
    with contextlib.closing(sqlite3.connect(os.path.join(bench.var, "work.db"))) as db:
        names = [name for name, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return sorted(name for name in names if any(MARK.encode() in (cell if isinstance(cell, bytes) else str(cell).encode())
                                              for row in db.execute("SELECT * FROM " + name) for cell in row))


def until_shown(bench):
    """The figures are those of the journal's last entry."""
    with contextlib.closing(sqlite3.connect(os.path.join(bench.var, "public.db"))) as db:
        entries = db.execute("SELECT count(*) FROM entry").fetchone()[0]
    figures = "http://127.0.0.1:%d/api/v1/figures" % bench.site_port
    check(wait_for(lambda: json.loads(tap.fetch(figures)[1])["entries"] == entries), "the site shows what is published")


def kill_all(bench):
    """So that nobody tidies up: the write-ahead log stays, and whoever starts next reads it."""
    os.kill(bench.process.pid, signal.SIGSTOP)
    with open("/proc/%d/task/%d/children" % (bench.process.pid, bench.process.pid), encoding="ascii") as file:
        for child in file.read().split():
            os.kill(int(child), signal.SIGKILL)
    os.kill(bench.process.pid, signal.SIGKILL)
    bench.process.wait()


def same(first, second):
    return [(key, first.answers[key][:2], second.answers[key][:2]) for key in first.answers if first.answers[key] != second.answers[key]]


def check_files(bench, exact):
    public = [os.path.join(folder, name) for folder, _, names in os.walk(bench.var) for name in names if not name.startswith("work.")]
    told = [(path, found(contents("/", path), exact=exact)) for path in public]
    check(not [one for one in told if one[1]], "none is in the public store, its log or any file beside it", *told)
    check(found(contents(bench.var, "public.db", "public.db-wal"), SHOWN), "where what is published is found")
    check({"public.db", "public.db-wal", "public.db-shm", "incidents.csv"} <= {os.path.basename(path) for path in public},
          "all of these were looked at", public)
    leaks = found(bench.told().encode(), exact=exact)
    check("Serving" in bench.told() and not leaks, "none is in what the server writes", leaks)


def check_memory(bench, exact):
    with open("/proc/%d/task/%d/children" % (bench.process.pid, bench.process.pid), encoding="ascii") as file:
        web = int(file.read().split()[0])
    try:
        memories = {process: list(memory_of(process)) for process in (web, bench.process.pid)}
    except PermissionError:
        skip("none is in the memory of the public process", "another's memory may not be read here")
        return
    for process, what in ((web, "the public process"), (bench.process.pid, "the process that started it")):
        leaks = [(name, found(held, exact=exact)) for name, held in memories[process]]
        check(not [one for one in leaks if one[1]], "none is in the memory of " + what, *[one for one in leaks if one[1]])
        pages = [name for name, held in memories[process] if not name.startswith("/") and WORK_TABLE in held]
        check(not pages, "nor has it ever read a page of the work store", pages)
    check(any(found(held, SHOWN) for _, held in memories[web]), "where what is published is found")
    check(sum(len(held) for _, held in memories[web]) > 1 << 23, "the memory was read")


def check_search(bench, words, shown):
    """Asking for a word tells no more than asking for one that nobody ever typed."""
    every, never = Every(bench.site_port), word(100000)
    paths = ["/en/incidents?q=", "/fr/excluded?q=", "/en/organisations?q=", "/api/v1/figures?q=", "/api/v1/organisations?q=",
             "/en/incidents.atom?q=", "/en/countries/", "/en/sources/", "/en/actors/"]
    odd = []
    for path in paths:
        status, _, body = every.ask("GET", path + never)
        for one in words:
            asked = every.ask("GET", path + one)
            if (asked[0], asked[2].replace(one.encode(), never.encode())) != (status, body):
                odd.append((path + one, asked[0]))
    check(not odd, "a search for each is answered as one for a word that never was", *odd[:5])
    check(b"Hospital " + shown.encode() in every.ask("GET", "/en/organisations?q=" + shown)[2], "where one that is published is found")


def check_the_search_itself():
    secret = word(7)
    forms = (secret.encode(), secret.encode("utf-16-le"), secret.encode().hex().encode(), secret.upper().encode(),
             "".join("&#%d;" % ord(c) for c in secret).encode(), "".join("%%%02X" % ord(c) for c in secret).encode())
    forms += tuple(base64.b64encode(b"x" * i + secret.encode() + b"y" * j) for i in range(4) for j in range(4))
    missed = [form for form in forms if not found(b"before" + form + b"after")]
    check(not missed and not found(b"before" + word(7, SHOWN).encode()) and found(b"a key", exact=[b"key"]), "the search knows a word in each form",
          missed)


def main():
    check_the_search_itself()
    shown, hidden = Planter(SHOWN), Planter(MARK)
    with Bench("--address", "https://vigie.example", "--contact", "desk@vigie.example") as bench:
        desk = Desk(bench)
        fill(bench, desk, shown)
        until_shown(bench)
        before = Every(bench.site_port).all()
        check(not before.missing(), "each public address was asked for in each form", before.missing())
        published = [place for place, held in before.bytes() if found(held, SHOWN)]
        check(len(published) > 50, "the search finds what is published", published)
        plant_candidates(bench, desk, hidden)
        uncoded = plant_changes(bench, desk, hidden)
        exact = [secret.encode() for secret in (NUMBER, *plant_people(bench, uncoded, hidden))]
        held = contents(bench.var, "work.db", "work.db-wal").decode("latin-1")
        lost = [(i, one) for i, one in enumerate(hidden.words) if one not in held]
        bare = set(TABLES) - set(tables_with(bench))
        check(not bare, "in each table of the work store in which somebody's words stand", bare)
        check(len(hidden.words) - len(lost) >= 100, "%d words are planted, and %d more were only typed" % (len(hidden.words) - len(lost), len(lost)))
        check(not same(before, Every(bench.site_port).again(before.answers)),
              "all public answers are byte for byte what they were, with order, counts and ETags")
        kill_all(bench)
        check(found(contents(bench.var, "work.db-wal")), "whoever starts now reads the words in the work store's log")
        bench.log.close()
        bench.start()
        after = Every(bench.site_port).again(before.answers)
        changed = same(before, after)
        check(not changed, "so they are when the server has been started anew", *changed[:3])
        leaks = [(place, found(held, exact=exact)) for place, held in after.bytes()]
        check(not [one for one in leaks if one[1]], "none is in any public answer or header", *[one for one in leaks if one[1]][:3])
        if not TESTING: # with sanitizers there is ten times as much of it
            check_memory(bench, exact)
        check(desk.run("release", by="cora").returncode == 0 and [os.listdir(place).count("agreement.csv") for place in glob.glob(os.path.join(bench.var, "releases", "2-*"))] == [0],
              "a further release is made, without a count of what is being coded twice")
        check_files(bench, exact)
        until_shown(bench)
        check_search(bench, hidden.words[:100], shown.words[1])
        check(bench.run("verify").returncode == 0, "the record is whole")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
