"""What a partner sends must never be published by itself, taken twice, seen by another partner or stored unchecked; and a
token must open nothing but what it is for: no page, nothing after its end, nothing by a cookie."""
import copy
import http.client
import json
import os
import re
import sqlite3
import sys
import threading
import time

import tap
from tap import check
from tampered import check_named
from work_harness import Bench

RECORD = {
    "external": "2024-17", "title": "Ransomware at Gamma Hospital, March 2024",
    "sources": [{"url": "https://gamma.example/statement", "title": "Statement", "source_type": "victim", "reliability": "b",
                 "published": "2024-03-04"}],
    "affected": [{"organisation": {"name": "Gamma Hospital", "country": "FR", "org_type": "hospital"}, "role": "direct"}],
    "statements": [{"source": 0, "claimant": "victim", "stance": "asserts", "credibility": "c1", "known_since": "2024-03-04",
                    "claims": [{"variable": "attack_type", "value": "ransomware", "quote": "our files were encrypted"},
                               {"variable": "event_kind.detected", "value": "2024-03-03"},
                               {"variable": "persons_affected", "missing": "not_known_yet"}]}],
}


class Reply:
    def __init__(self, answer):
        self.status, self.headers, self.text = answer.status, answer.headers, answer.read().decode("utf-8")
        self.type = (self.headers.get("Content-Type") or "").split(";")[0]
        self.json = json.loads(self.text) if self.type.endswith("json") else None

    def __str__(self):
        return "%s %s\n%s" % (self.status, dict(self.headers), self.text[:600])


class Program:
    """A partner's program."""

    def __init__(self, port, token):
        self.port, self.token, self.count = port, token, 0

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Authorization": "Bearer " + self.token} if self.token else {}
        sent.update({name.replace("_", "-"): value for name, value in headers.items() if value is not None})
        try:
            connection.request(method, path, body, sent)
            return Reply(connection.getresponse())
        finally:
            connection.close()

    def send(self, record, key=None, **headers):
        self.count += 1
        body = record if isinstance(record, (bytes, str)) else json.dumps(record)
        headers = {"Content_Type": "application/json", "Idempotency_Key": key or '"key-%s-%d"' % (self.token[-8:], self.count),
                   **headers}
        return self.ask("POST", "/api/v1/candidates", body, **headers)


def token_of(bench, name, *words):
    answer = bench.run("account", "token", "add", name, "tests", *words, "--json")
    return json.loads(answer.stdout) if answer.returncode == 0 else answer


def rows(bench, sql, *values):
    with sqlite3.connect("file:%s/work.db?mode=ro" % bench.var, uri=True) as db:
        return db.execute(sql, values).fetchall()


def without(path, record=None):
    """The record without a member."""
    record = copy.deepcopy(record or RECORD)
    part = record
    for step in path[:-1]:
        part = part[step]
    del part[path[-1]]
    return record


def having(path, value):
    record = copy.deepcopy(RECORD)
    part = record
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return record


def test_tokens(bench):
    made = token_of(bench, "cert", "--until", "2035-12-31")
    check(re.fullmatch(r"vigie_[0-9a-f]{64}", made["token"]), "a token has 256 random bits", made)
    with open(bench.var + "/work.db", "rb") as file, open(bench.var + "/work.db-wal", "rb") as wal:
        held = file.read() + wal.read()
    check(made["token"].encode() not in held and made["token"][6:].encode() not in held, "the store has its hash only")
    listed = json.loads(bench.run("account", "token", "list", "cert", "--json").stdout)["tokens"]
    check(len(listed) == 1 and listed[0]["scopes"] == "send read" and listed[0]["expires"] == "2036-01-01T00:00:00.000Z" and
          listed[0]["used"] is None and listed[0]["state"] == "good" and made["token"] not in json.dumps(listed),
          "tokens are listed without being shown", listed)
    for words, status, why in [(("anna", "x"), 65, "no partner"), (("nobody", "x"), 66, "no account"),
                               (("cert", ""), 65, "what the token is for"), (("cert", "x", "--scope", "publish"), 2, "no scope"),
                               (("cert", "x", "--until", "2020-01-01"), 65, "still to come"),
                               (("cert", "x", "--until", "soon"), 2, "no day")]:
        answer = bench.run("account", "token", "add", *words)
        check(answer.returncode == status and why in answer.stderr and answer.stdout == "",
              "a token is refused: " + why, answer.returncode, answer.stderr)
    check(bench.run("account", "token", "revoke", "77").returncode == 66, "what is no token cannot be revoked")
    kinds = [deed[1:3] for deed in bench.deeds("token.add")]
    check(kinds == [("token.add", "token/1")], "the private journal tells of it", kinds)
    return made["token"]


def test_who_may(bench, anna, token):
    program = Program(bench.port, token)
    good = program.ask("GET", "/api/v1/candidates")
    check(good.status == 200 and good.json == {"candidates": [], "next": None}, "a partner reads its own", good)
    check("Set-Cookie" not in good.headers and good.headers["Cache-Control"] == "no-store", "and gets no cookie", good)
    for name, reply in [("nobody", Program(bench.port, None).ask("GET", "/api/v1/candidates")),
                        ("a made-up token", Program(bench.port, "vigie_" + "0" * 64).ask("GET", "/api/v1/candidates")),
                        ("another scheme", program.ask("GET", "/api/v1/candidates", Authorization="Basic " + token)),
                        ("a cookie", Program(bench.port, None).ask("GET", "/api/v1/candidates",
                                                                 Cookie="__Host-vigie=" + anna.cookie))]:
        check(reply.status == 401 and reply.type == "application/problem+json" and
              reply.headers["WWW-Authenticate"].startswith("Bearer") and "Set-Cookie" not in reply.headers,
              "%s opens nothing" % name, reply)
    page = program.ask("GET", "/en/queue")
    check(page.status == 303 and page.headers["Location"].startswith("/en/login"), "a token opens no page", page)
    only = Program(bench.port, token_of(bench, "cert", "--scope", "read")["token"])
    reply = only.send(RECORD)
    check(reply.status == 403 and reply.json["type"].startswith("urn:vigie:problem:"), "a token for reading cannot send", reply)
    other = token_of(bench, "cert", "--scope", "send")
    sender = Program(bench.port, other["token"])
    check(sender.ask("GET", "/api/v1/candidates").status == 403, "nor one for sending read")
    bench.run("account", "token", "revoke", str(other["id"]))
    reply = sender.send(RECORD)
    check(reply.status == 401 and "invalid_token" in reply.headers["WWW-Authenticate"], "a revoked token opens nothing", reply)
    check(bench.deeds("token.refused"), "and that it was tried stands in the private journal")
    late = token_of(bench, "cert")
    with sqlite3.connect(os.path.join(bench.var, "work.db")) as db:
        day = db.execute("SELECT expires FROM token WHERE id = ?", (late["id"],)).fetchone()[0]
    bench.arrange("UPDATE token SET expires = ? WHERE id = ?", int(time.time() * 1000) - 1, late["id"])
    check(Program(bench.port, late["token"]).send(RECORD).status == 401, "nor does one whose day has passed")
    bench.arrange("UPDATE token SET expires = ? WHERE id = ?", day, late["id"])
    bench.run("account", "disable", "cert")
    check(program.send(RECORD).status == 401, "nor one of a disabled account")
    bench.run("account", "enable", "cert")
    bench.run("account", "role", "cert", "--role", "coder")
    check(program.send(RECORD).status == 403, "nor one of an account that is no partner any more")
    bench.run("account", "role", "cert", "--role", "partner")
    reply = program.send(RECORD, Origin="https://evil.example")
    check(reply.status == 403, "another site's page cannot send with it", reply)
    for method, path, status in [("PUT", "/api/v1/candidates", 405), ("GET", "/api/v1/nothing", 404),
                                 ("GET", "/api/v1/candidates?before=3", 400), ("GET", "/api/v1/candidates?after=x", 400)]:
        reply = program.ask(method, path)
        check(reply.status == status and reply.type == "application/problem+json", "%s %s: %d" % (method, path, status), reply)
    check(not rows(bench, "SELECT 1 FROM sent_row"), "and nothing was stored")
    return program


def test_faults(bench, program):
    """Each fault with the JSON Pointer of its place."""
    first = ("statements", 0, "claims", 0)
    for name, record, pointer in [
            ("no title", without(("title",)), "/title"), ("no id", without(("external",)), "/external"),
            ("no organisation", without(("affected",)), "/affected"), ("no claims at all", without(("statements",)), "/statements"),
            ("an unknown member", having(("colour",), "red"), "/colour"),
            ("what the register decides", having(("inclusion",), "included"), "/inclusion"),
            ("a reviewer", having(("reviewer",), "anna"), "/reviewer"), ("another data set", having(("dataset",), "hhs-ocr"), "/dataset"),
            ("an empty list", having(("sources",), []), "/sources"), ("an empty text", having(("title",), ""), "/title"),
            ("a number for a text", having(("title",), 7), "/title"), ("a null", having(("summary",), None), "/summary"),
            ("no kind of source", without(("sources", 0, "source_type")), "/sources/0/source_type"),
            ("a reliability that is none", having(("sources", 0, "reliability"), "z"), "/sources/0/reliability"),
            ("an address that is a script", having(("sources", 0, "url"), "javascript:alert(1)"), "/sources/0/url"),
            ("a day that is none", having(("sources", 0, "published"), "2024-02-30"), "/sources/0/published"),
            ("a country in words", having(("affected", 0, "organisation", "country"), "France"), "/affected/0/organisation/country"),
            ("a kind of organisation", having(("affected", 0, "organisation", "org_type"), "inn"), "/affected/0/organisation/org_type"),
            ("an organisation without a name", without(("affected", 0, "organisation", "name")), "/affected/0/organisation/name"),
            ("no organisation inside", without(("affected", 0, "organisation")), "/affected/0/organisation"),
            ("a role", having(("affected", 0, "role"), "friend"), "/affected/0/role"),
            ("a source that is not there", having(("statements", 0, "source"), 4), "/statements/0/source"),
            ("no source", without(("statements", 0, "source")), "/statements/0/source"),
            ("a claimant", having(("statements", 0, "claimant"), "rumour"), "/statements/0/claimant"),
            ("a variable", having((*first, "variable"), "colour"), "/statements/0/claims/0/variable"),
            ("a private variable", having((*first, "variable"), "naming_basis"), None),
            ("a value", having((*first, "value"), "dragons"), "/statements/0/claims/0/value"),
            ("neither value nor code", without((*first, "value")), "/statements/0/claims/0/value"),
            ("a missing code", having(("statements", 0, "claims", 2, "missing"), "perhaps"), "/statements/0/claims/2/missing"),
            ("a long quotation", having((*first, "quote"), "a" * 301), "/statements/0/claims/0/value")]:
        reply = program.send(record)
        there = reply.json and (pointer is None or reply.json.get("pointer") == pointer)
        check(reply.status == 400 and reply.type == "application/problem+json" and there and reply.json["detail"],
              "a fault is told at its place: " + name, reply)
        time.sleep(0.3 if program.count % 20 == 0 else 0)
    for name, body, status, headers in [("no JSON", "{", 400, {}), ("a list", "[]", 400, {}), ("twice", '{"a":1,"a":2}', 400, {}),
                                        ("nothing", "", 400, {}), ("no UTF-8", b'{"title":"\xff"}', 400, {}),
                                        ("a form", "a=b", 415, {"Content_Type": "application/x-www-form-urlencoded"}),
                                        ("much", None, 413, {"Content_Length": "1048577"})]:
        reply = program.ask("POST", "/api/v1/candidates", body, **{"Content_Type": "application/json", "Idempotency_Key": "wrong",
                                                                  **headers})
        check(reply.status == status and reply.type == "application/problem+json", "%s is refused with %d" % (name, status), reply)
    check(not rows(bench, "SELECT 1 FROM sent_row"), "and nothing of all that was stored")


def test_sending(bench, program):
    reply = program.send(RECORD, '"first"')
    check(reply.status == 201 and reply.json["outcome"] == "added" and reply.json["candidate"]["state"] == "waiting" and
          reply.json["candidate"]["external"] == "2024-17", "a record is taken", reply)
    where, number = reply.headers["Location"], reply.json["candidate"]["id"]
    again = program.send(RECORD, '"first"')
    check(again.status == 201 and again.text == reply.text and again.headers["Location"] == where,
          "sent again with the same key it gets the same answer", again)
    check(program.send(RECORD, "first").text == reply.text, "also when the key has no quotes")
    other = program.send(having(("title",), "Something else"), '"first"')
    check(other.status == 422 and "key-used" in other.json["type"], "another record with that key is refused", other)
    for name, key in [("none", None), ("empty", '""'), ("too long", '"%s"' % ("k" * 129)), ("with blanks", '"a b"')]:
        missing = program.ask("POST", "/api/v1/candidates", json.dumps(RECORD), Content_Type="application/json", Idempotency_Key=key)
        check(missing.status == 400 and "key-missing" in missing.json["type"], "a key is needed: " + name, missing)
    same = program.send(RECORD)
    check(same.status == 200 and same.json["outcome"] == "unchanged" and same.json["candidate"]["id"] == number,
          "the same record under a new key is known again", same)
    check(len(rows(bench, "SELECT 1 FROM sent_row")) == 1 and len(rows(bench, "SELECT 1 FROM draft")) == 1,
          "and was stored once")
    changed = program.send(having(("title",), "Ransomware at Gamma Hospital, spring 2024"))
    check(changed.status == 200 and changed.json["outcome"] == "changed" and changed.json["candidate"]["id"] == number,
          "with another title it takes the place of what waits", changed)
    mended = program.send(without(("title",)), '"mended"')
    check(mended.status == 400 and program.send(RECORD, '"mended"').status == 200, "a key of what was refused is free", mended)
    back = program.ask("GET", where)
    check(back.status == 200 and back.json["state"] == "waiting" and back.json["incident"] is None, "its state can be asked", back)
    deeds = [(author, json.loads(detail)) for author, _, _, detail in bench.deeds("candidate.send")]
    check(deeds and all(author == "cert" and detail["token"] == 1 for author, detail in deeds) and
          [detail["outcome"] for _, detail in deeds] == ["added", "unchanged", "changed", "changed"],
          "each is told in the private journal", deeds)
    listed = json.loads(bench.run("account", "token", "list", "cert", "--json").stdout)["tokens"]
    check(listed[0]["used"], "the last use of the token is known", listed)
    bench.arrange("UPDATE sent_answer SET at = at - ?", 49 * 3600 * 1000)
    check(program.send(having(("external",), "2024-19"), '"first"').status == 201, "after two days the key is free again")
    return number, where


def race(bench, program, number):
    """Two requests with the same key while the store is held, until one of them is answered."""
    record, answers = having(("external",), "2024-%d" % number), []
    threads = [threading.Thread(target=lambda: answers.append(program.send(record, '"race-%d"' % number)))
               for _ in range(2)]
    with sqlite3.connect("%s/work.db" % bench.var, timeout=20, isolation_level=None) as db:
        db.execute("BEGIN IMMEDIATE")
        for thread in threads:
            thread.start()
        tap.wait_for(lambda: answers, 1.5)
        db.execute("COMMIT")
    for thread in threads:
        thread.join()
    return sorted(answers, key=lambda answer: answer.status)


def test_concurrent(bench, program):
    """The machine may be too busy for both to come at once; then they try again with another key."""
    for number in range(20, 30):
        first, second = race(bench, program, number)
        if (first.status, second.status) == (201, 409):
            break
    check(second.status == 409 and "key-in-use" in second.json["type"], "while it is being taken the same key is refused", second)
    check(first.status == 201, "and the first is taken", first)


def test_two_partners(bench, program, where):
    bench.add("other", "partner")
    stranger = Program(bench.port, token_of(bench, "other")["token"])
    check(stranger.ask("GET", where).status == 404, "another partner does not see it")
    reply = stranger.send(RECORD, '"first"')
    check(reply.status == 201 and reply.headers["Location"] != where, "and has ids and keys of its own", reply)
    mine = [one["id"] for one in stranger.ask("GET", "/api/v1/candidates").json["candidates"]]
    check(mine == [reply.json["candidate"]["id"]], "it reads its own only", mine)
    listed = program.ask("GET", "/api/v1/candidates?after=%d" % 1).json
    check(all(one["id"] > 1 for one in listed["candidates"]), "a list goes on behind a number", listed)


def press(browser, path, action, **fields):
    page = browser.get(path)
    form = page.parsed.form(path)
    return browser.post(path, {"token": form["fields"]["token"], "action": action, **fields}) if form else page


def published(bench):
    with sqlite3.connect("file:%s/public.db?mode=ro" % bench.var, uri=True) as db:
        return db.execute("SELECT count(*) FROM entry WHERE body LIKE '%Gamma%'").fetchone()[0]


def test_way(bench, anna, bela, program, number, where):
    answer = bench.run("queue", "publish")
    check(answer.returncode == 0 and published(bench) == 0, "publishing all that is held publishes none of it", answer.stdout)
    answer = bench.run("queue", "publish", str(number), "--json")
    check(published(bench) == 0 and "two people" in answer.stdout, "nor does publishing its number", answer.stdout)
    page = anna.get("/en/queue?state=sent")
    check("Gamma Hospital" in page.body and "Partner: cert" in page.body, "it waits in the queue, with whose it is", page)
    press(anna, "/en/candidates/%d" % number, "refuse", why="no_source", note="internal remark")
    state = program.ask("GET", where)
    check(state.json["state"] == "refused" and state.json["reason"] == "no_source" and "remark" not in state.text,
          "a refusal is told with its reason, not with what was noted", state)
    program.send(having(("summary",), "The hospital said more."))
    check(program.ask("GET", where).json["state"] == "waiting", "a better record is looked at again")
    page = press(anna, "/en/candidates/%d" % number, "take")
    change = int(re.match(r"/en/changes/(\d+)/form", page.location)[1])
    check(program.ask("GET", where).json["state"] == "in_work", "taken, it is in work")
    reply = program.send(having(("title",), "Yet another title"))
    check(reply.status == 409 and str(number) in reply.json["detail"], "and is not changed under somebody's hands", reply)
    press(anna, "/en/changes/%d" % change, "submit")
    page = press(anna, "/en/changes/%d" % change, "publish")
    check(published(bench) == 0, "one person cannot publish it", page)
    page = press(bela, "/en/changes/%d" % change, "publish")
    state = program.ask("GET", where)
    check(published(bench) == 1 and state.json["state"] == "published" and state.json["incident"], "two can", page, state)
    more = having(("statements", 0, "claims", 2), {"variable": "persons_affected", "value": "1200"})
    more["summary"] = "The hospital said more."
    reply = program.send(more)
    check(reply.status == 200 and reply.json["outcome"] == "changed" and reply.json["candidate"]["state"] == "waiting" and
          published(bench) == 1, "what it says later waits too", reply)
    page = press(anna, "/en/candidates/%d" % number, "take")
    change = int(re.match(r"/en/changes/(\d+)/form", page.location)[1])
    page = anna.get("/en/changes/%d" % change)
    check("More claims" in page.body and "1200" in page.body and "ransomware" not in page.body.lower().replace("ransomware at", ""),
          "as more claims about that incident, and only what is new", page)


def test_description(bench, program):
    reply = Program(bench.port, None).ask("GET", "/api/v1/openapi.json")
    api = reply.json
    check(reply.status == 200 and api["openapi"] == "3.1.0" and set(api["paths"]) == {"/api/v1/candidates", "/api/v1/candidates/{id}"},
          "the API describes itself", reply)
    check(set(api["paths"]["/api/v1/candidates"]) == {"get", "post"}, "both methods of an address", api["paths"])
    record = api["components"]["schemas"]["record"]

    def misfit(value, schema, path=""):
        if schema["type"] == "object":
            for name in set(value) - set(schema["properties"]):
                return path + "/" + name
            for name in set(schema["required"]) - set(value):
                return path + "/-" + name
            return next(filter(None, (misfit(value[name], schema["properties"][name], path + "/" + name) for name in value)), None)
        if schema["type"] == "array":
            return next(filter(None, (misfit(one, schema["items"], path + "/0") for one in value)), None)
        return path if "enum" in schema and value not in schema["enum"] else None

    check(misfit(RECORD, record) is None, "the record of this test fits it", misfit(RECORD, record))
    check(misfit(having(("reviewer",), "x"), record) and misfit(having(("affected", 0, "role"), "friend"), record),
          "and what is refused does not")
    check("ransomware" not in json.dumps(record) and "hospital" in json.dumps(record), "with the codes of the codebook")
    shown = program.ask("GET", "/api/v1/candidates").json["candidates"][0]
    check(set(shown) == set(api["components"]["schemas"]["candidate"]["properties"]), "an answer has the members that are described", shown)


def test_rate(bench):
    """By a token that is none: it costs the server so little that also a busy machine is asked too often."""
    program = Program(bench.port, "vigie_" + "1" * 64)
    replies = []
    while len(replies) < 400 and (not replies or replies[-1].status != 429):
        replies.append(program.ask("GET", "/api/v1/candidates"))
    last = replies[-1]
    check(last.status == 429 and last.type == "application/problem+json" and int(last.headers["Retry-After"]) > 0,
          "who asks too often is told to wait", last)
    check(len(replies) > 30, "after a while only", len(replies))


def main():
    with Bench() as bench:
        anna, bela = bench.analyst("anna", "coder"), bench.analyst("bela", "reviewer")
        bench.add("cert", "partner")
        token = test_tokens(bench)
        program = test_who_may(bench, anna, token)
        test_faults(bench, Program(bench.port, token_of(bench, "cert")["token"]))
        number, where = test_sending(bench, program)
        test_concurrent(bench, program)
        test_two_partners(bench, program, where)
        program = Program(bench.port, token_of(bench, "cert")["token"])
        test_way(bench, anna, bela, program, number, where)
        test_description(bench, program)
        test_rate(bench)
        answer = bench.run("verify")
        check(answer.returncode == 0, "the record is whole, and the private journal", answer.stdout, answer.stderr)
        check_named(bench.var, "partners")
        check(bench.stop() == 0, "it ends cleanly", bench.told())
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
