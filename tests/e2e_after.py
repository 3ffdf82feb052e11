"""What analysts do to what is published must be theirs to do without commands: correct a claim, split an
incident, name and merge organisations, release the data. Each form that is not as it
must be comes back with what was typed and a sentence at the field, in the reader's language."""
import hashlib
import html.parser
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

import tap
from e2e_desk import patiently, press, public
from e2e_records import record
from tap import check
from work_harness import Bench


def publish(bench, anna, bela, page):
    """The change that a form has begun, handed over and published; what the public site says then is seen by others."""
    check(page.status == 303 and re.match(r"/\w\w/changes/\d+$", page.location or ""), "a draft is begun", page)
    press(anna, page.location, "submit")
    answer = press(bela, page.location, "publish")
    check(answer.status == 303, "another person publishes it", answer)


def open_incident(bench, name, **more):
    """A published incident, by commands."""
    path = os.path.join(os.path.dirname(bench.var), "body.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(record(name, **more), file)
    change = json.loads(bench.run("change", "open", path, "--by", "anna", "--json").stdout)["change"]
    bench.run("change", "submit", str(change), "--by", "anna")
    answer = bench.run("publish", str(change), "--by", "bela", "--json")
    return json.loads(answer.stdout)["incident"]


def fill(browser, path, **fields):
    """The page's own form with what it shows, and these fields; a list is a field that is sent as often."""
    page = patiently(lambda: browser.get(path))
    form = page.parsed.form(path.split("?")[0])
    if not form:
        return page
    sent = [(name, value) for name, value in Filled(page, path.split("?")[0]).sent if name not in fields]
    for name, value in fields.items():
        sent += [(name, one) for one in (value if isinstance(value, list) else [value])]
    return patiently(lambda: browser.post(form["action"], urllib.parse.urlencode(sent)))


class Filled(html.parser.HTMLParser):
    """What a browser would send of one form as it is shown: chosen options, ticked boxes, texts."""

    def __init__(self, page, action):
        super().__init__()
        self.action, self.sent, self._within, self._select, self._text = action, [], False, None, None
        self.feed(page.body)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "form":
            self._within = values.get("action") == self.action
        if not self._within:
            return
        if tag == "input" and values.get("name") and (values.get("type") != "checkbox" or "checked" in values):
            self.sent.append((values["name"], values.get("value", "")))
        elif tag == "select":
            self._select = [values["name"], None]
        elif tag == "option" and ("selected" in values or self._select[1] is None):
            self._select[1] = values["value"]
        elif tag == "textarea":
            self._text = [values["name"], ""]

    def handle_endtag(self, tag):
        if tag == "select" and self._select:
            self.sent.append(tuple(self._select))
            self._select = None
        elif tag == "textarea" and self._text:
            self.sent.append((self._text[0], self._text[1].strip("\n")))
            self._text = None

    def handle_data(self, data):
        if self._text:
            self._text[1] += data


def claim_of(browser, incident, variable):
    """The number of the claim about a variable, as the incident's page names it."""
    page = patiently(lambda: browser.get("/en/incidents/%d" % incident))
    return re.search(r'name="claim" value="(\d+)" aria-label="%s – ' % variable, page.body)[1]


def shown(bench, incident):
    """What the public API says of an incident; nothing while it does not know it, or not any more."""
    try:
        return json.loads(public(bench, "/api/v1/incidents/%d" % incident))["incident"]
    except urllib.error.HTTPError:
        return {}


def test_correction(bench, anna, bela):
    incident = open_incident(bench, "Corrected")
    claim = claim_of(anna, incident, "Persons affected")
    path = "/en/incidents/%d/correct?claim=%s" % (incident, claim)
    page = anna.get(path)
    check(page.status == 200 and 'value="100"' in page.body and 'value="2021-05-14"' in page.body and
          "Statement of Corrected" in page.body, "a correction begins from what stands there", page)
    wrong = [("a value that is none", {"value": "many"}, "value", "cannot be"), ("no value", {"value": ""}, "value", "Either"),
             ("no reason", {}, "reason", "needed"), ("a reason of blanks", {"reason": "  "}, "reason", "needed"),
             ("a quotation that is too long", {"quote": "é" * 301}, "quote", "300"),
             ("a day that is none", {"known_since": "2021-02-30"}, "known_since", "2021-05-09"),
             ("a source that is not there", {"source": "7"}, "source", "choose"),
             ("another source without an address", {"source": "new"}, "url", "address"),
             ("a reason that is too long", {"reason": "x" * 4001}, "reason", "longer"),
             ("nobody who says it", {"claimant": ""}, "claimant", "needed")]
    for what, fields, field, word in wrong:
        sent = {"value": "90", "locator": "page 7", "reason": "Typed reason", **fields} if what != "no reason" else {"value": "90"}
        page = fill(anna, path, **sent)
        check(page.status == 400 and re.search(r'id="%s"[^>]*aria-invalid' % field, page.body) and
              any(word in fault for fault in page.faults), "refused at its field: " + what, page)
        check(what == "no reason" or "page 7" in page.body, "with what was typed: " + what, page)
    page = fill(anna, path.replace("/en/", "/fr/"), value="beaucoup", reason="Non")
    check("attendu\u00a0: un nombre ou une fourchette" in page.body and "expected" not in page.body, "in the reader's language", page)
    page = fill(anna, path, value="90", reason="Ninety in the final report", weather="bad")
    check(page.status == 400 and 'value="90"' in page.body, "a field that is unknown brings the form back", page)
    page = fill(anna, path, value="90", reason="Ninety in the final report", token="stale")
    check(page.status == 403 and 'value="90"' in page.body, "so does a token that is stale", page)
    page = anna.get("/en/incidents/%d/correct?claim=1" % incident)
    check(page.status == 404, "a claim that is not in force is not corrected", page)
    publish(bench, anna, bela, fill(anna, path, value="90", reason="Ninety in the final report"))
    check(tap.wait_for(lambda: shown(bench, incident).get("persons_affected") == 90, 5), "the public site shows the correction",
          shown(bench, incident))
    page = fill(anna, path, value="80", reason="Again")
    check(page.status == 404, "a claim is corrected once", page)
    types = "/en/incidents/%d/correct?claim=%s" % (incident, claim_of(anna, incident, "Attack type"))
    page = anna.get(types)
    check(("value", "ransomware") in Filled(page, types.split("?")[0]).sent, "of several codes, those that stand are ticked", page)
    publish(bench, anna, bela, fill(anna, types, value=["data_theft", "ransomware"], reason="Both are said"))
    check(tap.wait_for(lambda: shown(bench, incident).get("attack_types") == ["ransomware", "data_theft"], 5),
          "and all that are ticked stand then", shown(bench, incident))
    page = press(bela, "/en/incidents/%d" % incident, "preferred", claim=claim_of(bela, incident, "Attack type"), reason="")
    check(page.status == 400 and page.faults and re.search(r'value="preferred" +selected', page.body) and
          re.search(r'aria-label="Attack type – [^"]*" +checked', page.body), "claims that were chosen stay chosen", page)
    page = press(bela, "/fr/incidents/%d" % incident, "merge", into=str(incident), reason="La même")
    check(page.status == 400 and "lui-même" in page.faults[0], "a merger into itself is not begun", page)
    page = press(bela, "/fr/incidents/%d" % incident, "withdraw", reason="Une panne")
    press(bela, page.location, "submit")
    page = press(anna, page.location, "publish")
    check("anna a le rôle" in page.body and "may not" not in page.body, "a refusal of the domain is said in French", page)


def record_at(name, **organisation):
    """One whose organisation has these facts."""
    return {"affected": [{"organisation": {"name": name, "country": "FR", "org_type": "hospital", **organisation},
                          "role": "direct"}]}


def test_organisations(bench, anna, bela):
    first, second = open_incident(bench, "Saint Mary", **record_at("Hôpital Sainte-Marie")), \
        open_incident(bench, "St. Mary", **record_at("Hopital Ste Marie"))
    page = anna.get("/en/organisations?q=sainte+MARIE")
    found = re.findall(r'href="/en/organisations/(\d+)"', page.body)
    check(len(found) == 1 and "Hôpital Sainte-Marie" in page.body, "an organisation is found whatever the case and accents", page)
    check("no organisation" in anna.get("/en/organisations?q=Nowhere").body, "that none is found is said")
    check(len(re.findall(r'href="/en/organisations/\d+"', anna.get("/en/organisations?q=%25").body)) == 0,
          "a sign of a pattern finds nothing")
    stays, path = found[0], "/en/organisations/" + found[0]
    goes = re.search(r'href="/en/organisations/(\d+)"', anna.get("/en/organisations?q=marie+ste").body)[1]

    def shown(words):
        return re.findall(r'href="/en/organisations/(\d+)"', anna.get("/en/organisations?q=" + words).body)

    told = json.loads(bench.run("organisation", "find", "marie", "--json").stdout)["organisations"]
    check([str(row["organisation"]) for row in told] == shown("marie") == [stays, goes],
          "a command finds the same, by their names", told)
    page = anna.get(path)
    check("/en/incidents/%d" % first in page.body and "Direct" in page.body, "its page leads to its incidents, with roles", page)
    wrong = [("an address of ROR with wrong check digits", "ror", "https://ror.org/05a28rw59"), ("a bare number of ROR", "ror", "05a28rw58"),
             ("no number of Wikidata", "wikidata", "Q0123"), ("a number of FINESS with a wrong digit", "finess", "750712185"),
             ("a code that is too short", "ods", "R"), ("small letters", "ods", "rj1"), ("five digits", "ccn", "05045"),
             ("a name that is none", "alias", "  "), ("a name that is too long", "former", "x" * 4001)]
    for what, kind, value in wrong:
        page = press(anna, path, "name", kind=kind, value=value, reason="Typed reason")
        check(page.status == 400 and re.search(r'id="name-value"[^>]*aria-invalid', page.body) and "Typed reason" in page.body and
              re.search(r'value="%s" +selected' % kind, page.body), "refused at its field, with what was typed: " + what, page)
    page = press(anna, path, "name", kind="nickname", value="x", reason="y")
    check(page.status == 400 and re.search(r'id="name-kind"[^>]*aria-invalid', page.body), "so is a kind of name that is none", page)
    page = press(anna, path.replace("/en/", "/fr/"), "name", kind="ror", value="x", reason="y")
    check("n’a pas la forme de ror" in page.body and "expected" not in page.body, "in the reader's language", page)
    page = press(anna, path, "merge", into="987654", reason="Typed reason")
    check(page.status == 400 and re.search(r'id="merge-into"[^>]*aria-invalid', page.body) and 'value="987654"' in page.body,
          "so is a number of no organisation", page)
    check(press(anna, path, "merge", into=stays, reason="Itself").status == 303, "what only the log can know is found when it is published")
    for kind, value in (("ror", "https://ror.org/05a28rw58"), ("finess", "750712184"), ("wikidata", "Q193563"), ("former", "Hospice")):
        publish(bench, anna, bela, press(anna, path, "name", kind=kind, value=value, reason="Its own site"))
    page = anna.get(path)
    check(all(words in page.body for words in ("https://ror.org/05a28rw58", "750712184", "Q193563", "Hospice")), "names are added", page)
    check(stays in re.findall(r'href="/en/organisations/(\d+)"', anna.get("/en/organisations?q=750712184").body) and
          stays in re.findall(r'href="/en/organisations/(\d+)"', anna.get("/en/organisations?q=hospice").body), "and find it")
    begun = press(anna, "/en/organisations/" + goes, "merge", into=stays, reason="The same hospital")
    check("goes into organisation " + stays in bela.get(begun.location).body, "whoever has to agree sees what it is about")
    publish(bench, anna, bela, begun)
    page = anna.get("/en/organisations/" + goes)
    check("merged into number " + stays in page.body and "merge-into" not in page.body, "the merged one leads to the other", page)
    check("/en/incidents/%d" % second in anna.get(path).body, "which has its incidents")
    check(shown("marie") == [stays], "and only that one is found")
    entry = re.search(r'<option value="(\d+)"', page.body)[1]
    publish(bench, anna, bela, press(anna, "/en/organisations/" + goes, "undo", entry=entry, reason="They are two"))
    page = anna.get("/en/organisations/" + goes)
    check("/en/incidents/%d" % second in page.body and "taken back" in page.body and "/en/incidents/%d" % second not in
          anna.get(path).body, "taken back, each has its own again", page)
    check(shown("marie") == [stays, goes], "and is found again")
    check(anna.get("/en/organisations/987654").status == 404, "an organisation that is not there has no page")


def test_split(bench, anna, bela):
    body = record("Both", **record_at("Clinic One"))
    body["affected"].append({"organisation": {"name": "Clinic Two", "country": "FR", "org_type": "hospital"}, "role": "direct"})
    incident = open_incident(bench, "Both", affected=body["affected"])
    path = "/en/incidents/%d/split" % incident
    page = anna.get(path)
    links, claims = (sorted(set(re.findall(r'name="(%s\.\d+)"' % what, page.body))) for what in ("link", "claim"))
    check(len(links) == 2 and len(claims) == 3, "what there is to divide is shown", page)
    check(anna.get(path + "?parts=3").body.count('name="title.') == 3, "into as many parts as are asked for")
    page = fill(anna, path, **{"title.1": "Typed title", links[0]: "1", "reason": ""})
    check(page.status == 400 and "Typed title" in page.body and page.body.count("goes into no part") == 4 and
          len([field for field in ("title-2", "reason") if re.search(r'id="%s"[^>]*aria-invalid' % field, page.body)]) == 2 and
          re.search(r'name="%s" value="1"[^>]*checked' % re.escape(links[0]), page.body),
          "what is missing is said where it is missing, with what was typed and ticked", page)
    parts = {"title.1": "Ransomware at Clinic One, May 2021", "title.2": "Ransomware at Clinic Two, May 2021", links[0]: "1", links[1]: "2",
             claims[0]: ["1", "2"], claims[1]: ["1", "2"], claims[2]: "2", "reason": "Two clinics, two attacks"}
    page = fill(anna, path.replace("/en/", "/fr/"), **{**parts, links[1]: "1"})
    check(page.status == 400 and "La partie 2 demande" in page.body, "a part without an organisation is none", page)
    begun = fill(anna, path, **parts)
    seen = bela.get(begun.location or "/en/")
    check("Clinic Two" in seen.body and seen.body.count("our files were encrypted") == 2, "whoever has to agree sees each part", seen)
    publish(bench, anna, bela, begun)
    page = anna.get("/en/incidents/%d" % incident)
    check("Split" in page.body and "withdraw-reason" not in page.body, "the incident has left the register", page)
    check(tap.wait_for(lambda: not shown(bench, incident) and shown(bench, incident + 2).get("persons_affected") == 100, 5) and
          shown(bench, incident + 1)["persons_affected"] is None and shown(bench, incident + 2)["organisations"] == ["Clinic Two"],
          "each part has what was given to it", shown(bench, incident + 1), shown(bench, incident + 2))


def fetched(bench, path):
    with urllib.request.urlopen("http://127.0.0.1:%d%s" % (bench.site_port, path), timeout=20) as answer:
        return answer.read()


def is_signed(bench, number, place):
    """By minisign, sha256sum's form and other programs than ours, over what the public site gives out."""
    os.makedirs(place, exist_ok=True)
    for name in ("SHA256SUMS", "SHA256SUMS.minisig", "minisign.pub"):
        with open(os.path.join(place, name), "wb") as file:
            file.write(fetched(bench, "/releases/%d/%s" % (number, name)))
    sums = dict(line.split("  ")[::-1] for line in open(os.path.join(place, "SHA256SUMS"), encoding="utf-8").read().splitlines())
    good = all(hashlib.sha256(fetched(bench, "/releases/%d/%s" % (number, name))).hexdigest() == digest for name, digest in sums.items())
    if not shutil.which("minisign"):
        return good and len(sums) > 10
    return good and len(sums) > 10 and subprocess.run(
        ["minisign", "-Vm", os.path.join(place, "SHA256SUMS"), "-p", os.path.join(place, "minisign.pub")], capture_output=True).returncode == 0


def test_release(bench, anna, bela):
    cora = bench.analyst("cora", "editor")
    page = anna.get("/en/releases")
    check(page.status == 200 and "no release yet" in page.body and not page.parsed.form("/releases"),
          "a coder sees that there is none, and no button", page)
    token = anna.get("/en/changes/new").parsed.form("/new")["fields"]["token"]
    check(anna.post("/en/releases", {"token": token}).status == 403, "and prepares none")
    begun = cora.send("/en/releases")
    check(begun.status == 303 and begun.location, "an editor prepares one", begun)
    page = bela.get(begun.location)
    check(all(words in page.body for words in ("incidents.csv", "datapackage.json", "SHA256SUMS", "Entries of the journal")),
          "whoever has to agree sees what goes in", page)
    check("minisign" not in public(bench, "/en/releases"), "the public site does not show it yet")
    second = cora.send("/en/releases")
    press(cora, begun.location, "submit")
    check(press(cora, begun.location, "publish").status == 400, "nobody releases alone")
    page = press(bela, begun.location, "publish")
    check(page.status == 303, "another person agrees", page)
    place = os.path.join(os.path.dirname(bench.var), "release")
    check(tap.wait_for(lambda: "/releases/1/incidents.csv" in public(bench, "/en/releases"), 5) and is_signed(bench, 1, place),
          "the release is given out, whole and signed")
    with sqlite3.connect("file:%s/public.db?mode=ro" % bench.var, uri=True) as db:
        row = db.execute("SELECT author, json_extract(body, '$.reviewer') FROM entry WHERE kind = 'release.publish'").fetchone()
    check(row == ("cora", "bela"), "the journal says who made it and who agreed", row)
    press(cora, second.location, "submit")
    page = press(bela, second.location, "publish")
    check(page.status == 400 and "the next release has the number 2" in page.body, "one that was prepared beside it comes too late", page)
    check("a le numéro 2" in bela.get(second.location.replace("/en/", "/fr/")).body, "which is said in the reader's language")
    press(bela, second.location, "drop", reason="Too late")
    publish(bench, cora, bela, cora.send("/en/releases"))
    check(tap.wait_for(lambda: "/releases/2/incidents.csv" in public(bench, "/en/releases"), 5) and is_signed(bench, 1, place) and
          is_signed(bench, 2, place), "a further one leaves the first as it was")
    page = cora.get("/fr/releases")
    check("Livraison 2" in page.body and "/fr/releases#release-1" in page.body, "the workbench leads to both", page)
    left = [name for name in os.listdir(os.path.join(bench.var, "releases")) if name[0].isdigit()]
    check(len(left) == 2, "what was given up goes when the next one is made", left)


def main():
    with Bench() as bench:
        anna, bela = bench.analyst("anna", "coder"), bench.analyst("bela", "reviewer")
        test_correction(bench, anna, bela)
        test_organisations(bench, anna, bela)
        test_split(bench, anna, bela)
        test_release(bench, anna, bela)
        answer = bench.run("verify")
        check(answer.returncode == 0, "the record is whole, and the private journal", answer.stdout, answer.stderr)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
