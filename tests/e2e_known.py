"""What had been said by a day must be answered from what was said by then: both vintages of the register of the US
health department are imported, and the figures are compared with what follows from the tables of statements and claims.

The rules are written here a second time, for that register alone: one authority speaks, in one source of reliability a."""
import contextlib
import datetime
import json
import os
import random
import sqlite3
import sys

import tap
from tap import check, folder, skip, vigie

SHARED = os.environ.get("VIGIE_SHARED", os.path.join(tap.ROOT, "..", "shared"))
VINTAGES = ["2019-12-03", "2022-07-15"]
FILES = [os.path.join(SHARED, "data", "hhs-ocr", "breach_report_%s.csv" % day) for day in VINTAGES]
EPOCH = datetime.date(1970, 1, 1)
CLAIMS = """SELECT s.incident, coalesce(s.known_since, (SELECT at / 86400000 FROM entry WHERE seq = s.since)), s.as_of,
    s.since, c.variable, c.value, c.low FROM statement s JOIN claim c ON c.statement = s.id
    WHERE c.until IS NULL AND c.rank <> 'deprecated'"""


def day_number(text):
    return (datetime.date.fromisoformat(text) - EPOCH).days


class Register:
    """The claims of each incident, and what people decided about it."""

    def __init__(self, var):
        with contextlib.closing(sqlite3.connect(os.path.join(var, "public.db"))) as store:
            self.read(store)

    def read(self, store):
        self.claims = {}
        for incident, *claim in store.execute(CLAIMS):
            self.claims.setdefault(incident, []).append(claim)
        self.decisions = {}
        for entry, subject, body in store.execute("SELECT seq, subject, body FROM entry ORDER BY seq DESC"):
            decision = (entry, json.loads(body)["inclusion"])
            self.decisions.setdefault(int(subject.split("/")[1]), []).append(decision)
        self.known = sorted({claim[0] for claims in self.claims.values() for claim in claims})
        store.close()

    def live(self, incident, by):
        """{variable: [(value, number)]}: the latest that was said by the day."""
        latest = {}
        for known, as_of, entry, variable, value, low in self.claims[incident]:
            if known > by:
                continue
            key = (as_of if as_of is not None else known, entry)
            if variable not in latest or key > latest[variable][0]:
                latest[variable] = (key, [])
            if key == latest[variable][0]:
                latest[variable][1].append((value, low))
        return {variable: said for variable, (_, said) in latest.items()}

    def included(self, incident, by, effect):
        """By the newest decision known by the day: for inclusion all its entry says, for exclusion any of it;
        where none is, an attack or people whose data it touched are an effect."""
        for entry, decision in self.decisions[incident]:
            days = [claim[0] for claim in self.claims[incident] if claim[2] == entry]
            if (max(days) if decision == "included" else min(days)) <= by:
                return decision == "included"
        return effect

    def figures(self, by, first, last):
        incidents, persons, by_month = 0, [], {}
        for incident in self.claims:
            said = self.live(incident, by)
            dates = [low for value, low in said.get("event_kind.disclosed", []) if value]
            persons_said = [low for value, low in said.get("persons_affected", []) if value]
            effect = any(value for value, _ in said.get("attack_type", [])) or any(persons_said)
            if not dates or not first <= dates[0] <= last or not self.included(incident, by, effect):
                continue
            incidents += 1
            month = (EPOCH + datetime.timedelta(int(dates[0]))).isoformat()[:7]
            by_month[month] = by_month.get(month, 0) + 1
            persons += persons_said
        return incidents, len(persons), sum(persons), by_month


def ask(var, query):
    return json.loads(vigie("figures", "--json", query, var=var).out)


def compare(var, register, by, first, last):
    query = "from=%s&to=%s&known_by=%s" % (first, last, by)
    figures = ask(var, query)
    expected = register.figures(day_number(by), day_number(first), day_number(last))
    got = (figures["incidents"], figures["persons_affected"]["known"], figures["persons_affected"]["sum"] or 0,
           {month: count for month, count in figures["by_month"].items() if count})
    check(got == expected, "%s: %d incidents, %d persons" % (query, got[0], got[2]), expected)


def changed_row(var):
    """An incident whose number of persons the second vintage changed: (day, subdivision, before, after, id)."""
    store = sqlite3.connect(os.path.join(var, "public.db"))
    row = store.execute(
        """SELECT v.date_first, a.low, b.low, v.incident FROM version v
        JOIN statement s ON s.incident = v.incident AND s.stance = 'corrects' JOIN claim b ON b.statement = s.id
        JOIN statement t ON t.incident = v.incident AND t.stance = 'asserts' JOIN claim a ON a.statement = t.id
        WHERE v.until IS NULL AND v.inclusion = 'included' AND a.variable = 'persons_affected' AND b.variable =
        'persons_affected' AND a.low IS NOT NULL AND b.low IS NOT NULL AND a.low <> b.low AND t.since < s.since
        AND (SELECT count(*) FROM version w WHERE w.until IS NULL AND w.date_first = v.date_first) = 1
        ORDER BY v.incident LIMIT 1""").fetchone()
    store.close()
    return row


def told_by_vintages(var):
    row = changed_row(var)
    if not check(row, "a number of persons changed between the vintages"):
        return
    day = (EPOCH + datetime.timedelta(row[0])).isoformat()
    before = (EPOCH + datetime.timedelta(row[0] - 1)).isoformat()
    for by, count, persons in [(before, 0, None), (day, 1, row[1]), ("2019-12-31", 1, row[1]),
                               ("2022-07-14", 1, row[1]), ("2022-07-15", 1, row[2]), ("2022-12-31", 1, row[2])]:
        figures = ask(var, "from=%s&to=%s&known_by=%s" % (day, day, by))
        check(figures["incidents"] == count and figures["persons_affected"]["sum"] == persons,
              "submitted on %s, known by %s: %s incidents, %s persons" % (day, by, count, persons), figures)
        check(figures["known_by"] == by, "the day is told with the figures")
    figures = ask(var, "from=%s&to=%s&as_of=2019-12-31" % (day, day))
    check(figures["incidents"] == 0 and figures["known_by"] is None, "Vigie itself said nothing then: as_of")
    now = ask(var, "from=%s&to=%s" % (day, day))
    check(now["persons_affected"]["sum"] == row[2], "and says the newest number now")


def main():
    if not all(os.path.exists(path) for path in FILES):
        skip("both vintages of the register", "there is no %s" % SHARED)
        return tap.done()
    with folder() as place:
        var = os.path.join(place, "var")
        for day, path in zip(VINTAGES, FILES):
            answer = vigie("import", "--as", "hhs-ocr", "--observed", day, path, var=var, timeout=600)
            check(answer.status == 0, "the vintage of %s is imported" % day, answer)
        told_by_vintages(var)
        register = Register(var)
        choice = random.Random(4)
        for _ in range(40):
            first = (EPOCH + datetime.timedelta(choice.choice(register.known) - choice.randrange(400))).isoformat()
            last = (datetime.date.fromisoformat(first) + datetime.timedelta(choice.randrange(1500))).isoformat()
            by = EPOCH + datetime.timedelta(choice.choice(register.known) + choice.randrange(-1, 2))
            compare(var, register, by.isoformat(), first, last)
        compare(var, register, "2099-12-31", "2000-01-01", "2099-12-31")
        now = ask(var, "")
        ever = ask(var, "known_by=2099-12-31")
        same = [key for key in now if key not in ("known_by", "query") and now[key] != ever[key]]
        check(not same, "what is known by the end of time is what stands today", same)
        answer = vigie("figures", "as_of=2021&known_by=2021", var=var)
        check(answer.fails_clearly(65) and "known_by" in answer.err, "two clocks at once are refused", answer)
        answer = vigie("verify", var=var, timeout=600)
        check(answer.status == 0, "the tables of what was known follow from the journal", answer)
    return tap.done()


sys.exit(main())
