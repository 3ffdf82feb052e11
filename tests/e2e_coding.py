"""A quotation that its source does not hold must never be taken for one, a captured file never be lost, changed or shown
as anything but its words."""
import csv
import hashlib
import html
import io
import json
import os
import re
import sqlite3
import sys
import urllib.error

import tap
from e2e_desk import begin, claim, patiently, press, public
from tampered import check_named, check_public
from tap import check
from work_harness import Bench

ARTICLE = """<!doctype html><html><head><meta charset="utf-8"><title>Attack on Alpha</title>
<script>document.title = "never"</script></head><body>
<h1>Attack on <em>Alpha</em></h1>
<p>On 13&nbsp;May our files were
encrypted. About 1,200 patients are affected!</p><p hidden>nobody reads this</p>
<ul><li>&lt;script&gt;alert(1)&lt;/script&gt;</li></ul></body></html>""".encode()

SOURCE = {"url": "https://alpha.example/attack", "title": "", "source_type": "victim", "reliability": "b",
          "published": "2021-05-14", "text": ""}


def multipart(fields, file=None):
    """As a browser sends it (RFC 7578)."""
    edge = b"----edge-of-a-part"
    parts = [b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (name.encode(), value.encode())
             for name, value in fields.items()]
    if file:
        parts.append(b'Content-Disposition: form-data; name="file"; filename="%s"\r\nContent-Type: text/html\r\n\r\n%s' %
                     (file[0].encode(), file[1]))
    body = b"".join(b"--%s\r\n%s\r\n" % (edge, part) for part in parts) + b"--%s--\r\n" % edge
    return body, {"Content-Type": "multipart/form-data; boundary=" + edge.decode()}


def capture(browser, change, file=None, **fields):
    path = "/en/changes/%s/captures" % change
    form = patiently(lambda: browser.get(path)).parsed.form(path)["fields"]
    sent = {"token": form["token"], "version": form["version"], **SOURCE, **fields}
    body, headers = multipart(sent, file)
    return patiently(lambda: browser.post(path, body, headers))


def shown(bench, path):
    """What the public site shows there, by now."""
    try:
        return public(bench, path)
    except urllib.error.HTTPError:
        return ""


def newest(bench, change):
    with sqlite3.connect("file:%s/work.db?mode=ro" % bench.var, uri=True) as db:
        return json.loads(db.execute("SELECT body FROM change_version WHERE change = ? ORDER BY version DESC",
                                     (change,)).fetchone()[0])


def test_refusals(bench, anna, change):
    wrong = [("nothing", None, {}, "file"), ("both", ("a.html", ARTICLE), {"text": "a text"}, "text"),
             ("an empty file", ("a.html", b""), {}, "file"), ("a picture", ("a.png", b"\x89PNG\r\n\x1a\n\0\0"), {}, "file"),
             ("a document of another kind", ("a.html", b"%PDF-1.7 and more"), {}, "file"),
             ("no type of source", ("a.html", ARTICLE), {"source_type": ""}, "source_type"),
             ("a day that is none", ("a.html", ARTICLE), {"published": "2021-02-30"}, "published"),
             ("a script as address", ("a.html", ARTICLE), {"url": "javascript:alert(1)"}, "url"),
             ("neither address nor title", ("a.txt", b"words"), {"url": ""}, "url"),
             ("more than 2 MB", ("a.txt", b"word " * 420000), {}, "file")]
    for what, file, fields, field in wrong:
        page = capture(anna, change, file, title="typed title" if field != "url" else "", **fields)
        check(page.status == 400 and page.faults and re.search(r'id="%s"[^>]*aria-invalid' % field, page.body) and
              ("typed title" in page.body or field == "url"), "a capture is refused with what was typed: " + what, page)
    path = "/en/changes/%s/captures" % change
    form = anna.get(path).parsed.form(path)["fields"]
    for what, body in (("a form that breaks off", multipart({"token": form["token"], **SOURCE}, ("a", b"b"))[0][:-60]),
                       ("a second file", multipart({"token": form["token"]}, ("a", b"b"))[0].replace(
                           b"--\r\n", b"", 1) + multipart({}, ("c", b"d"))[0]),
                       ("bytes that are no text", multipart({"token": form["token"], "title": "x"})[0].replace(b"x", b"\xff"))):
        page = anna.post(path, body, multipart({})[1])
        check(page.status in (400, 403), "and " + what, page)
    page = anna.post(path, multipart({**SOURCE, "version": form["version"], "token": "0" * 64}, ("a.html", ARTICLE))[0],
                     multipart({})[1])
    check(page.status == 403, "and one with another session's token", page)
    page = anna.post("/en/changes/%s/claim" % change, *multipart({"token": form["token"]}))
    check(page.status in (400, 403, 404), "a form without a file does not take files", page)
    page = bench.browser().post(path, *multipart(SOURCE, ("a.html", ARTICLE * 4000)))
    check(page.status == 413 or page.status == 403, "nobody sends files without a session", page)
    with sqlite3.connect("file:%s/work.db?mode=ro" % bench.var, uri=True) as db:
        kept = db.execute("SELECT count(*) FROM capture").fetchone()[0]
    check(kept == 0 and not newest(bench, change).get("sources"), "nothing of that was kept")


def test_command(bench, anna):
    """What the command keeps is what the form would have kept, understood in the jail too."""
    change, place = begin(anna, "Command"), os.path.dirname(bench.var)
    paths = {name: os.path.join(place, name) for name in ("attack.html", "source.json", "broken.html", "none.json")}
    kept = {"attack.html": ARTICLE, "broken.html": b"\x00\x01\x02\xff" * 99, "none.json": b"[]",
            "source.json": json.dumps({**{key: SOURCE[key] for key in ("url", "source_type", "reliability", "published")}}).encode()}
    for name, content in kept.items():
        with open(paths[name], "wb") as file:
            file.write(content)
    answer = bench.run("capture", "add", change, paths["source.json"], paths["attack.html"], "--by", "anna", "--json")
    row = json.loads(answer.stdout or "{}")
    check(answer.returncode == 0 and row["bytes"] == len(ARTICLE) and row["sha256"] == hashlib.sha256(ARTICLE).hexdigest() and
          row["name"] == "attack.html" and row["account"] == "anna", "a file is kept by the command", answer)
    source = newest(bench, change)["sources"][-1]
    check((source["url"], source["sha256"], source["title"]) == (SOURCE["url"], row["sha256"], "Attack on Alpha"), "its source has the fingerprint", source)
    with sqlite3.connect("file:%s/work.db?mode=ro" % bench.var, uri=True) as db:
        check(db.execute("SELECT bytes FROM capture WHERE id = ?", (row["capture"],)).fetchone()[0] == ARTICLE, "and the bytes are what they were")
    listed = json.loads(bench.run("capture", "list", change, "--json").stdout)["captures"]
    told = bench.run("capture", "list", change).stdout
    check(listed == [row] and told.count("\n") == 1 and row["sha256"] in told, "it is in the list", listed, told)
    shown_ = json.loads(bench.run("capture", "show", change, str(row["capture"]), "--json").stdout)
    words = bench.run("capture", "show", change, str(row["capture"])).stdout
    check(shown_["words"].startswith("Attack on Alpha\n") and "On 13 May our files were encrypted." in words and "never" not in words and
          "nobody reads this" not in words, "its words are shown, and nothing else of it", words)
    page = anna.get("/en/changes/%s/captures/%d" % (change, row["capture"]))
    check(page.status == 200 and row["sha256"] in page.body, "the workbench has it too", page)
    again = bench.run("capture", "add", change, paths["source.json"], paths["attack.html"], "--by", "anna", "--json")
    check(json.loads(again.stdout) == row, "the same bytes twice are one capture", again)
    for what, status, words in (("what is no text", 65, (change, paths["source.json"], paths["broken.html"])),
                                ("no source", 65, (change, paths["none.json"], paths["attack.html"])),
                                ("an address that is not there", 66, (change, "https://beta.example/", paths["attack.html"])),
                                ("a change that is not there", 66, ("4711", paths["source.json"], paths["attack.html"]))):
        answer = bench.run("capture", "add", *words, "--by", "anna")
        check(answer.returncode == status and answer.stderr.count("vigie: ") == 1 and not answer.stdout, "nothing is kept of " + what, answer)
    bench.run("change", "drop", change, "--by", "anna", "--reason", "Tried enough")


def test_capture(bench, anna, bela):
    change = begin(anna, "Captured")
    test_refusals(bench, anna, change)
    page = capture(anna, change, ("attack.html", ARTICLE))
    found = re.match(r"/en/changes/%s/captures/(\d+)$" % change, page.location or "")
    check(found, "a file is captured", page)
    sha256 = hashlib.sha256(ARTICLE).hexdigest()
    with sqlite3.connect("file:%s/work.db?mode=ro" % bench.var, uri=True) as db:
        rows = db.execute("SELECT id, bytes, sha256, name, account FROM capture").fetchall()
    check(rows == [(int(found[1]), ARTICLE, sha256, "attack.html", "anna")], "its bytes are kept as they came")
    source = newest(bench, change)["sources"]
    check(len(source) == 1 and source[0]["sha256"] == sha256 and source[0]["title"] == "Attack on Alpha" and
          source[0]["published"] == "2021-05-14", "the record has the source with its fingerprint and title", source)
    page = anna.get(page.location)
    check("On 13 May our files were encrypted." in page.body and "nobody reads this" not in page.body and
          "never" not in page.body and "&lt;script&gt;alert(1)" in page.body and "<script>alert" not in page.body,
          "its words are shown, and only as words", page)
    link = re.search(r'href="([^"]*/bytes)"', page.body)[1]
    there = anna.get(link)
    check(hashlib.sha256(there.body.encode()).hexdigest() == sha256 and there.headers["Content-Type"] == "application/octet-stream" and
          there.headers["Content-Disposition"] == 'attachment; filename="capture-%s.bin"' % found[1] and
          "sandbox" in there.headers["Content-Security-Policy"] and there.headers["X-Content-Type-Options"] == "nosniff" and
          there.headers["Cache-Control"] == "no-store", "its bytes are given out as they came, as a file that no browser shows", there.headers)
    check(anna.get(link.replace("/captures/%s/" % found[1], "/captures/987654/")).status == 404, "but none that is not there")
    numbers = re.findall(r'name="sentence" value="(\d+)"> ([^<]*)</label>', page.body)
    chosen = next(number for number, words in numbers if words.startswith("On 13 May"))
    page = anna.get("/en/changes/%s/claim?capture=%s&sentence=%s&words=&variable=attack_type" % (change, found[1], chosen))
    fields = page.parsed.form("/claim")["fields"]
    check("\nOn 13 May our files were encrypted.</textarea>" in page.body and fields["known_since"] == "2021-05-14" and
          re.search(r'<option value="0" +selected *>Attack on Alpha', page.body),
          "a sentence that is chosen is the quotation, with its source and day", page)
    page = anna.get("/en/changes/%s/claim?capture=%s&words=our+files&variable=attack_type" % (change, found[1]))
    check("\nour files</textarea>" in page.body, "or words that were marked", page)
    page = claim(anna, change, "attack_type", value="ransomware", source="0", quote="our systems were encrypted")
    check(page.status == 400 and re.search(r'id="quote"[^>]*aria-invalid', page.body) and
          "our systems were encrypted" in page.body, "words that the capture does not hold are no quotation", page)
    page = claim(anna, change, "attack_type", value="ransomware", source="0", quote="x" * 301)
    check(page.status == 400 and "300" in page.faults[0], "nor are more than 300 characters", page)
    page = anna.get("/en/changes/%s/claim?variable=persons_affected" % change)
    check(not re.search(r'<option value="victim" +selected', page.body), "before the first claim no speaker is offered", page)
    page = claim(anna, change, "attack_type", value="ransomware", source="0", quote="our files were\n  encrypted", capture=found[1])
    check(page.status == 303 and page.location.endswith("/captures/" + found[1]),
          "white space does not matter, and reading goes on", page)
    for address in ("?variable=persons_affected", "?capture=%s&words=our+files&variable=persons_affected" % found[1]):
        there = anna.get("/en/changes/%s/claim%s" % (change, address))
        check(all(re.search(r'<option value="%s" +selected' % code, there.body) for code in ("0", "victim", "c1")) and
              there.parsed.form("/claim")["fields"]["known_since"] == "2021-05-14",
              "the next one is offered the same source and speaker", there)
    page = capture(anna, change, ("again.html", ARTICLE))
    check(page.location.endswith("/captures/" + found[1]), "the same bytes are one capture", page)
    stale = {"version": "1", "url": "https://b.example/"}
    page = capture(anna, change, None, text="A wire says: 1,200 patients.\nMore.", **stale)
    check(page.status == 400 and "Somebody else has saved" in page.body and "A wire says" in page.body,
          "who was overtaken is told, with what was typed", page)
    page = capture(anna, change, None, text="A wire says: 1,200 patients.\nMore.", url="https://b.example/", title="Wire")
    check(page.status == 303, "a pasted text is captured too", page)
    claim(anna, change, "event_kind.detected", source="0", value="2021-05-13", quote="On 13 May")
    claim(anna, change, "persons_affected", source="1", value="1200", quote="1,200 patients")
    page = bela.get("/en/changes/%s/captures" % change)
    check(page.body.count("SHA-256") == 2 and page.parsed.form("/captures"), "colleagues see what was captured", page)
    press(anna, "/en/changes/" + change, "submit")
    page = bela.get("/en/changes/%s/captures" % change)
    check(not page.parsed.form("/captures"), "in review nothing more is added", page)
    page = press(bela, "/en/changes/" + change, "publish")
    check(page.status == 303 and tap.wait_for(lambda: sha256 in shown(bench, "/en/incidents/1"), 5),
          "the published source has the fingerprint of what was read", page)
    with open("%s/public.db" % bench.var, "rb") as file:
        check(b"1,200 patients are affected" not in file.read(), "the captured text itself is not published")
    bench.change("UPDATE capture SET bytes = 'other' WHERE id = ?", int(found[1]))
    answer = bench.run("verify")
    check(answer.returncode != 0 and "row %s of capture is not" % found[1] in answer.stdout + answer.stderr,
          "a capture that was changed behind the program's back is named", answer.stdout, answer.stderr)
    bench.change("UPDATE capture SET bytes = ? WHERE id = ?", ARTICLE, int(found[1]))


TYPED = {"version": "1", "value": "ransomware", "missing": "", "quote": "words not sent yet", "source": "new", "url": "", "title": "",
         "claimant": "victim", "credibility": "", "stance": "asserts"}


def test_typing(bench, anna, bela):
    change = begin(anna, "Typed")
    claim_page = "/en/changes/%s/claim?variable=attack_type" % change
    path = "/en/changes/%s/typed" % change

    def keep(browser, **fields):
        token = patiently(lambda: browser.get(claim_page)).parsed.form("/claim")["fields"]["token"]
        return patiently(lambda: browser.post(path, {"token": token, "variable": "attack_type", "script": "typed", **TYPED, **fields}))

    page = keep(anna)
    told = json.loads(page.body)
    check(page.status == 200 and page.headers["Content-Type"].startswith("application/json") and len(told) == 1 and
          re.match(r"Kept at \d\d:\d\d UTC\.$", told[0]), "what is typed is kept, and when is told", page)
    page = anna.get(claim_page)
    check("words not sent yet</textarea>" in page.body and "What you typed is back" in page.body and
          re.search(r'<option value="victim" +selected', page.body), "it comes back when the form is opened again", page)
    check("words not sent yet" not in bela.get(claim_page).body, "to whoever typed it, and nobody else")
    check("Also on this record at this moment: anna." in bela.get(claim_page).body, "others see who is there")
    keep(bela, quote="", value="ddos")
    told = json.loads(keep(anna, script="here", quote="").body)
    check("bela" in told[1] and "words not sent yet</textarea>" in anna.get(claim_page).body,
          "being there alone changes nothing that was typed", told)
    claim(bela, change, "attack_type", value="ddos", quote="bela's words")
    told = json.loads(keep(anna).body)
    check("Somebody has saved since" in told[-1], "who was overtaken is told while typing", told)
    page = anna.get(claim_page)
    check("words not sent yet</textarea>" in page.body and "bela" in page.body and "Denial of service" in page.body,
          "and sees both side by side", page)
    page = keep(anna, script="", quote="kept by the button")
    check(page.status == 303 and page.location == claim_page and "kept by the button</textarea>" in anna.get(claim_page).body,
          "without scripts a button keeps it", page)
    page = keep(anna, script="", discard="1")
    check(page.status == 303 and "kept by the button" not in anna.get(claim_page).body, "it is thrown away when asked", page)
    keep(anna)
    claim(anna, change, "attack_type", value="ransomware", quote="sent at last")
    check("words not sent yet" not in anna.get(claim_page).body, "and gone when it is sent")
    keep(bela)
    check_named(bench.var, "typed")
    for what, fields, status in (("an unknown variable", {"variable": "weather"}, 404), ("another session's token", {"token": "0" * 64}, 403),
                                 ("an unknown field", {"more": "x"}, 400), ("too much", {"quote": "x" * 270000}, 413)):
        page = keep(anna, **fields)
        check(page.status == status, "refused: " + what, page)
    press(anna, "/en/changes/" + change, "submit")
    page = keep(anna)
    check(page.status == 409, "in review nothing is typed any more", page)


def test_second(bench, anna, bela, cora):
    change = begin(anna, "Twice")
    claim(anna, change, "attack_type", value="ransomware", quote="the first coder's words")
    claim(anna, change, "event_kind.detected", source="0", value="2021-05-13")
    claim(anna, change, "harm_domain", source="0", value="privacy")
    path = "/en/changes/%s/second" % change
    cora.looks = False
    page = cora.get(path)
    check(page.status == 200 and "begin" not in page.body, "a draft is not coded a second time", page)
    press(anna, "/en/changes/" + change, "submit")
    page = anna.get(path)
    check(page.status == 409, "nor by whoever wrote it", page)
    page = cora.get(path)
    check(page.status == 200 and 'class="coded"' not in page.body and
          "first coder's words" not in page.body, "the second coder sees no claim of the first", page)

    def code(variable, **fields):
        values = {"source": "0", "claimant": "victim", "credibility": "c1", "stance": "asserts", **fields}
        return patiently(lambda: cora.send("%s/claim?variable=%s" % (path, variable), path + "/claim", **values))

    page = cora.get(path + "/claim?variable=attack_type")
    check(page.status == 200 and "first coder" not in page.body and "Statement" in page.body,
          "nor at the form of a claim, which offers the same sources", page)
    press(cora, path, "begin")
    page = press(cora, path, "hand-in")
    check(page.status == 400 and page.faults, "nothing is handed in that says nothing", page)
    page = code("attack_type", value="ddos", quote="words of the second")
    check(page.status == 303 and page.location == path, "claims are coded", page)
    code("event_kind.detected", value="2021-05-13")
    page = cora.get(path + "/statement?entity=harm")
    check(page.status == 200 and "Privacy and dignity</option>" in page.body and "What is coded already" not in page.body,
          "nor at the form of what belongs together", page)
    page = state(cora, change + "/second", "harm", {"harm_domain": "privacy"}, source="0", claimant="victim")
    check(page.status == 303 and page.location == path, "which takes it too", page)
    check("words of the second" not in anna.get("/en/changes/" + change).body + bela.get(path).body,
          "and seen by nobody before they are handed in")
    page = press(cora, path, "hand-in")
    check(page.status == 303 and page.location == "/en/changes/%s/compare" % change, "they are handed in", page)
    page = bela.get("/en/changes/%s/compare" % change)
    rows = re.findall(r'<tr class="(\w+)">', page.body)
    check(page.status == 200 and sorted(rows) == ["differs", "same", "same"] and "2 of 3 variables" in page.body and
          re.search("Ransomware\\s*Denial of service", page.parsed.text), "what differs stands side by side", page)
    page = bela.get("/fr/changes/%s/compare" % change)
    check(re.search("Rançongiciel\\s*Déni de service", page.parsed.text), "in French too", page)
    check(cora.get(path).status == 409, "once")
    answer = bench.run("agreement", "--json")
    check('"variable":"attack_type"' in answer.stdout, "the agreement counts it", answer.stdout)


PARTS = {"attribution": {"actor": "Night Heron", "actor_type": "criminal_group", "attribution_basis": "court", "attribution_stance": "asserts",
                         "attribution_confidence": "high", "motive": "financial"},
         "harm": {"harm_domain": "physical", "harm_bearer": "patients", "harm_level": "h1_delay", "causal_status": "alleged", "persons": "3..5"},
         "accountability": {"action_type": "indictment", "directed_at": "attacker", "jurisdiction": "US", "legal_reference": "un-13f\nun-13g",
                            "stage": "open"}}
SPEAKER = {"source": "new", "url": "https://court.example/parts", "title": "Indictment", "source_type": "court", "reliability": "a", "claimant": "authority",
           "credibility": "c1", "stance": "asserts", "locator": "", "known_since": "2021-06-01", "as_of": "", "quote": ""}


def state(browser, change, entity, values, **fields):
    """What one source says together, by the form of its entity."""
    path = "/en/changes/%s/statement" % change
    page = patiently(lambda: browser.get("%s?entity=%s" % (path, entity)))
    form = next(form["fields"] for form in page.parsed.forms if form["action"] == path and "version" in form["fields"])
    sent = {**form, **SPEAKER, **{"value." + name: value for name, value in values.items()}, **fields}
    return patiently(lambda: browser.post(path, sent))


def register_actor(anna, bela):
    page = patiently(lambda: anna.send("/en/actors/new", name="Gray Heron", alias="Night Heron", former="", parent="", predecessor="", wikidata="",
                                       attack="", misp="", reason="A report"))
    press(anna, page.location, "submit")
    check(press(bela, page.location, "publish").status == 303, "an attacker is registered", page)


def test_parts(bench, anna, bela):
    register_actor(anna, bela)
    change = begin(anna, "Parts")
    claim(anna, change, "attack_type", value="ransomware")
    claim(anna, change, "campaign", source="0", value="Long Legs")
    claim(anna, change, "event_kind.detected", source="0", value="2021-05-13")
    claim(anna, change, "event_kind.full_recovery", source="0", value="2021-06-20")
    form = anna.get("/en/changes/%s/form" % change).body
    for entity in PARTS:
        check("/en/changes/%s/statement?entity=%s" % (change, entity) in form, "the coding form leads to what belongs together: " + entity)
    page = anna.get("/en/changes/%s/statement?entity=attribution&q=night" % change)
    check("1 attacker found" in page.body and "/statement?entity=attribution&amp;actor=1" in page.body, "the attacker is found by another name", page)
    page = anna.get("/en/changes/%s/statement?entity=attribution&actor=1" % change)
    check(re.search(r'name="value.actor"[^>]*value="Gray Heron"', page.body), "and chosen", page)
    for what, entity, status in (("none", "weather", 404), ("one whose values stand alone", "attack", 404)):
        check(anna.get("/en/changes/%s/statement?entity=%s" % (change, entity)).status == status, "no form of an entity that is " + what)
    wrong = [("nothing said", "harm", {}, {}, None), ("no number", "harm", {"persons": "many"}, {}, "value.persons"), ("no country", "accountability",
             {"jurisdiction": "Utopia"}, {}, "value.jurisdiction"), ("nobody who says it", "attribution", {"actor": "Typed One"}, {"claimant": ""}, "claimant"),
             ("no source", "attribution", {"actor": "Typed One"}, {"url": "", "title": ""}, "url")]
    for what, entity, values, fields, field in wrong:
        page = state(anna, change, entity, values, **fields)
        check(page.status == 400 and page.faults and (not field or re.search(r'id="%s"[^>]*aria-invalid' % re.escape(field), page.body)) and
              all(html.escape(value) in page.body for value in values.values()), "refused at its field with what was typed: " + what, page)
    check(state(anna, change, "attribution", PARTS["attribution"], version="0").status == 400, "an older version is not overwritten")
    for entity, values in PARTS.items():
        page = state(anna, change, entity, values, source="new" if entity == "attribution" else "1")
        check(page.status == 303 and page.location.endswith("/form"), "what belongs together is entered: " + entity, page)
    page = state(anna, change, "attribution", {"actor": "Somebody Else", "attribution_basis": "media", "attribution_stance": "suspects"}, source="1")
    record = newest(bench, change)
    check([[claim["variable"] for claim in statement["claims"]].count("actor") for statement in record["statements"]
           if any(claim["variable"] == "actor" for claim in statement["claims"])] == [1, 1], "each attribution is a statement of its own", record["statements"])
    press(anna, "/en/changes/" + change, "submit")
    check("Night Heron" in bela.get("/en/changes/" + change).body, "the second person sees it")
    page = press(bela, "/en/changes/" + change, "publish")
    check(page.status == 303, "and publishes it", page)
    address = page.location and re.search(r"/en/incidents/(\d+)", bela.get("/en/changes/" + change).body)
    check(address, "as an incident", page)
    seen(bench, int(address[1]) if address else 0)


def seen(bench, incident):
    check(tap.wait_for(lambda: shown(bench, "/en/incidents/%d" % incident), 5), "the public site shows it")
    page, data = shown(bench, "/en/incidents/%d" % incident), json.loads(shown(bench, "/api/v1/incidents/%d" % incident) or "{}")
    for words in ("Long Legs", "20 June 2021", "Gray Heron, called Night Heron in the source", "/en/actors/gray-heron", "Somebody Else", "Court", "Criminal group",
                  "Indictment", "United States", "paragraph 13(f)", "paragraph 13(g)", "Delay without known effect", "Alleged", "between 3 and 5"):
        check(words in page, "its page says: " + words)
    said = [{one["variable"]: one["value"] for one in part["claims"]} for part in data["attributions"]]
    check({**PARTS["attribution"], "actor": "Gray Heron"} in said and any(one.get("actor") == "Somebody Else" for one in said), "the API tells the attributions", said)
    check([one.get("in_source") for part in data["attributions"] for one in part["claims"] if one["variable"] == "actor"].count("Night Heron") == 1,
          "with the words of the source", data["attributions"])
    done = [{(one["variable"], one["value"]) for one in part["claims"]} for part in data["accountability"]]
    check([("legal_reference", "un-13f") in one and ("stage", "open") in one for one in done] == [True], "what followed", done)
    check({one["code"]: bool(one["named_by"]) for one in data["norms"]}.get("un-13f"), "the norms that are named", data["norms"])
    check({one["event"] for one in data["timeline"]} == {"event_kind.detected", "event_kind.full_recovery"}, "the events", data["timeline"])
    check(any("2021-06-20" in (one["first"], one["last"]) for one in data["timeline"]), "with their days")
    rows = {(row["variable"], row["value"]) for row in csv.DictReader(io.StringIO(shown(bench, "/en/incidents/%d.csv" % incident)))}
    wanted = {("campaign", "Long Legs"), ("event_kind.full_recovery", "2021-06-20")} | {
        (name, one) for values in PARTS.values() for name, value in values.items() for one in value.split("\n")}
    check(wanted <= rows, "the table has each claim as it was entered", wanted - rows)
    row = next(row for row in csv.DictReader(io.StringIO(shown(bench, "/en/incidents.csv"))) if row["id"] == str(incident))
    check(row["attribution_status"] == "judicial" or row["attribution_status"] == "contested", "the table of incidents has what they add up to", row)
    check("Gray Heron" in row["actors"] and "Somebody Else" in row["actors"], "and who is named", row)


def main():
    with Bench() as bench:
        anna, bela = bench.analyst("anna", "coder"), bench.analyst("bela", "reviewer")
        test_capture(bench, anna, bela)
        test_command(bench, anna)
        test_typing(bench, anna, bela)
        test_second(bench, anna, bela, bench.analyst("cora", "coder"))
        test_parts(bench, anna, bela)
        answer = bench.run("verify")
        check(answer.returncode == 0, "the record is whole, and the private journal", answer.stdout, answer.stderr)
        check(bench.stop() == 0, "it ends cleanly", bench.told())
        check_public(bench.var, "archived")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
