"""An organisation that was asked for its reply must never be named before its day, unless somebody says why; and neither its
answer nor its silence may get lost."""
import datetime
import re
import sqlite3
import sys

import tap
from tap import check
from work_harness import Bench


def post(browser, path, action, **fields):
    """A form of a page with several, by its field "action"."""
    page = browser.get(path)
    form = page.parsed.form(path)
    return browser.post(path, {"token": form["fields"]["token"], "action": action, **fields}) if form else page


def begin(browser, name):
    page = browser.send("/en/changes/new", title="Ransomware at %s, May 2021" % name, organisation=name, country="FR",
                        org_type="hospital", role="direct")
    change = re.match(r"/en/changes/(\d+)/form$", page.location)[1]
    for number, (variable, value) in enumerate([("attack_type", "ransomware"), ("event_kind.detected", "2021-05-13")]):
        path = "/en/changes/%s/claim" % change
        source = {"source": "0"} if number else {"source": "new", "url": "https://news.example/" + name, "title": "News",
                                                 "source_type": "authority", "reliability": "a"}
        browser.send("%s?variable=%s" % (path, variable), path, value=value, claimant="authority", credibility="c1",
                     stance="asserts", known_since="2021-05-14", **source)
    return change


def ask(browser, change, name, **fields):
    path = "/en/changes/%s/reply" % change
    page = browser.send(path, path, organisation=name, way="press office", **fields)
    found = re.match(r"/en/replies/(\d+)$", page.location or "")
    return int(found[1]) if found else page


def published(bench, word):
    with sqlite3.connect("file:%s/public.db?mode=ro" % bench.var, uri=True) as db:
        return db.execute("SELECT count(*) FROM entry WHERE body LIKE ?", ("%" + word + "%",)).fetchone()[0]


def row(bench, number):
    with sqlite3.connect("file:%s/work.db?mode=ro" % bench.var, uri=True) as db:
        return db.execute("SELECT state, asked, due, ended, reason FROM reply WHERE id = ?", (number,)).fetchone()


def today():
    return datetime.datetime.now(datetime.timezone.utc).date()


def working_days(first, count):
    while count:
        first += datetime.timedelta(days=1)
        count -= first.weekday() < 5
    return first


def test_asking(bench, anna):
    change = begin(anna, "Alpha")
    now = today()
    for name, fields, field in [("no way", {"way": ""}, "way"), ("a day to come", {"asked": str(now + datetime.timedelta(days=2))}, "asked"),
                                ("no day", {"asked": "yesterday"}, "asked"), ("too short", {"due": str(now + datetime.timedelta(days=1))}, "due")]:
        path = "/en/changes/%s/reply" % change
        page = anna.send(path, path, **{"organisation": "Alpha", "way": "press office", **fields})
        check(page.status == 400 and len(page.faults) == 1 and 'name="%s"' % field in page.body, "asking is refused: " + name, page)
    for asked in range(7):
        day = now - datetime.timedelta(days=asked)
        number = ask(anna, change, "Alpha", asked=str(day))
        _, stored, due, _, _ = row(bench, number)
        epoch = datetime.date(1970, 1, 1)
        check(epoch + datetime.timedelta(days=due) == working_days(day, 5) and epoch + datetime.timedelta(days=stored) == day,
              "asked on a %s it has five working days" % day.strftime("%A"), row(bench, number))
        bench.arrange("DELETE FROM reply")
    number = ask(anna, change, "Alpha")
    page = anna.get("/en/changes/%s" % change)
    check("Reply of Alpha, until" in page.body and "/en/replies/%d" % number in page.body and "days left" in page.body,
          "the clock is shown on the change", page)
    page = anna.get("/fr/replies")
    check("Alpha" in page.body and "Droit de réponse" in page.body, "and in the list of replies that are due", page)
    return change, number


def test_publishing(bench, anna, bela, change, number):
    anna.post("/en/changes/" + change, {**anna.get("/en/changes/" + change).parsed.form("/changes/" + change)["fields"], "action": "submit"})
    page = post(bela, "/en/changes/" + change, "publish")
    check(page.status == 400 and "may answer until" in page.body and not published(bench, "Alpha"),
          "before the day its name is not published", page)
    page = post(anna, "/en/replies/%d" % number, "waive", basis="own_statement", reason="Press release of this morning")
    check(page.status == 400 and row(bench, number)[0] == "waiting", "a coder cannot decide not to wait", page)
    for basis, reason in [("actor_only", "The attacker says so"), ("own_statement", ""), ("", "Why not")]:
        page = post(bela, "/en/replies/%d" % number, "waive", basis=basis, reason=reason)
        check(page.status == 400 and row(bench, number)[0] == "waiting", "nor anybody without a reason: %s" % (basis or "none"), page)
    page = post(bela, "/en/replies/%d" % number, "waive", basis="own_statement", reason="Press release of this morning")
    check(page.status == 303 and row(bench, number)[0] == "waived" and bench.deeds("reply.waive"),
          "who may publish can, by what it is public already", page)
    page = post(bela, "/en/changes/" + change, "publish")
    check(page.status == 303 and published(bench, "Alpha") == 1, "and then it is published", page)


def pass_days(bench, number):
    """As if it had been asked two weeks ago."""
    bench.arrange("UPDATE reply SET asked = asked - 14, due = due - 14 WHERE id = ?", number)


def test_silence(bench, anna, bela):
    change = begin(anna, "Beta")
    number = ask(anna, change, "Beta")
    page = post(anna, "/en/replies/%d" % number, "silence")
    check(page.status == 400 and row(bench, number)[0] == "waiting", "a silence before the day is none", page)
    pass_days(bench, number)
    page = anna.get("/en/replies")
    check("The day has passed" in page.body, "the list says whose day has passed", page)
    page = post(anna, "/en/replies/%d" % number, "silence")
    check(page.location == "/en/changes/%s" % change and row(bench, number)[0] == "no_answer", "after it, it is recorded", page)
    page = anna.get("/en/changes/" + change)
    check("No answer" in page.body and "Right of reply: Beta was asked on" in page.body, "as a claim with its source", page)
    token = anna.get("/en/").parsed.form("/logout")["fields"]["token"]
    page = anna.post("/en/replies/%d" % number, {"token": token, "action": "end", "kind": "answered", "day": str(today()),
                                                 "title": "Letter"})
    check(page.status == 400 and "told already" in page.body and row(bench, number)[0] == "no_answer", "it ends once", page)
    anna.post("/en/changes/" + change, {**anna.get("/en/changes/" + change).parsed.form("/changes/" + change)["fields"], "action": "submit"})
    page = post(bela, "/en/changes/" + change, "publish")
    check(page.status == 303 and published(bench, "Beta was asked on") == 1, "and is published with the rest", page)


def test_answer(bench, anna, bela):
    change = begin(anna, "Gamma")
    number = ask(anna, change, "Gamma")
    pass_days(bench, number)
    anna.post("/en/changes/" + change, {**anna.get("/en/changes/" + change).parsed.form("/changes/" + change)["fields"], "action": "submit"})
    page = post(anna, "/en/replies/%d" % number, "end", kind="objection", day=str(today()), title="Letter")
    check(page.status == 400 and row(bench, number)[0] == "waiting", "nothing is written into what is in review", page)
    page = post(bela, "/en/changes/" + change, "publish")
    check(page.status == 303, "after the day it may be published", page)
    with sqlite3.connect("file:%s/work.db?mode=ro" % bench.var, uri=True) as db:
        incident = db.execute("SELECT incident FROM change WHERE id = ?", (change,)).fetchone()[0]
    page = anna.get("/en/incidents/%d" % incident)
    check("Reply of Gamma" in page.body, "the clock is shown on the incident", page)
    for name, fields in [("without a source", {}), ("of a day before", {"title": "Letter", "day": "2020-01-01"}),
                         ("of a kind that is none", {"title": "Letter", "kind": "shrug"}),
                         ("with a script for an address", {"url": "javascript:alert(1)"})]:
        page = post(anna, "/en/replies/%d" % number, "end",
                    **{"kind": "answered", "day": str(today()), **fields})
        check(page.status == 400 and row(bench, number)[0] == "waiting", "an answer is refused: " + name, page)
    page = post(anna, "/en/replies/%d" % number, "end", kind="objection", day=str(today()), title="Letter of Gamma",
                quote="We were back after a day.")
    found = re.match(r"/en/changes/(\d+)$", page.location or "")
    check(found and row(bench, number)[0] == "objection", "an answer that comes later is recorded", page)
    page = anna.get(page.location)
    check("More claims" in page.body and "We were back after a day." in page.body and "Letter of Gamma" in page.body,
          "as a change that adds it, with its source and words", page)
    post(anna, "/en/changes/" + found[1], "submit")
    page = post(bela, "/en/changes/" + found[1], "publish")
    check(page.status == 303 and published(bench, "We were back after a day.") == 1, "and two people publish it", page)


def main():
    with Bench() as bench:
        anna, bela = bench.analyst("anna", "coder"), bench.analyst("bela", "reviewer")
        change, number = test_asking(bench, anna)
        test_publishing(bench, anna, bela, change, number)
        test_silence(bench, anna, bela)
        test_answer(bench, anna, bela)
        legal = bench.analyst("lea", "legal")
        check(legal.get("/en/replies").status == 200 and legal.get("/en/changes/%s/reply" % change).status == 403,
              "who does not code reads, but does not ask")
        answer = bench.run("verify")
        check(answer.returncode == 0, "the record is whole, and the private journal", answer.stdout, answer.stderr)
        check(bench.stop() == 0, "it ends cleanly", bench.told())
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
