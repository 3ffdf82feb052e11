#!/usr/bin/env python3
"""What must never happen: whoever codes a record a second time has seen the first coding, by whatever address, or sees
anything of it before the own one is handed in."""
import json
import os
import re
import sys

import tap
import wire
from e2e_desk import claim, press
from tap import check
from tampered import check_named
from work_harness import Bench, PASSWORD

ROUTES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src", "work", "routes.def")
CANDIDATES = [wire.HEADINGS + ",persons", "1,Hospital of the Hill,France,1.6.2021,locked,31337"]
PLANTED = re.compile(r"violet|31.?337", re.I)
QUERIES = {"claim": "?variable=persons_affected", "queue": "?state=held", "changes": "?state=draft", "organisations": "?q=Hill"}


def routes(method):
    text = open(ROUTES, encoding="utf-8").read()
    return re.findall(r'^WORK\(%s, +"(/L/[^"]*)"' % method, text, re.M)


def addresses(method, numbers):
    """Every address of the workbench, with the numbers of the record where it has some."""
    for path in routes(method):
        parts = path.replace("/L/", "/en/", 1).split("/")
        before = "".join("/" + part for part in parts[1:])
        filled = [str(numbers.get(parts[i - 1], 1)) if part == "#" else part for i, part in enumerate(parts)]
        yield before, "/".join(filled)


def walk(browser, numbers):
    """What a person gets of every page: (pattern, address, page), never looking at what is hidden on purpose."""
    for pattern, address in addresses("GET", numbers):
        for query in {"", QUERIES.get(address.rsplit("/", 1)[-1], "")}:
            yield pattern, address + query, browser.ask("GET", address + query)


def is_of_record(pattern):
    below = pattern.startswith("/en/changes/#") or pattern.startswith("/en/candidates/#")
    return below and not pattern.startswith("/en/changes/#/second")


def check_hidden(browser, numbers, when):
    pages = list(walk(browser, numbers))
    told = [address for _, address, page in pages if PLANTED.search(page.body)]
    check(len(pages) > 40 and not told, "%s: nothing of it stands on any of the %d pages" % (when, len(pages)), *told)
    second = "/en/changes/%s/second" % numbers["changes"]
    open_ones = [(address, page.status) for pattern, address, page in pages if is_of_record(pattern) and page.location != second]
    check(not open_ones, "%s: every address of the record leads to its second coding" % when, *open_ones)


def check_refused(bench, browser, numbers):
    """Forms of the record are not taken either, and their answer tells nothing."""
    token = browser.ask("GET", "/en/changes/%s/second" % numbers["changes"]).parsed.form("/second")["fields"]["token"]
    before = len(bench.deeds("change.save"))
    wrong = []
    for pattern, address in addresses("POST", numbers):
        if is_of_record(pattern):
            page = browser.post(address, {"token": token})
            wrong += [(address, page.status)] if page.status != 403 or PLANTED.search(page.body) else []
    check(not wrong and len(bench.deeds("change.save")) == before, "no form of the record is taken", *wrong)


def prepare(bench, anna):
    """A candidate that was taken, coded with words that stand nowhere else, and given back with more of them."""
    wire.hold(bench.var, CANDIDATES, wire.column("persons", "persons_affected"))
    candidate = re.search(r'href="/en/candidates/(\d+)"', anna.get("/en/queue").body)[1]
    change = re.match(r"/en/changes/(\d+)/form", press(anna, "/en/candidates/" + candidate, "take").location)[1]
    page = anna.send("/en/changes/%s/captures" % change, url="https://hill.example/", title="Notice", source_type="victim",
                     reliability="b", text="The hospital said little.")
    capture = re.search(r"/captures/(\d+)$", page.location)[1]
    claim(anna, change, "attack_type", value="ransomware", quote="violet words", locator="violet page")
    press(anna, "/en/changes/" + change, "submit")
    press(anna, "/en/changes/" + change, "return", reason="The violet value is wrong")
    check(PLANTED.search(anna.get("/en/changes/" + change).body), "who wrote it sees it")
    return {"changes": change, "candidates": candidate, "captures": capture}


def code_second(browser, second):
    values = {"source": "0", "claimant": "victim", "credibility": "c1", "stance": "asserts"}
    for variable, value in (("attack_type", "ddos"), ("persons_affected", "12")):
        page = browser.send("%s/claim?variable=%s" % (second, variable), second + "/claim", value=value, **values)
        check(page.status == 303 and page.location == second, "a claim is coded: " + variable, page)


def test_taking_out(browser, second):
    """What a second coder added by mistake leaves the coding again."""
    browser.send(second + "/claim?variable=encryption", second + "/claim", value="yes", source="0", claimant="victim", credibility="c1", stance="asserts")
    page = browser.ask("GET", second)
    form = next((form for form in page.parsed.forms if form["fields"].get("action") == "remove"), {"fields": {}})
    number = re.search(r'name="claim" value="(\d+)" aria-label="Take this claim out – Encryption – Yes"', page.body)
    sent = {**form["fields"], "claim": number[1] if number else "0"}
    taken = browser.post(second, sent)
    after = browser.ask("GET", second).body
    check(number and taken.status == 303 and taken.location == second and "Take this claim out – Encryption" not in after and
          after.count("Take this claim out –") == page.body.count("Take this claim out –") - 1, "a second coder takes a claim out again", taken)
    check(browser.post(second, sent).status == 400, "and nothing else with a stale page")


def test_kept(bench, cora, change):
    """A form that was kept while somebody logged in again is another way to a page."""
    again = bench.browser()
    page = again.send("/en/login", name="cora", password=PASSWORD, next="/en/changes/%s/claim" % change, kept="variable=persons_affected")
    check(page.status in (200, 303) and not PLANTED.search(page.body) and "persons_affected" not in page.body,
          "nor does a kept form open it", page)
    check(again.ask("GET", "/en/queue").status == 200, "with which somebody has logged in")


def test_hidden(bench, dora, cora, numbers, anna):
    change = numbers["changes"]
    second = "/en/changes/%s/second" % change
    check_hidden(dora, numbers, "as a draft that came back")
    page = dora.ask("GET", second)
    check("Hospital of the Hill" in page.body and "Notice" in page.body and "begin" not in page.body,
          "its organisations and sources are shown, and a draft is not coded a second time", page)
    press(anna, "/en/changes/" + change, "submit")
    check_hidden(dora, numbers, "in review")
    test_kept(bench, cora, change)
    page = press(dora, second, "begin")
    check(page.status == 303 and page.location == second, "the second coding is begun", page)
    check_hidden(dora, numbers, "while it is made")
    check_refused(bench, dora, numbers)
    page = dora.ask("GET", second + "/captures/" + numbers["captures"])
    check("The hospital said little." in page.body and second + "/claim" in page.body, "what was captured can be read and coded", page)


def test_choice(bench, eric, numbers):
    """Who chose to see it has no second coding to offer."""
    second = "/en/changes/%s/second" % numbers["changes"]
    press(eric, second, "begin")
    page = press(eric, second, "look")
    check(page.status == 303 and PLANTED.search(eric.ask("GET", page.location).body), "who gives the coding up sees the first", page)
    check([row[0] for row in bench.deeds("change.look")] == ["eric"], "which the private journal tells", bench.deeds("change.look"))
    page = eric.ask("GET", second)
    check(page.status == 409 and "chose to see" in page.body, "and cannot code any more", page)
    page = eric.ask("GET", second.replace("/en/", "/fr/"))
    check(page.status == 409 and "a choisi de voir" in page.body, "in French too", page)
    body = os.path.join(os.path.dirname(bench.var), "body.json")
    with open(body, "w", encoding="utf-8") as file:
        json.dump({"dataset": "workbench", "external": "1", "title": "Coded", "affected": [{"organisation": {"name": "Hill",
                   "country": "FR", "org_type": "hospital"}, "role": "direct"}], "sources": [{"url": "https://hill.example/",
                   "title": "Notice", "source_type": "victim", "reliability": "b"}], "statements": [{"source": 0, "claimant":
                   "victim", "stance": "asserts", "credibility": "c1", "claims": [{"variable": "attack_type", "value": "ddos"}]}]}, file)
    answer = bench.run("change", "code", numbers["changes"], body, "--by", "eric")
    check(answer.returncode == 77 and "chose to see" in answer.stderr, "nor by the command", answer.stderr)


def test_decision(bench, eric, dora, bela, numbers):
    """Where the two differ, a third person decides in one form; nothing is published before."""
    change = "/en/changes/" + numbers["changes"]
    check("Decide" not in dora.ask("GET", change + "/compare").body, "who coded one of the two does not decide")
    page = press(bela, change, "publish")
    check(page.status == 400 and "nobody has decided" in page.body, "what differs is not published undecided", page)
    page = eric.ask("GET", change + "/compare")
    fields = page.parsed.form("/compare")["fields"]
    wanted = {"choice." + name for name in ("attack_type", "persons_affected", "event_kind.impact_start")}
    check({name for name in fields if name.startswith("choice.")} == wanted, "each variable that differs is asked about", fields)
    page = eric.post(change + "/compare", {**fields, "choice.attack_type": "second", "reason.attack_type": " "})
    check(page.status == 400 and re.search(r'id="reason-attack_type"[^>]*aria-invalid', page.body) and
          re.search(r'value="second" +selected', page.body), "a decision without a reason comes back", page)
    decided = {"choice.attack_type": "second", "reason.attack_type": "The notice says so", "choice.persons_affected": "both",
               "reason.persons_affected": "Two sources", "choice.event_kind.impact_start": "first",
               "reason.event_kind.impact_start": "Overlooked"}
    page = eric.post(change + "/compare", {**fields, **decided})
    check(page.status == 303, "all are decided at once", page)
    page = eric.ask("GET", change + "/compare")
    check("The notice says so" in page.body and not page.parsed.form("/compare") and page.body.count('class="differs"') == 3,
          "which stands beside the two codings, that stay", page)
    check(eric.post(change + "/compare", {**fields, **decided}).status == 400, "once")
    page = bela.ask("GET", change)
    claims = re.findall(r"<tr>.*?</tr>", page.body, re.S)
    check(sum("Persons affected" in row for row in claims) == 2 and not any("violet" in row for row in claims),
          "the record says what was decided", page)
    check(press(bela, change, "publish").status == 303, "and is published")
    page = eric.ask("GET", "/en/agreement")
    check("Attack type" in page.body and not page.parsed.form("/agreement"), "the agreement counts it, and a coder does not publish that", page)
    page = bela.send("/en/agreement")
    check(page.status == 303 and re.match(r"/en/changes/\d+$", page.location or ""), "a reviewer prepares its publication", page)
    page = bela.ask("GET", page.location)
    check("How far coders agree, 20" in page.body and "no number, incidents coded twice: 1" in page.body,
          "which another person agrees to, seeing its numbers", page)


def main():
    with Bench() as bench:
        anna, cora, eric = (bench.analyst(name, "coder") for name in ("anna", "cora", "eric"))
        dora = bench.analyst("dora", "administrator")
        cora.looks = dora.looks = eric.looks = False
        numbers = prepare(bench, anna)
        test_hidden(bench, dora, cora, numbers, anna)
        test_choice(bench, eric, numbers)
        second = "/en/changes/%s/second" % numbers["changes"]
        code_second(dora, second)
        test_taking_out(dora, second)
        anna.send("/en/changes/%s/reply" % numbers["changes"], organisation="Hospital of the Hill", way="mail", asked="2026-01-05")
        check_named(bench.var, "coded twice")
        page = press(dora, second, "hand-in")
        check(page.status == 303 and page.location.endswith("/compare"), "it is handed in", page)
        shown = [address for _, address, page in walk(dora, numbers) if PLANTED.search(page.body)]
        check(len(shown) >= 5 and "/en/changes/" + numbers["changes"] in shown and
              "/en/candidates/" + numbers["candidates"] in shown, "then the first coding is seen", *shown)
        check(PLANTED.search(cora.ask("GET", "/en/changes/" + numbers["changes"]).body) and cora.ask("GET", second).status == 409,
              "by all, as nobody needs to code it any more")
        test_decision(bench, eric, dora, bench.analyst("bela", "reviewer"), numbers)
        answer = bench.run("verify")
        check(answer.returncode == 0, "the private journal is whole", answer.stdout, answer.stderr)
        check_named(bench.var, "handed in")
        check(bench.stop() == 0, "it ends cleanly", bench.told())
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
