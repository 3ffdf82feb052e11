"""What two people publish, correct, merge, withdraw and take back must be seen on the public site, and nothing before the
second has agreed; what was shown before is still shown as of before; and nobody's work is overwritten."""
import contextlib
import json
import os
import re
import sqlite3
import sys
import time
import urllib.error
import urllib.request

import tap
import wire
from tap import check, folder, served, vigie

ACCOUNTS = [("anna", "coder"), ("bela", "reviewer"), ("cora", "editor"), ("dan", "partner")]


def add_accounts(var):
    for name, role in ACCOUNTS:
        answer = vigie("account", "add", name, "--role", role, var=var)
        if answer.status:
            check(False, "an account for " + name, answer)


def statement(source, claims, claimant="victim", day="2021-05-14"):
    return {"source": source, "claimant": claimant, "stance": "asserts", "credibility": "c1", "known_since": day,
            "claims": [dict(zip(("variable", "value", "quote"), claim)) for claim in claims]}


def source(name):
    return {"url": "https://%s.example/statement" % name, "title": "Statement of %s" % name,
            "source_type": "victim", "reliability": "b"}


def record(name, persons=100, **more):
    return {"dataset": "workbench", "external": name, "title": "Ransomware at %s, May 2021" % name,
            "sources": [source(name)],
            "affected": [{"organisation": {"name": name, "country": "FR", "org_type": "hospital"}, "role": "direct"}],
            "statements": [statement(0, [("attack_type", "ransomware", "our files were encrypted"),
                                         ("event_kind.detected", "2021-05-13"),
                                         ("persons_affected", str(persons))])], **more}


def more_of(name, claims):
    return {"dataset": "workbench", "external": name, "sources": [source(name)],
            "statements": [statement(0, claims, day="2021-06-01")]}


class Bench:
    """The workbench by its commands."""

    def __init__(self, place):
        self.place, self.var = place, os.path.join(place, "var")

    def file(self, content):
        path = os.path.join(self.place, "body.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=2)
        return path

    def run(self, *words, by=None, why=None):
        words = [str(word) for word in words]
        return vigie(*words, *(["--by", by] if by else []), *(["--reason", why] if why else []), var=self.var)

    def number(self, *words, **how):
        answer = self.run(*words, "--json", **how)
        numbers = re.findall(r":(\d+)}", answer.out)
        if answer.status or not numbers:
            check(False, "vigie " + " ".join(str(word) for word in words), answer)
            return 0
        return int(numbers[0])

    def publish(self, change, by="bela", author="anna"):
        self.run("change", "submit", change, by=author)
        return self.number("publish", change, by=by)

    def begin_and_publish(self, *words, why=None):
        return self.publish(self.number(*words, by="anna", why=why))

    def ask(self, question, store="public.db"):
        with contextlib.closing(sqlite3.connect(os.path.join(self.var, store))) as db:
            return db.execute(question).fetchall()


    def alter(self, statement):
        """What only an attacker does to the store."""
        with contextlib.closing(sqlite3.connect(os.path.join(self.var, "work.db"))) as db:
            db.execute(statement)
            db.commit()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def get(address, path):
    """Status, where it leads, text."""
    try:
        with urllib.request.build_opener(NoRedirect).open(address + path, timeout=20) as answer:
            return answer.status, "", answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Location", ""), error.read().decode("utf-8")


def counted(address, query=""):
    return json.loads(get(address, "/api/v1/figures" + query)[2])["incidents"]


def moment():
    """Milliseconds apart from what comes before and after."""
    time.sleep(0.02)
    now = time.time()
    time.sleep(0.02)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + ".%03dZ" % (now % 1 * 1000)


def soon(address, expected, query=""):
    return tap.wait_for(lambda: counted(address, query) == expected, 5)


def test_two_persons(bench):
    change = bench.number("change", "open", bench.file(record("Alpha")), by="anna")
    check(bench.run("publish", change, by="bela").fails_clearly(75), "a draft is not published")
    check(bench.run("change", "submit", change, by="anna").status == 0, "a draft is handed over for review")
    for by, what in (("anna", "its author"), ("dan", "a partner"), ("nobody", "an account that is none")):
        answer = bench.run("publish", change, by=by)
        check(answer.fails_clearly(77), "%s does not publish it" % what, answer)
    check(bench.ask("SELECT count(*) FROM entry") == [(0,)], "until then nothing is public")
    answer = bench.run("change", "save", change, 1, bench.file(record("Alpha", 120)), by="cora")
    check(answer.fails_clearly(75), "what is in review is not changed", answer)
    bench.run("change", "return", change, by="bela", why="The count is another")
    shown = json.loads(bench.run("change", "show", change, "--json").out)
    check(shown["state"] == "draft" and shown["trouble"] == "The count is another", "it comes back with the reason", shown)
    bench.number("change", "save", change, 1, bench.file(record("Alpha", 120)), by="cora")
    answer = bench.run("change", "save", change, 1, bench.file(record("Alpha", 130)), by="anna")
    check(answer.fails_clearly(75) and "newest version is 2" in answer.err, "a version made from an older one is refused",
          answer)
    bench.run("change", "submit", change, by="anna")
    answer = bench.run("publish", change, by="cora")
    check(answer.fails_clearly(77), "nor by somebody who wrote a version of it", answer)
    preview = json.loads(bench.run("publish", change, "--preview", "--json", by="bela").out)["figures"]
    shown = {(row["figure"], row["code"]): (row["before"], row["after"]) for row in preview}
    check(shown.get(("incidents", None)) == ("0", "1") and shown.get(("by_country", "FR")) == (None, "1") and
          shown.get(("persons_affected.sum", None), ())[1:] == ("120",), "a preview shows how each figure will change", preview)
    check(bench.ask("SELECT count(*) FROM entry") == [(0,)] and
          bench.ask("SELECT state FROM change", "work.db") == [("in_review",)], "and changes none")
    incident = bench.number("publish", change, by="bela")
    check(incident == 1 and bench.ask("SELECT author, kind, json_extract(body, '$.reviewer') FROM entry") ==
          [("anna", "incident.open", "bela")], "a second person publishes it", bench.ask("SELECT * FROM entry"))
    check(bench.ask("SELECT persons FROM version") == [(120.0,)], "in its newest version")
    answer = bench.run("publish", change, by="bela")
    check(answer.fails_clearly(75), "once", answer)


def claim_of(bench, incident, variable):
    return bench.ask("SELECT id FROM claim WHERE variable = '%s' AND until IS NULL AND id / 1048576 = %d" %
                     (variable, incident))[0][0]


def test_on_the_site(bench, address):
    check(soon(address, 1), "it is on the public site")
    before = moment()
    beta = bench.begin_and_publish("change", "open", bench.file(record("Beta", 50)))
    check(soon(address, 2), "a further one too", counted(address))
    bench.begin_and_publish("change", "correct", beta, bench.file(more_of("Beta", [("persons_affected", "75")])),
                            claim_of(bench, beta, "persons_affected"), why="Seventy-five in the final report")
    check(tap.wait_for(lambda: "Seventy-five in the final report" in get(address, "/en/incidents/%d" % beta)[2], 5),
          "a correction is seen with its reason")
    page = json.loads(get(address, "/api/v1/incidents/%d" % beta)[2])
    check(page["incident"]["persons_affected"] == 75, "and counts", page["incident"])
    check(counted(address, "?as_of=" + before) == 1, "as of before, the register stands as it stood")
    corrected = moment()
    bench.begin_and_publish("change", "merge", beta, 1, why="The same attack")
    check(soon(address, 1), "merged, it is counted once")
    status, where, _ = get(address, "/fr/incidents/%d" % beta)
    check(status == 302 and where == "/fr/incidents/1", "the old address leads to what stands for it", status, where)
    check(get(address, "/en/incidents/%d.json" % beta)[1] == "/en/incidents/1.json", "in each form")
    check("The same attack" in get(address, "/en/incidents/1")[2], "which says why")
    check(get(address, "/en/incidents/%d?as_of=%s" % (beta, corrected))[0] == 200 and
          counted(address, "?as_of=" + corrected) == 2, "as of before, both stand")
    merge = bench.ask("SELECT max(seq) FROM entry")[0][0]
    bench.begin_and_publish("change", "undo", beta, merge, why="They were two after all")
    check(soon(address, 2), "taken back, both count again")
    check(get(address, "/en/incidents/%d" % beta)[0] == 200, "and each has its page")
    bench.begin_and_publish("change", "withdraw", beta, why="It was a power cut")
    check(soon(address, 1), "withdrawn, it counts no longer")
    status, _, text = get(address, "/en/incidents/%d" % beta)
    check(status == 410 and "It was a power cut" in text, "its page stays and says why", status, text[-800:])
    status, _, text = get(address, "/api/v1/incidents/%d" % beta)
    check(status == 410 and json.loads(text)["status"] == "withdrawn" and
          json.loads(text)["reason"] == "It was a power cut", "for programs too", text)
    check(counted(address, "?as_of=" + corrected) == 2, "as of then it still counts")
    parts = [record("Gamma", 10), record("Delta", 20)]
    bench.begin_and_publish("change", "split", 1, bench.file(parts), why="Two hospitals")
    check(soon(address, 2), "split, its parts count", counted(address))
    text = get(address, "/en/incidents/1")[2]
    check("/en/incidents/3" in text and "/en/incidents/4" in text and "Two hospitals" in text,
          "and its page leads to them")


def test_refusals(bench):
    gone = bench.number("change", "withdraw", 2, by="anna", why="Again")
    bench.run("change", "submit", gone, by="anna")
    answer = bench.run("publish", gone, by="bela")
    shown = json.loads(bench.run("change", "show", gone, "--json").out)
    check(answer.fails_clearly(75) and shown["state"] == "draft" and "withdrawn by entry" in (shown["trouble"] or ""),
          "what does not suit the register comes back and says why", answer, shown)
    check(bench.run("change", "drop", gone, by="anna", why="It is withdrawn").status == 0, "and is given up")
    broken = [("a variable that is none", {"statements": [statement(0, [("weather", "bad")])]}, "weather"),
              ("a date that is none", {"statements": [statement(0, [("event_kind.detected", "someday")])]},
               "event_kind.detected"),
              ("no title", {"title": None}, "title"),
              ("nothing verified", {"sources": [dict(source("E"), reliability="f")], "statements":
                                    [dict(statement(0, [("attack_type", "ransomware"),
                                                        ("event_kind.detected", "2021-05-13")]), claimant="media",
                                          credibility="c6")]}, "verified")]
    for what, change, word in broken:
        body = {key: value for key, value in record("E", **change).items() if value is not None}
        number = bench.number("change", "open", bench.file(body), by="anna")
        answer = bench.run("change", "submit", number, by="anna")
        check(answer.fails_clearly(65) and word in answer.err, "refused at review: " + what, answer)
    answer = bench.run("change", "open", bench.file(["no", "record"]), by="anna")
    check(answer.fails_clearly(65), "what is no record is no draft", answer)


def alpha_nominal(pairs):
    """Krippendorff's alpha of two coders, by its definition."""
    pairs = [pair for pair in pairs if None not in pair]
    values = [value for pair in pairs for value in pair]
    seen = sum(a != b for a, b in pairs) / len(pairs)
    chance = sum(a != b for a in values for b in values) / (len(values) * (len(values) - 1))
    return 1 - seen / chance


def test_decisions(bench, change):
    """Where two codings differ, a third person decides; both codings stay."""
    def decide(variable, choice, by, why="The notice says so"):
        return bench.run("change", "decide", change, variable, choice, by=by, **({"why": why} if why else {}))
    bench.run("account", "add", "dora", "--role", "coder")
    for by in ("anna", "cora"):
        check(decide("care_disruption", "second", by).fails_clearly(77), "nobody decides about a coding of their own", by)
    for what, variable, choice, why in (("no reason", "care_disruption", "second", None), ("another variable", "attack_type", "first", "x"),
                                        ("an unknown choice", "care_disruption", "third", "x")):
        check(decide(variable, choice, "dora", why).fails_clearly(65), "refused: " + what)
    check(decide("care_disruption", "second", "dora").status == 0 and decide("persons_affected", "first", "dora").status == 0,
          "a third person decides each")
    check(decide("care_disruption", "first", "dora").fails_clearly(65), "once")
    bodies = [json.loads(body) for body, in bench.ask("SELECT body FROM change_version WHERE change = %s ORDER BY version" % change, "work.db")]
    said = [{claim["variable"]: claim["value"] for one in body["statements"] for claim in one["claims"]} for body in bodies]
    check(len(said) == 2 and said[0]["care_disruption"] == "s4_facility_stopped" and said[1]["care_disruption"] ==
          "s3_service_stopped" and said[1]["persons_affected"] == "10", "which is a further version of the record", said)
    check(bench.ask("SELECT author, kind FROM deed WHERE kind = 'coding.decide'", "work.db") == [("dora", "coding.decide")] * 2,
          "the private journal tells who decided")
    compared = json.loads(bench.run("change", "compare", change, "--json").out)["comparisons"]
    check(len(compared[0]["differ"]) == 2, "both codings stay as they were made", compared)
    check(bench.run("verify").status == 0, "the private journal vouches for the decisions")
    bench.alter("UPDATE adjudication SET body = replace(body, 'says so', 'says no') WHERE id = 1")
    check(bench.run("verify").status != 0, "and sees when one was changed")
    bench.alter("UPDATE adjudication SET body = replace(body, 'says no', 'says so') WHERE id = 1")


def test_coding(bench):
    severe = record("Zeta", 10)
    severe["statements"][0]["claims"].append({"variable": "care_disruption", "value": "s4_facility_stopped"})
    change = bench.number("change", "open", bench.file(severe), by="anna")
    bench.run("change", "submit", change, by="anna")
    answer = bench.run("publish", change, by="bela")
    check(answer.fails_clearly(75) and "second coding" in answer.err,
          "a severe incident is not published before it is coded twice", answer)
    seen = bench.run("change", "sources", change).out
    check("Zeta.example" in seen and "encrypted" not in seen and "s4_" not in seen, "a blind coder sees sources only", seen)
    answer = bench.run("change", "code", change, bench.file(severe), by="anna")
    check(answer.fails_clearly(77), "who wrote it does not code it blind", answer)
    other = record("Zeta", 12)
    other["statements"][0]["claims"].append({"variable": "care_disruption", "value": "s3_service_stopped"})
    check(bench.run("change", "code", change, bench.file(other), by="cora").status == 0, "another does")
    check(bench.run("change", "code", change, bench.file(other), by="cora").fails_clearly(75), "once")
    compared = json.loads(bench.run("change", "compare", change, "--json").out)["comparisons"]
    check(compared == [{"author": "anna", "coder": "cora", "same": 2, "differ": [
        {"variable": "care_disruption", "first": "s4_facility_stopped", "second": "s3_service_stopped"},
        {"variable": "persons_affected", "first": "10", "second": "12"}]}], "where they differ is shown", compared)
    answer = bench.run("publish", change, by="bela")
    check(answer.fails_clearly(75) and "differ in 2 variables" in answer.err, "before somebody has decided it is not published", answer)
    test_decisions(bench, change)
    check(bench.number("publish", change, by="bela") > 0, "then it is published")
    pairs = [("s4_facility_stopped", "s3_service_stopped")]
    types = [("ransomware", "ransomware")]
    for number, (first, second) in enumerate([("ransomware", "ransomware"), ("ransomware", "ddos"), ("ddos", "ddos"),
                                              ("data_theft", "data_theft"), ("ddos", "data_theft")]):
        bodies = [record("Coded %d" % number, 10) for _ in range(2)]
        for body, code in zip(bodies, (first, second)):
            body["statements"][0]["claims"][0]["value"] = code
        coded = bench.number("change", "open", bench.file(bodies[0]), by="anna")
        bench.run("change", "submit", coded, by="anna")
        bench.run("change", "code", coded, bench.file(bodies[1]), by="cora")
        bench.run("change", "drop", coded, by="anna", why="A sample")
        types.append((first, second))
    rows = {row["variable"]: row for row in json.loads(bench.run("agreement", "--json").out)["agreement"]
            if row["period"] is None}
    check(rows["attack_type"]["metric"] == "nominal" and rows["attack_type"]["units"] == 6 and
          abs(rows["attack_type"]["alpha"] - alpha_nominal(types)) < 1e-6, "their agreement is measured", rows)
    check(rows["care_disruption"]["metric"] == "ordinal" and rows["persons_affected"]["metric"] == "ratio" and
          rows["event_kind.detected"]["alpha"] is None, "each variable in its own way", rows, pairs)


CANDIDATES = [wire.HEADINGS, "1,Hospital Alfa,France,1.6.2021,locked", "2,Laboratory of the North,Spain,1.3.2022,locked",
              "3,Ward,,1.3.2022,", "4,Clinic of the South,Spain,1.3.2022,locked"]


def test_queue(bench):
    bench.begin_and_publish("change", "open", bench.file(record("Hospital Alpha", 5)))
    answer = wire.hold(bench.var, CANDIDATES)
    check(answer.status == 0, "candidates come from an import that is held", answer)
    waiting = json.loads(bench.run("queue", "candidates", "--json").out)["candidates"]
    scores = [row["score"] for row in waiting]
    check(len(waiting) == 4 and scores[0] > scores[2] and all(0 < score <= 100 for score in scores),
          "each with a score that tells how much is known", waiting)
    ids = [row["candidate"] for row in waiting]
    shown = json.loads(bench.run("queue", "show", ids[0], "--json").out)
    check([row["title"] for row in shown["similar"]] == ["Ransomware at Hospital Alpha, May 2021"],
          "what it may be about is named", shown["similar"])
    check(not json.loads(bench.run("queue", "show", ids[1], "--json").out)["similar"], "and nothing else is")
    answer = bench.run("queue", "refuse", ids[0], "do_not_like", by="anna")
    check(answer.fails_clearly(2) and "known_already" in answer.err, "a reason to refuse is one of the list", answer)
    bench.run("queue", "refuse", ids[0], "known_already", by="anna", why="It is Alpha")
    bench.run("queue", "postpone", ids[2], "2999-01-01", by="bela")
    answer = bench.run("queue", "postpone", ids[1], "2001-01-01", by="bela")
    check(answer.fails_clearly(65), "nothing is postponed to the past", answer)
    answer = bench.run("queue", "take", ids[1], by="anna")
    change = int(answer.out.split()[-1])
    check(bench.run("queue", "take", ids[1], by="bela").fails_clearly(75), "a candidate is taken once")

    def listed():
        return [row["id"] for row in json.loads(vigie("queue", "list", "--json", var=bench.var).out)["records"]]

    check(not {int(id) for id in ids[:3]} & set(listed()) and {int(id) for id in ids[3:]} <= set(listed()),
          "the queue has neither what was refused or taken nor what was postponed", listed())
    with contextlib.closing(sqlite3.connect(os.path.join(bench.var, "work.db"))) as db, db:
        db.execute("UPDATE draft SET from_day = 20000 WHERE import_row = ?", (ids[2],))
    check(int(ids[2]) in listed(), "which comes back on its day", listed())
    with contextlib.closing(sqlite3.connect(os.path.join(bench.var, "work.db"))) as db, db:
        db.execute("UPDATE draft SET from_day = (SELECT until FROM triage WHERE import_row = ?1) WHERE import_row = ?1", (ids[2],))
    check(bench.run("queue", "take", ids[0], by="bela").fails_clearly(75), "not when it is refused")
    waiting = json.loads(bench.run("queue", "candidates", "--json").out)["candidates"]
    check([row["candidate"] for row in waiting] == ids[3:], "what is decided waits no longer", waiting)
    refused = json.loads(bench.run("queue", "candidates", "--state", "refused", "--json").out)["candidates"]
    check([(row["reason"], row["note"], row["account"]) for row in refused] == [("known_already", "It is Alpha", "anna")],
          "what is refused is found with its reason", refused)
    entries = bench.ask("SELECT count(*) FROM entry")
    answer = vigie("queue", "publish", var=bench.var)
    check(bench.ask("SELECT count(*) FROM entry")[0][0] == entries[0][0] + 1 and
          bench.ask("SELECT external FROM import_row WHERE state = 'held' ORDER BY id", "work.db") == [("1",), ("2",), ("3",)],
          "publishing all that is held leaves what somebody has decided about", answer)
    incident = bench.publish(change)
    row = bench.ask("SELECT state, incident FROM import_row WHERE id = %d" % ids[1], "work.db")
    check(incident and row == [("published", incident)], "what was taken is published as others are", row)
    bench.run("queue", "reopen", ids[0], by="bela")
    waiting = json.loads(bench.run("queue", "candidates", "--json").out)["candidates"]
    check([row["candidate"] for row in waiting] == ids[:1], "and what was refused can be opened again", waiting)


def found(bench, words):
    return [row["organisation"] for row in json.loads(bench.run("organisation", "find", words, "--json").out)["organisations"]]


def test_organisations(bench):
    for name in ("Clinic Omega", "Omega Clinique"):
        bench.begin_and_publish("change", "open", bench.file(record(name, 5)))
    first, second = found(bench, "Clinic Omega")[0], found(bench, "OMEGA  clinique")[0]
    bench.begin_and_publish("organisation", "name", first, "ror", "https://ror.org/05a28rw58", why="Its own site")
    check(found(bench, "https://ror.org/05a28rw58") == [first], "an organisation is found by its identifier")
    bench.begin_and_publish("organisation", "merge", second, first, why="The same clinic")
    check(found(bench, "omega") == [first], "one that was merged is found no longer")
    hit = "SELECT count(*) FROM affected WHERE organisation = %d AND until IS NULL"
    check(bench.ask(hit % first) == [(2,)] and bench.ask(hit % second) == [(0,)], "its incidents went over")
    merger = bench.ask("SELECT max(seq) FROM entry")[0][0]
    bench.begin_and_publish("organisation", "undo", second, merger, why="They are two")
    check(sorted(found(bench, "omega")) == sorted([first, second]) and bench.ask(hit % second) == [(1,)], "taken back, they are two again")


def test_verify(bench):
    answer = vigie("verify", var=bench.var)
    check(answer.status == 0, "the record is whole, and the private journal", answer)
    waiting = bench.ask("SELECT max(import_row) FROM draft", "work.db")[0][0]
    aside = os.path.join(bench.place, "aside.db") # where what was there is kept meanwhile
    with contextlib.closing(sqlite3.connect(aside)) as db:
        db.execute("ATTACH ? AS work", (os.path.join(bench.var, "work.db"),))
        db.executescript("CREATE TABLE kept_raw AS SELECT * FROM work.raw_row WHERE id = 1")
    damages = [("a draft was changed", "UPDATE change_version SET body = replace(body, 'Alpha', 'Omega') WHERE id = 1",
                "UPDATE change_version SET body = replace(body, 'Omega', 'Alpha') WHERE id = 1", "row 1 of change_version is not"),
               ("a reviewer was changed", "UPDATE change SET reviewer = 'cora' WHERE id = 1",
                "UPDATE change SET reviewer = 'bela' WHERE id = 1", "row 1 of change is not"),
               ("a state was changed", "UPDATE change SET state = 'in_review' WHERE id = 1",
                "UPDATE change SET state = 'published' WHERE id = 1", "row 1 of change is not"),
               ("a role was raised", "UPDATE account SET role = 'editor' WHERE name = 'anna'",
                "UPDATE account SET role = 'coder' WHERE name = 'anna'", "row 1 of account is not"),
               ("an account was shut", "UPDATE account SET state = 'disabled' WHERE name = 'dan'",
                "UPDATE account SET state = 'active' WHERE name = 'dan'", "of account is not"),
               ("an account was made", "INSERT INTO account (name, role, state, password, expires, code_step, made) "
                "VALUES ('mole', 'editor', 'active', '', 0, 0, 0)", "DELETE FROM account WHERE name = 'mole'", "of account is nothing that"),
               ("an account was renamed", "UPDATE account SET name = 'dana' WHERE name = 'dan'",
                "UPDATE account SET name = 'dan' WHERE name = 'dana'", "of account is not"),
               ("a refusal was changed", "UPDATE triage SET account = account || 'x' WHERE import_row = 1",
                "UPDATE triage SET account = rtrim(account, 'x') WHERE import_row = 1", "row 1 of triage is not"),
               ("a candidate was hidden", "UPDATE draft SET queue = NULL WHERE import_row = (SELECT max(import_row) FROM draft)",
                "UPDATE draft SET queue = (SELECT state FROM import_row WHERE id = draft.import_row) "
                "WHERE import_row = (SELECT max(import_row) FROM draft)", "row %d of draft is not" % waiting),
               ("a password was replaced", "UPDATE account SET password = password || 'x' WHERE name = 'anna'",
                "UPDATE account SET password = rtrim(password, 'x') WHERE name = 'anna'", "row 1 of account is not"),
               ("a candidate was rewritten", "UPDATE draft SET body = body || ' ' WHERE import_row = %d" % waiting,
                "UPDATE draft SET body = rtrim(body) WHERE import_row = %d" % waiting, "row %d of draft is not" % waiting),
               ("a candidate was taken away", "CREATE TABLE kept.aside AS SELECT * FROM draft WHERE import_row = %d; DELETE FROM draft "
                "WHERE import_row = %d" % (waiting, waiting), "INSERT INTO draft SELECT * FROM aside; DROP TABLE aside",
                "row %d of draft is gone" % waiting),
               ("raw bytes were changed", "UPDATE raw_row SET bytes = CAST(replace(CAST(bytes AS TEXT), '2', '3') AS BLOB) WHERE id = 1",
                "UPDATE raw_row SET bytes = (SELECT bytes FROM kept_raw) WHERE id = 1", "row 1 of raw_row is not"),
               ("a raw row was ascribed to another record", "UPDATE raw_row SET import_row = 99 WHERE id = 1",
                "UPDATE raw_row SET import_row = (SELECT import_row FROM kept_raw) WHERE id = 1", "row 1 of raw_row is not"),
               ("a raw row was added", "INSERT INTO raw_row (id, run, line, bytes) VALUES (999, 1, 1, x'00')",
                "DELETE FROM raw_row WHERE id = 999", "row 999 of raw_row is nothing"),
               ("an imported row was put elsewhere", "UPDATE import_row SET state = state || 'x' WHERE id = %d" % waiting,
                "UPDATE import_row SET state = rtrim(state, 'x') WHERE id = %d" % waiting, "row %d of import_row is not" % waiting),
               ("its reason was changed", "UPDATE import_row SET reason = coalesce(reason, '') || '!' WHERE id = %d" % waiting,
                "UPDATE import_row SET reason = nullif(rtrim(reason, '!'), '') WHERE id = %d" % waiting, "row %d of import_row is not" % waiting),
               ("it was said to be published", "CREATE TABLE kept.aside AS SELECT * FROM import_row WHERE id = %d; UPDATE import_row SET "
                "state = 'published', incident = 1 WHERE id = %d" % (waiting, waiting),
                "UPDATE import_row SET state = (SELECT state FROM aside), incident = (SELECT incident FROM aside) WHERE id = %d; DROP TABLE "
                "aside" % waiting, "imported row %d is not published as incident 1" % waiting),
               ("a mark was lowered", "UPDATE import_row SET tlp = 1 WHERE id = %d" % waiting,
                "UPDATE import_row SET tlp = 0 WHERE id = %d" % waiting, "row %d of import_row is not" % waiting),
               ("a row of the private journal was changed", "UPDATE deed SET author = author || 'x' WHERE id = 2",
                "UPDATE deed SET author = rtrim(author, 'x') WHERE id = 2", "row 2 of the private journal")]
    for what, damage, repair, word in damages:
        for step, expected in ((damage, 1), (repair, 0)):
            with contextlib.closing(sqlite3.connect(os.path.join(bench.var, "work.db"))) as db:
                db.execute("ATTACH ? AS kept", (aside,))
                db.executescript(step)
            answer = vigie("verify", var=bench.var)
            check(answer.status == expected and (not expected or word in answer.out),
                  what + (" behind the program's back" if expected else ": mended"), answer)
    before = bench.ask("SELECT * FROM version ORDER BY id"), bench.ask("SELECT * FROM claim ORDER BY id")
    vigie("rebuild", var=bench.var)
    check(before == (bench.ask("SELECT * FROM version ORDER BY id"), bench.ask("SELECT * FROM claim ORDER BY id")),
          "a rebuild makes the same rows")


def main():
    with folder() as place:
        bench = Bench(place)
        add_accounts(bench.var)
        test_two_persons(bench)
        with served(bench.var) as (_, address):
            test_on_the_site(bench, address)
        test_refusals(bench)
        test_queue(bench)
        test_coding(bench)
        test_organisations(bench)
        test_verify(bench)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
