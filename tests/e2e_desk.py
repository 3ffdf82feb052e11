"""Analysts who work on the same records must never lose what they typed, overwrite each other or publish alone."""
import json
import re
import sqlite3
import sys
import threading
import time
import urllib.request

import tap
import wire
from tampered import check_public
from tap import check
from work_harness import Bench


def patiently(ask):
    """Asks again when it was too often: a person is slower than this test."""
    page = ask()
    while page.status == 429:
        time.sleep(0.5)
        page = ask()
    return page


def press(browser, path, action, **fields):
    """A button of a page with several forms."""
    page = patiently(lambda: browser.get(path))
    form = page.parsed.form(path.split("?")[0])
    if not form:
        return page
    sent = {"token": form["fields"]["token"], "action": action, **fields}
    return patiently(lambda: browser.post(path.split("?")[0], sent))


def claim(browser, change, variable, **fields):
    path = "/en/changes/%s/claim" % change
    values = {"source": "new", "url": "https://alpha.example/statement", "title": "Statement", "source_type": "victim",
              "reliability": "b", "claimant": "victim", "credibility": "c1", "stance": "asserts", "known_since": "2021-05-14"}
    values.update(fields)
    return patiently(lambda: browser.send("%s?variable=%s" % (path, variable), path, **values))


def begin(browser, name):
    page = patiently(lambda: browser.send("/en/changes/new", title="Ransomware at %s, May 2021" % name, organisation=name, country="FR",
                                          org_type="hospital", role="direct"))
    found = re.match(r"/en/changes/(\d+)/form$", page.location or "")
    check(found, "an incident is begun: %s" % name, page)
    return found[1] if found else "0"


def code(browser, change, persons="100"):
    claim(browser, change, "attack_type", value="ransomware", quote="our files were encrypted")
    claim(browser, change, "event_kind.detected", source="0", value="2021-05-13")
    return claim(browser, change, "persons_affected", source="0", value=persons)


def public(bench, path):
    with urllib.request.urlopen("http://127.0.0.1:%d%s" % (bench.site_port, path), timeout=20) as answer:
        return answer.read().decode("utf-8")


def counted(bench):
    return json.loads(public(bench, "/api/v1/figures"))["incidents"]


def test_main_path(bench, anna, bela):
    page = anna.send("/en/changes/new", title="", organisation="Alpha", country="France", org_type="", role="direct")
    check(page.status == 400 and len(page.faults) == 3 and 'value="Alpha"' in page.body and 'value="France"' in page.body,
          "what is missing or wrong is said at its field, with what was typed", page)
    page = anna.send("/en/changes/new", title="Something at Alpha", organisation="Alpha", country="XX", org_type="castle", role="guest")
    check(page.status == 400 and len(page.faults) == 3, "a list takes what it offers alone, and a country is one that there is", page)
    page = anna.send("/en/changes/new", title="T" * 17000, organisation="Alpha", country="FR", org_type="hospital", role="direct")
    check(page.status == 400 and page.faults == ["This is longer than 4,000 bytes."] and "T" * 17000 in page.body, "what is much too long comes back too", page)
    change = begin(anna, "Alpha")
    page = anna.get("/en/changes/%s/form" % change)
    entities = [one for one in re.findall(r'<h2 id="(\w+)">', page.body) if one != "outcome"]
    check(page.status == 200 and entities[:2] == ["incident", "attack"] and "care_impact" in entities and
          page.body.index("required") < page.body.index('id="attack"'), "the coding form is printed from the codebook", entities)
    check(not {"review", "pledge", "letter", "help", "report", "source"} & set(entities) and
          anna.get("/en/changes/%s/claim?variable=signatory_name" % change).status == 404,
          "what is no fact of an incident is not asked for, nor taken", entities)
    check("Every kind that is documented" in page.body, "with its definitions at hand")
    page = anna.get("/en/changes/%s/claim?variable=attack_type" % change)
    check("data or systems made unusable by encryption" in page.body and "Not searched" in page.body,
          "the values are explained, and a missing code is an answer", page)
    wrong = [("a value that is none", {"value": "someday"}, "value"), ("neither value nor code", {"value": ""}, "value"),
             ("no source", {"value": "2021-05-13", "url": "", "title": ""}, "url"),
             ("a script as address", {"value": "2021-05-13", "url": "javascript:alert(1)"}, "url"),
             ("nobody who says it", {"value": "2021-05-13", "claimant": ""}, "claimant"),
             ("a day that is none", {"value": "2021-05-13", "known_since": "2021-02-30"}, "known_since"),
             ("a day to come", {"value": "2021-05-13", "known_since": "2999-01-01"}, "known_since")]
    wrong += [("a word that is not in the list: " + field, {"value": "2021-05-13", field: "nonsense"}, field)
              for field in ("source_type", "reliability", "claimant", "credibility", "stance")]
    wrong += [("a missing code that is none", {"value": "", "missing": "nonsense"}, "missing"),
              ("two values of what has one", {"value": ["2021-05-13", "2021-05-14"]}, "value")]
    for what, fields, field in wrong:
        page = claim(anna, change, "event_kind.detected", quote="typed words", **fields)
        check(page.status == 400 and page.faults and "typed words" in page.body and
              re.search(r'id="%s"[^>]*aria-invalid' % field, page.body), "refused with what was typed: " + what, page)
    page = claim(anna, change, "metric.appointments_cancelled", value="many")
    check(page.faults and page.faults[0].startswith("Appointments postponed cannot be 'many'"), "a variable is called by its name", page)
    page = code(anna, change)
    check(page.status == 303 and page.location == "/en/changes/%s/form" % change, "claims are coded", page)
    claim(anna, change, "records_affected", source="0", missing="not_reported")
    test_taking_out(anna, change)
    page = anna.get("/en/changes/" + change)
    check("our files were encrypted" in page.body and "Ransomware" in page.body and "Not reported" in page.body,
          "the change shows them", page)
    steps = page.body.split('id="steps"')[1]
    check(re.search(r'anna</b> saved a version[^|]*<ins><bdi>Records affected – Not reported', steps) and "Attack type – Ransomware" in steps,
          "and what each version says otherwise than the one before", steps)
    check(re.search(r'<a href="https://[^"]*" rel="nofollow noopener external"><bdi>', page.body), "a source is a link", page)
    page = press(bela, "/en/changes/" + change, "publish")
    check(page.status == 400 and "draft" in page.faults[0], "a draft is not published", page)
    press(anna, "/en/changes/" + change, "submit")
    press(bela, "/en/changes/" + change, "return", reason="Which files?")
    steps = bela.get("/en/changes/" + change).body.split('id="steps"')[1]
    check(re.search(r'bela</b> gave a change back.*\s.*\s<p class="note"><bdi>Which files\?', steps), "a step says who did it and why", steps)
    press(anna, "/en/changes/" + change, "submit")
    page = press(anna, "/en/changes/" + change, "publish")
    check(page.status == 400 and page.faults, "nobody publishes alone", page)
    page = bela.get("/en/changes/%s/preview" % change)
    check(re.search(r"Persons affected</th><td></td><td>[^<]*</td><td>100<", page.body) and
          re.search(r"Incidents by attack type</th><td>Ransomware</td><td>[^<]*</td><td>1<", page.body),
          "how public figures would change is shown", page)
    page = bela.get("/fr/changes/%s/preview" % change)
    names = re.findall(r'<th scope="row">([^<]*)</th><td>([^<]*)</td>', page.body)
    check("Personnes touchées" in [name for name, _ in names] and not [name for name in names if "_" in "".join(name) or name[1] == "unknown"],
          "in the reader's language, each by its name", names)
    values = re.findall(r"<td>([^<]*\d[^<]*)</td>", page.body)
    check("1" in values and not [value for value in values if re.search(r"\d\.\d", value)], "and its numbers as they are written there", values)
    check(counted(bench) == 0, "and does not change them")
    page = press(bela, "/en/changes/" + change, "publish")
    check(page.status == 303, "the second person publishes", page)
    check(tap.wait_for(lambda: counted(bench) == 1, 5), "and the public site shows it at once")
    page = bela.get("/en/changes/%s/preview" % change)
    check(page.status == 409 and "is published" in page.body, "what is published is not counted a second time by a preview", page)
    page = anna.get("/en/incidents/1")
    number = re.findall(r'name="claim" value="(\d+)"', page.body)
    check(len(number) == 4, "the published incident shows its claims", page)
    page = press(anna, "/en/incidents/1", "withdraw", reason="")
    check(page.status == 400 and "reason" in page.faults[0], "a withdrawal needs a reason", page)
    page = press(anna, "/en/incidents/1", "withdraw", reason="It was a power cut")
    withdrawal = page.location or ""
    press(anna, withdrawal, "submit")
    page = bela.get(withdrawal + "/preview")
    check(re.search(r"Incidents</th><td></td><td>1<[^0-9]*>0<", page.body), "a second preview begins with what is public now", page)
    check("It was a power cut" in page.body, "and why", page)
    rows = re.findall(r"<td>([^<]*)</td><td>([^<]*)</td></tr>", page.body)
    check(rows and not [row for row in rows if row[0] == row[1]], "and names no figure that stays as it is", rows)
    page = press(bela, withdrawal, "publish")
    check(page.status == 303 and tap.wait_for(lambda: counted(bench) == 0, 5), "an incident is withdrawn by two", page)
    kinds = [deed[1] for deed in bench.deeds()]
    check(all(kind in kinds for kind in ("change.save", "change.submit", "change.agree", "change.publish")),
          "the private journal says all of it", kinds)


def test_taking_out(anna, change):
    """What was added by mistake leaves the draft again by a button."""
    claim(anna, change, "encryption", source="0", value="yes")
    path = "/en/changes/" + change
    page = anna.get(path)
    form = next((form for form in page.parsed.forms if form["fields"].get("action") == "remove"), {"fields": {}})
    number = re.findall(r'name="claim" value="(\d+)" aria-label="Take this claim out – Encryption', page.body)
    check(len(number) == 1, "each claim of a draft has a button that takes it out", page)
    sent = {**form["fields"], "claim": (number or ["0"])[0]}
    taken = anna.post(path, sent)
    after = anna.get(path).body.split('id="steps"')[0]
    check(taken.status == 303 and "Take this claim out – Encryption" not in after and "Take this claim out – Ransomware" not in
          after and after.count("Take this claim out –") == page.body.count("Take this claim out –") - 1, "which takes out this one alone", taken)
    again = anna.post(path, sent)
    check(again.status == 400 and again.faults, "and nothing else when somebody has saved since", again)


CANDIDATES = [wire.HEADINGS, "1,Hospital of the Hill,France,1.6.2021,locked", "2,Hospital of the Lake,Spain,1.3.2022,locked"]


def test_candidates(bench, anna, bela):
    wire.hold(bench.var, CANDIDATES)
    page = anna.get("/en/queue")
    links = re.findall(r'href="(/en/candidates/\d+)"', page.body)
    check(len(links) == 2, "the queue leads to its candidates", page)
    page = anna.get(links[0])
    check("Hospital of the Hill" in page.body and "Ransomware" in page.body and "Score" in page.body,
          "a candidate shows what it says", page)
    check("<bdi>Hospital of the Hill · France</bdi>" in page.body, "and whom it hit", page)
    page = press(bela, links[1], "refuse", why="weather", note="")
    check(page.status == 400 and page.faults, "a reason to refuse is one of the list", page)
    check(press(bela, links[1], "refuse", why="no_attack", note="a drill").status == 303, "a candidate is refused")
    page = press(anna, links[0], "take")
    found = re.match(r"/en/changes/(\d+)/form", page.location or "")
    check(found, "one that is taken becomes a draft", page)
    check(press(bela, links[0], "take").status == 400, "once")
    press(anna, "/en/changes/" + found[1], "submit")
    page = press(bela, "/en/changes/" + found[1], "publish")
    check(page.status == 303 and tap.wait_for(lambda: counted(bench) == 1, 5), "and is published by a second person", page)
    page = bela.get("/en/changes/" + found[1])
    incident = re.search(r'href="(/en/incidents/\d+)"', page.body)[1]
    claims = re.findall(r'name="claim" value="(\d+)"', anna.get(incident).body)
    token = anna.get(incident).parsed.form(incident)["fields"]["token"]
    page = anna.post(incident, {"token": token, "action": "deprecated", "claim": claims[0], "reason": "Only hearsay"})
    check(page.status == 303, "a claim is deprecated", page)
    press(bela, page.location, "submit")
    page = press(bela, page.location, "publish")
    check(page.status == 303, "by two persons, whoever hands it over", page)


def test_conflict(bench, anna, bela):
    change = begin(anna, "Both")
    path = "/en/changes/%s/claim" % change
    stale = anna.get(path + "?variable=attack_type").parsed.form(path)["fields"]
    claim(bela, change, "attack_type", value="ddos", quote="bela's words")
    fields = {**stale, "value": "ransomware", "quote": "anna's words", "source": "new", "url": "https://a.example/",
              "source_type": "victim", "reliability": "b", "claimant": "victim", "credibility": "c1", "stance": "asserts"}
    page = anna.post(path, fields)
    check(page.status == 400 and "Somebody else has saved since" in page.body and "anna&#39;s words" in
          page.body.replace("&#x27;", "&#39;").replace("anna's", "anna&#39;s") and "bela" in page.body,
          "what both wrote stands side by side", page)
    with sqlite3.connect("file:%s/work.db?mode=ro" % bench.var, uri=True) as db:
        body = db.execute("SELECT body FROM change_version WHERE change = ? ORDER BY version DESC", (change,)).fetchone()[0]
    check("bela's words" in body and "anna's" not in body, "nothing was overwritten")
    page = anna.post(path, {**fields, "version": page.parsed.form(path)["fields"]["version"]})
    check(page.status == 303, "sent again, it is added", page)


def test_many(bench, browsers, publishers):
    """Twenty clients on the same records: each save is a version of its own, each change is published once."""
    changes = [begin(browsers[0], "Crowd %d" % i) for i in range(3)]
    for change in changes:
        code(browsers[0], change)
    done, until = [], time.monotonic() + 12
    lock = threading.Lock()

    def work(i):
        browser = browsers[i % len(browsers)].copy()
        saved = 0
        while time.monotonic() < until:
            page = claim(browser, changes[(i + saved) % 3], "records_affected", value=str(1000 + i), url="https://c%d.example/" % i)
            if page.status not in (303, 400, 429):
                with lock:
                    done.append(("status", page.status, str(page)))
            saved += page.status == 303
        with lock:
            done.append(("saved", saved))

    threads = [threading.Thread(target=work, args=(i,)) for i in range(20)]
    for thread in threads:
        thread.start()
    verified = []
    while any(thread.is_alive() for thread in threads): # what is written meanwhile is no damage
        verified.append(bench.run("verify"))
        time.sleep(0.1)
    for thread in threads:
        thread.join()
    wrong = [answer.stdout for answer in verified if answer.returncode]
    check(len(verified) > 2 and not wrong, "the record is whole at any moment meanwhile", len(verified), *wrong[:3])
    odd = [one for one in done if one[0] == "status"]
    saved = sum(one[1] for one in done if one[0] == "saved")
    with sqlite3.connect("file:%s/work.db?mode=ro" % bench.var, uri=True) as db:
        rows = db.execute("SELECT count(*), count(DISTINCT change * 1000000 + version), sum(author = 'anna') FROM change_version "
                          "WHERE change IN (%s)" % ",".join(changes)).fetchone()
        held = [json.loads(row[0]) for row in db.execute(
            "SELECT change_version.body FROM change JOIN change_version ON change_version.change = change.id AND "
            "change_version.version = change.version WHERE change.id IN (%s)" % ",".join(changes))]
    claims = sum(len(statement["claims"]) for record in held for statement in record["statements"])
    check(not odd, "twenty clients are all answered", *odd[:3])
    check(saved > 20 and rows[0] == rows[1] == saved + 12, "each save is a version of its own", saved, rows)
    check(claims == saved + 9, "and none is lost", claims, saved)
    for change in changes:
        press(browsers[0], "/en/changes/" + change, "submit")
    answers = []

    def publish(i):
        browser = publishers[i % len(publishers)].copy()
        for change in changes:
            page = press(browser, "/en/changes/" + change, "publish")
            with lock:
                answers.append((change, page.status))

    threads = [threading.Thread(target=publish, args=(i,)) for i in range(10)]
    for thread in threads:
        thread.start()
    wrong = [answer.stdout for answer in (bench.run("verify") for _ in range(6)) if answer.returncode]
    check(not wrong, "and while changes are published", *wrong[:3])
    for thread in threads:
        thread.join()
    with sqlite3.connect("file:%s/public.db?mode=ro" % bench.var, uri=True) as db:
        entries = db.execute("SELECT count(*) FROM entry WHERE body LIKE '%Crowd%'").fetchone()[0]
    winners = [answers.count((change, 303)) for change in changes]
    check(entries == 3 and winners == [1, 1, 1], "ten publish at once, and each change is published once", entries, answers)


def main():
    with Bench() as bench:
        anna, bela = bench.analyst("anna", "coder"), bench.analyst("bela", "reviewer")
        test_main_path(bench, anna, bela)
        test_candidates(bench, anna, bela)
        test_conflict(bench, anna, bela)
        coders = [bench.analyst("coder%d" % i, "coder") for i in range(4)]
        test_many(bench, coders + [anna], [bench.analyst("dora", "editor"), bench.analyst("eve", "reviewer")])
        answer = bench.run("verify")
        check(answer.returncode == 0, "the record is whole, and the private journal", answer.stdout, answer.stderr)
        check(bench.stop() == 0, "it ends cleanly", bench.told())
        check_public(bench.var, "status", "claim_rank")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
